"""Price and stock of many goods in one form: each row stands for itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from catalog.product_sheet import MOST_PRICE
from umkm_portal.lib.fields import RupiahField


class PriceRow(forms.Form):
    """`harga` and `habis` of one product, and what both were when the page was shown."""

    harga = RupiahField(
        label=_("Harga"),
        more_than_zero=True,
        error_messages={"required": _("Tulis harga produk.")},
    )
    habis = forms.BooleanField(label=_("Habis"), required=False)
    harga_lama = forms.IntegerField(widget=forms.HiddenInput, required=False)
    habis_lama = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None, *, product: Product) -> None:
        self.product = product
        now = {"harga": product.price, "habis": product.sold_out}
        super().__init__(
            data,
            prefix=f"p{product.pk}",
            initial=now | {"harga_lama": product.price, "habis_lama": product.sold_out},
        )
        self.fields["harga"].widget.attrs.update({"class": "form-control"})
        self.fields["habis"].widget.attrs.update({"class": "form-check-input"})

    @property
    def was_shown(self) -> bool:
        """Whether the page that was sent had this row at all."""
        return self.add_prefix("harga") in self.data

    def clean_harga(self) -> int:
        price: int = self.cleaned_data["harga"]
        if price > MOST_PRICE:
            raise ValidationError(_("Harga terlalu besar. Periksa jumlah nol."))
        return price

    def changes(self) -> dict[str, Any]:
        """`price` and `sold_out` as far as they differ from what the page showed."""
        typed = self.cleaned_data
        found: dict[str, Any] = {}
        if typed["harga"] != typed["harga_lama"]:
            found["price"] = typed["harga"]
        if typed["habis"] != typed["habis_lama"]:
            found["sold_out"] = typed["habis"]
        return found

    def show_anew(self) -> None:
        """Somebody else was faster: his numbers are what the next press starts from."""
        self.data = {
            **dict(self.data.items()),
            self.add_prefix("harga_lama"): str(self.product.price),
            self.add_prefix("habis_lama"): "True" if self.product.sold_out else "",
        }


def rows_of(products: Iterable[Product], data: QueryDict | None = None) -> list[PriceRow]:
    return [PriceRow(data, product=product) for product in products]


class StockForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row of the desk's list. It carries what the page showed, so that a page left open undoes
    nothing that was changed meanwhile."""

    class Meta:
        model = Product
        fields = ["price", "sold_out"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def shown(self, name: str) -> Any:
        """What this field held when the page was shown."""
        field = self.fields[name]
        hidden = field.hidden_widget()
        sent = hidden.value_from_datadict(self.data, self.files, self.add_initial_prefix(name))
        return field.to_python(sent)
