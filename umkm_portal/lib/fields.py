"""Form fields that hear what people type the Indonesian way; the forms of all apps use them."""

import datetime
import re
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from umkm_portal.lib.dates import parse_tanggal
from umkm_portal.lib.images import encode_proof
from umkm_portal.lib.marketplaces import parse_instagram, parse_shop_link
from umkm_portal.lib.nik import parse_nik
from umkm_portal.lib.phone import normalise_phone, show_phone
from umkm_portal.lib.rupiah import parse_rupiah
from umkm_portal.lib.validators import (
    ascii_digits,
    clean_jakpreneur_id,
    clean_name,
    clean_nib,
    clean_rt_rw,
    clean_text,
)

Value = TypeVar("Value")
_GROUPS = re.compile(r"[. ](?=\d{3}(?:\D|$))")


def hear(parse: Callable[[str], Value], text: str) -> Value:
    """Return `parse(text)`; its sentence becomes the field's error."""
    try:
        return parse(text)
    except ValueError as error:
        raise ValidationError(str(error), code="invalid") from None


class _LineField(forms.CharField):
    """One line whose `attrs` tell the phone which keyboard to show and what to suggest."""

    attrs: ClassVar[dict[str, str]] = {}

    def __init__(self, **kwargs: Any) -> None:
        messages = {"required": _("Bagian ini belum diisi.")} | (
            kwargs.pop("error_messages", None) or {}
        )
        super().__init__(error_messages=messages, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # The sentence about length is ours, and a cut paste is worse than a sentence.
        found = super().widget_attrs(widget)
        found.pop("maxlength", None)
        return {**found, **self.attrs}

    def to_python(self, value: Any) -> Any:
        # Cleaned first, so that a field of blanks or invisible marks counts as empty.
        text = hear(lambda typed: clean_name(typed, 20_000), "" if value is None else str(value))
        return hear(self.read, text) if text else self.empty_value

    def read(self, text: str) -> Any:
        return text


class NameField(_LineField):
    """A name of a person, a business, a product: one clean line."""

    def __init__(self, *, max_length: int = 100, **kwargs: Any) -> None:
        self.most = max_length
        super().__init__(**kwargs)

    def read(self, text: str) -> str:
        return clean_name(text, self.most)


class TextField(forms.CharField):
    """A description of several lines."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = 2000, **kwargs: Any) -> None:
        self.most = max_length
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        messages = {"required": _("Bagian ini belum diisi.")} | (
            kwargs.pop("error_messages", None) or {}
        )
        super().__init__(error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = hear(lambda typed: clean_text(typed, self.most), "" if value is None else str(value))
        return text or self.empty_value


class PhoneField(_LineField):
    """A mobile number; the cleaned value is "+62…"."""

    attrs: ClassVar[dict[str, str]] = {"inputmode": "tel", "autocomplete": "tel"}

    def read(self, text: str) -> str:
        return normalise_phone(text)

    def prepare_value(self, value: Any) -> Any:
        return show_phone(value) if isinstance(value, str) and value[:3] == "+62" else value


class NikField(_LineField):
    """The number on the identity card; the cleaned value is a `Nik`, or None when left empty."""

    attrs: ClassVar[dict[str, str]] = {"inputmode": "numeric", "autocomplete": "off"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(empty_value=None, **kwargs)

    def read(self, text: str) -> Any:
        return parse_nik(text, today=timezone.localdate())


class NibField(_LineField):
    """A business number; the cleaned value is its 13 digits."""

    attrs: ClassVar[dict[str, str]] = {"inputmode": "numeric", "autocomplete": "off"}

    def read(self, text: str) -> str:
        return clean_nib(text)


class JakpreneurField(_LineField):
    """A Jakpreneur number."""

    attrs: ClassVar[dict[str, str]] = {"autocomplete": "off"}

    def read(self, text: str) -> str:
        return clean_jakpreneur_id(text)


class ShopLinkField(_LineField):
    """A link to a shop on a marketplace; the cleaned value begins with "https://"."""

    attrs: ClassVar[dict[str, str]] = {"inputmode": "url", "autocomplete": "url"}

    def read(self, text: str) -> str:
        return parse_shop_link(text)


class InstagramField(_LineField):
    """An Instagram account; the cleaned value is its name without "@"."""

    attrs: ClassVar[dict[str, str]] = {"autocapitalize": "none", "autocomplete": "off"}

    def read(self, text: str) -> str:
        return parse_instagram(text)


class RtRwField(_LineField):
    """The number of an RT or RW; the cleaned value has three digits."""

    attrs: ClassVar[dict[str, str]] = {"inputmode": "numeric", "autocomplete": "off"}

    def read(self, text: str) -> str:
        return clean_rt_rw(text)


class RupiahField(_LineField):
    """Money; the cleaned value is whole rupiah, or None when left empty."""

    attrs: ClassVar[dict[str, str]] = {"inputmode": "numeric", "autocomplete": "off"}

    def __init__(self, *, more_than_zero: bool = False, **kwargs: Any) -> None:
        self.more_than_zero = more_than_zero
        super().__init__(empty_value=None, **kwargs)

    def read(self, text: str) -> int:
        amount = parse_rupiah(text)
        if self.more_than_zero and amount == 0:
            raise ValidationError(_("Harga harus lebih dari Rp0."), code="zero")
        return amount

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class CountField(_LineField):
    """How many of something, also as "1.200"; the cleaned value is a number, None when empty."""

    attrs: ClassVar[dict[str, str]] = {"inputmode": "numeric", "autocomplete": "off"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(empty_value=None, **kwargs)

    def read(self, text: str) -> int:
        digits = _GROUPS.sub("", ascii_digits(text))
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
            raise ValidationError(_("Tulis jumlah dengan angka saja, contoh 25."), code="invalid")
        return int(digits)


class DateField(_LineField):
    """A day; the cleaned value is a date, or None when left empty."""

    attrs: ClassVar[dict[str, str]] = {"autocomplete": "off", "placeholder": "12/06/2026"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(empty_value=None, **kwargs)

    def read(self, text: str) -> datetime.date:
        return parse_tanggal(text)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d/%m/%Y}" if isinstance(value, datetime.date) else value


class ScanField(forms.FileField):
    """A photo or PDF of a paper; the cleaned value is its bytes as they are kept, None for none."""

    def __init__(self, *, accept: str = "image/*,.pdf", capture: str = "", **kwargs: Any) -> None:
        """`capture` "environment" opens the phone's camera at once."""
        attrs = {"accept": accept} | ({"capture": capture} if capture else {})
        messages = {
            "required": _("Pilih foto atau PDF."),
            "missing": _("Pilih foto atau PDF."),
            "invalid": _("Pilih foto atau PDF."),
            "empty": _("Berkas itu kosong. Pilih berkas lain."),
            "max_length": _("Nama berkas terlalu panjang. Ganti namanya, lalu coba lagi."),
        }
        super().__init__(
            widget=forms.FileInput(attrs=attrs), error_messages=messages, max_length=200, **kwargs
        )

    def clean(self, data: Any, initial: Any = None) -> bytes | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return encode_proof(upload)
        except ValueError as refusal:
            raise ValidationError(str(refusal)) from refusal
