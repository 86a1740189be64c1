"""Pictures as they arrive: several at once, each judged by itself."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from catalog.models.photo import MOST_PHOTOS
from umkm_portal.lib.images import EncodedPhoto, ImageRefused, encode_photo

# The endings too: desks that do not know the type of an iPhone's photo go by its name.
ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"


class PhotoField(forms.FileField):
    """A product's picture; the cleaned value is an `EncodedPhoto`, or None when none was sent."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})
    default_error_messages = {
        "required": _("Tambahkan satu foto produk."),
        "empty": _("Berkas itu kosong. Pilih berkas lain."),
        "invalid": _("Foto belum terkirim karena sinyal putus. Isian lain sudah tersimpan."),
    }

    def clean(self, data: Any, initial: Any = None) -> EncodedPhoto | None:
        upload = super().clean(data, initial)
        if not upload or upload is initial:
            return None
        try:
            return encode_photo(upload)
        except ImageRefused as error:
            raise ValidationError(str(error), code="photo") from None


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosForm(forms.Form):
    """Up to eight files at once. `photos` has those that are good, also when others are not."""

    foto = forms.FileField(
        label=_("Tambah foto"),
        required=False,
        widget=PhotosInput(attrs={"accept": ACCEPTED, "multiple": True}),
        help_text=_("Boleh beberapa sekaligus. JPG, PNG, WebP, atau HEIC, paling besar 8 MB."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.photos: list[EncodedPhoto] = []
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        """Say of each bad file what is wrong with it, by its name when there are several."""
        self.errors.pop("foto", None)
        uploads = self.files.getlist("foto") if self.files else []
        if not uploads:
            self.add_error("foto", _("Pilih foto dulu."))
        elif len(uploads) > MOST_PHOTOS:
            self.add_error("foto", _("Paling banyak %d foto sekali kirim.") % MOST_PHOTOS)
        else:
            for upload in uploads:
                self._take(upload, several=len(uploads) > 1)
        return self.cleaned_data

    def _take(self, upload: UploadedFile[bytes], *, several: bool) -> None:
        try:
            self.photos.append(encode_photo(upload))
        except ImageRefused as error:
            named = f"{upload.name}: {error}" if several else str(error)
            self.add_error("foto", named)
