from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.actions.listing import ProductValues
from catalog.choices import UNITS, Category
from catalog.forms.photos import PhotoField
from catalog.models import Product
from members.models import Business
from umkm_portal.lib.fields import NameField, RupiahField, TextField

MOST_PRICE = 1_000_000_000


class ProductForm(forms.Form):
    """Five fields on one screen: photo, name, price, category, unit; words about it are extra."""

    kunci = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    usaha = forms.ModelChoiceField(
        Business.objects.none(),
        label=_("Usaha"),
        empty_label=None,
        error_messages={"required": _("Pilih usaha.")},
    )
    foto = PhotoField(
        label=_("Foto"),
        help_text=_("JPG, PNG, WebP, atau HEIC, paling besar 8 MB. Terang, tanpa tulisan."),
        max_length=255,
    )
    nama = NameField(
        label=_("Nama produk"),
        max_length=120,
        help_text=_("Contoh: Keripik singkong 200 g"),
        error_messages={"required": _("Tulis nama produk.")},
    )
    harga = RupiahField(
        label=_("Harga"),
        more_than_zero=True,
        help_text=_("Dalam rupiah, contoh 25.000"),
        error_messages={"required": _("Tulis harga produk.")},
    )
    kategori = forms.ChoiceField(
        label=_("Kategori"),
        choices=[("", _("Pilih kategori")), *Category.choices],
        error_messages={"required": _("Pilih kategori."), "invalid_choice": _("Pilih kategori.")},
    )
    satuan = NameField(
        label=_("Satuan"),
        max_length=20,
        help_text=_("Contoh: %s") % ", ".join(UNITS[:4]),
        error_messages={"required": _("Tulis satuan, contoh bungkus.")},
    )
    keterangan = TextField(
        label=_("Keterangan (tidak wajib)"),
        required=False,
        max_length=2000,
        help_text=_("Isi, bahan, ukuran, cara simpan."),
    )

    def __init__(
        self,
        *args: Any,
        businesses: QuerySet[Business],
        product: Product | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.product = product
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.fields["satuan"].widget.attrs.update({"class": "w-mid"})
        self.fields["harga"].widget.attrs.update({"class": "w-mid"})
        choice = self.fields["usaha"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101  for the type checker
        choice.queryset = businesses
        if product is not None or businesses.count() < 2:
            del self.fields["usaha"]
        if product is not None and product.photos.all():
            self.fields["foto"].required = False
            self.fields["foto"].label = _("Ganti foto utama (tidak wajib)")

    def clean_harga(self) -> int:
        price: int = self.cleaned_data["harga"]
        if price > MOST_PRICE:
            raise ValidationError(_("Harga terlalu besar. Periksa jumlah nol."))
        return price

    @property
    def only_photo_failed(self) -> bool:
        """All that was typed is sound, so it can be kept while the photo is asked for again."""
        return bool(self.errors) and set(self.errors) == {"foto"}

    @property
    def values(self) -> ProductValues:
        typed = self.cleaned_data
        return ProductValues(
            name=typed["nama"],
            price=typed["harga"],
            unit=typed["satuan"],
            category=typed["kategori"],
            description=typed["keterangan"],
        )


def initial_of(product: Product) -> dict[str, Any]:
    return {
        "nama": product.name,
        "harga": product.price,
        "kategori": product.category,
        "satuan": product.unit,
        "keterangan": product.description,
    }
