"""Uploading a sheet of goods with its photos."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umkm_portal.lib.picture_zip import MAX_ZIP_BYTES, MOST_FILES, PictureZip, ZipRefused, pack
from umkm_portal.lib.uploads import ENDINGS, ending
from umkm_portal.lib.xlsx import MAX_BYTES

_PICTURES = {each for endings in ENDINGS.values() for each in endings}


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class _SeveralFilesField(forms.FileField):
    """The cleaned value is a list, empty when none was sent."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        return [super(_SeveralFilesField, self).clean(each, initial) for each in sent if each]


class ProductSheetForm(forms.Form):
    """`cleaned_data` holds the sheet as an upload; `pictures()` all photos as one ZIP."""

    berkas = forms.FileField(
        label=gettext_lazy("Berkas XLSX atau CSV"),
        help_text=gettext_lazy("Dari templat atau dari ekspor. Paling banyak 300 produk."),
        max_length=255,
        error_messages={
            "required": gettext_lazy("Pilih berkas dulu."),
            "empty": gettext_lazy("Berkas itu kosong. Pilih berkas lain."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    foto = _SeveralFilesField(
        label=gettext_lazy("Foto (tidak wajib)"),
        help_text=gettext_lazy(
            "Satu ZIP, atau beberapa foto sekaligus, semuanya paling besar 64 MB. "
            "Nama berkasnya seperti di kolom Foto."
        ),
        required=False,
        max_length=255,
        error_messages={"empty": gettext_lazy("Ada foto yang kosong. Pilih berkas lain.")},
        widget=_SeveralFiles(
            attrs={"accept": ".zip,.jpg,.jpeg,.png,.webp,.heic", "multiple": True}
        ),
    )
    kirim = forms.BooleanField(
        label=gettext_lazy("Kirim produk baru ke kurator setelah diimpor"),
        help_text=gettext_lazy("Yang belum lengkap tetap menjadi draf."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_berkas(self) -> File[Any]:
        upload: File[Any] = self.cleaned_data["berkas"]
        if upload.size > MAX_BYTES:
            raise ValidationError(_("Paling besar 16 MB. Bagi menjadi beberapa berkas."))
        return upload

    def clean_foto(self) -> list[File[Any]]:
        sent: list[File[Any]] = self.cleaned_data["foto"]
        if sum(upload.size for upload in sent) > MAX_ZIP_BYTES:
            raise ValidationError(_("Semua foto bersama paling besar 64 MB. Kirim sebagian dulu."))
        if len(sent) > MOST_FILES:
            raise ValidationError(_("Paling banyak %d foto sekali kirim.") % MOST_FILES)
        if len(sent) == 1 and ending(sent[0]) == "zip":
            try:
                PictureZip(sent[0])
            except ZipRefused as refusal:
                raise ValidationError(str(refusal)) from None
            return sent
        strange = [upload.name for upload in sent if ending(upload) not in _PICTURES]
        if strange:
            raise ValidationError(
                _("%s bukan foto. Kirim satu ZIP, atau foto saja.") % str(strange[0])[:60]
            )
        return sent

    @contextmanager
    def pictures(self) -> Iterator[IO[bytes] | File[Any] | None]:
        """All photos as one ZIP, None when there are none."""
        sent: list[File[Any]] = self.cleaned_data["foto"]
        if not sent or ending(sent[0]) == "zip":
            yield sent[0] if sent else None
            return
        with pack(sent) as packed:
            yield packed
