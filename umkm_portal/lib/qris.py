"""QRIS codes (EMVCo merchant-presented): checked, read, and given an amount without any network.

A code is a row of fields: two digits of tag, two digits of length in characters, the value. Tag 00
comes first; tag 63, last, is a CRC-16/CCITT-FALSE over everything before its value, "6304"
included.
"""

import binascii
import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_AMOUNT = 10_000_000
"""Rupiah; what most acquirers let one QRIS payment be."""
LONGEST_REFERENCE = 25
LONGEST_CODE = 512
"""Characters, EMVCo's limit; a drawing of more would be hard to scan."""

_HEAD = re.compile(r"[0-9]{4}")
_REFERENCE = re.compile(r"[!-~]([ -~]*[!-~])?")
_NATIONAL = "51"
_EXTRA = "62"
_EXTRA_REFERENCE = "05"
_DROPPED = {"54", "55", "56", "57", "63"}

Field = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Merchant:
    """Who is paid: `nmid` is the national merchant id ("ID" and 13 digits), "" when not written."""

    name: str
    city: str
    nmid: str


def with_amount(static: str, amount: int, reference: str = "") -> str:
    """Return the code that asks for exactly `amount` rupiah, made from a merchant's static one.

    Tag 01 becomes 12; an old amount and tip (54–57) go; every other field keeps its place. The
    `reference` becomes 62.05 and replaces an older one; without it 62 stays as it is. Raises
    ValueError with a sentence for a code that is damaged or no QRIS, an amount outside
    1–10,000,000, a reference over 25 characters or of other than printable ASCII.
    """
    fields = _checked(static)
    if type(amount) is not int or not 1 <= amount <= MOST_AMOUNT:
        raise ValueError(_("Jumlah QRIS harus antara Rp1 dan Rp10.000.000."))
    _refuse_reference(reference)
    kept = [field for field in fields if field[0] not in _DROPPED]
    _put(kept, ("01", "12"))
    _put(kept, ("54", str(amount)))
    if reference:
        _refer(kept, reference)
    return _written(kept)


def merchant(static: str) -> Merchant:
    """Return whom the code pays; raises ValueError as `check` does for a damaged code."""
    fields = dict(_checked(static))
    try:
        nmid = dict(_fields(fields.get(_NATIONAL, ""))).get("02", "")
    except ValueError:
        nmid = ""
    return Merchant(name=fields.get("59", ""), city=fields.get("60", ""), nmid=nmid)


def check(static: str) -> None:
    """Refuse, by ValueError with a sentence, a code Kadin could not be paid by."""
    fields = dict(_checked(static))
    if len(static) > LONGEST_CODE:
        raise ValueError(_("Kode QRIS terlalu panjang (paling banyak 512 huruf)."))
    if fields.get("53") != "360":
        raise ValueError(_("Kode QRIS ini bukan untuk rupiah."))
    if not fields.get("59", "").strip():
        raise ValueError(_("Kode QRIS ini tidak memuat nama penerima."))
    if not any("26" <= tag <= "51" for tag in fields):
        raise ValueError(_("Kode QRIS ini tidak memuat rekening penerima."))


def _checked(text: str) -> list[Field]:
    if not isinstance(text, str) or any(unicodedata.category(c) in {"Cc", "Cs"} for c in text):
        raise ValueError(_("Kode QRIS memuat huruf yang tidak bisa dibaca."))
    fields = _fields(text)
    tags = [tag for tag, _value in fields]
    if not tags or tags[0] != "00":
        raise ValueError(_("Kode QRIS harus diawali 00. Salin ulang seluruh kodenya."))
    if tags[-1] != "63" or len(fields[-1][1]) != 4:
        raise ValueError(
            _("Kode QRIS harus berakhir dengan 63 (CRC). Salin ulang seluruh kodenya.")
        )
    if len(set(tags)) != len(tags):
        raise ValueError(_("Kode QRIS rusak: satu bagian tertulis dua kali."))
    if fields[-1][1] != _crc(text[:-4]):
        raise ValueError(_("CRC kode QRIS tidak cocok. Ada huruf yang salah; salin ulang kodenya."))
    return fields


def _fields(text: str) -> list[Field]:
    """Split one level; what is inside a template such as 62 takes another call."""
    fields: list[Field] = []
    at = 0
    while at < len(text):
        head = text[at : at + 4]
        if not _HEAD.fullmatch(head):
            raise ValueError(_("Kode QRIS rusak: susunannya tidak bisa dibaca."))
        end = at + 4 + int(head[2:])
        if end > len(text):
            raise ValueError(_("Kode QRIS rusak: ada bagian yang terpotong."))
        fields.append((head[:2], text[at + 4 : end]))
        at = end
    return fields


def _refuse_reference(reference: str) -> None:
    if not isinstance(reference, str) or len(reference) > LONGEST_REFERENCE:
        raise ValueError(_("Referensi QRIS paling panjang 25 huruf."))
    if reference and not _REFERENCE.fullmatch(reference):
        raise ValueError(_("Referensi QRIS hanya boleh huruf, angka, dan tanda baca."))


def _refer(fields: list[Field], reference: str) -> None:
    """Set 62.05, whatever else 62 holds."""
    extra = _fields(dict(fields).get(_EXTRA, ""))
    _put(extra, (_EXTRA_REFERENCE, reference))
    value = _joined(extra)
    if len(value) > 99:
        raise ValueError(_("Kode QRIS ini tidak punya tempat lagi untuk referensi."))
    _put(fields, (_EXTRA, value))


def _put(fields: list[Field], new: Field) -> None:
    """Into the place of the same tag, else before the first field whose tag is above it."""
    tags = [tag for tag, _value in fields]
    if new[0] in tags:
        fields[tags.index(new[0])] = new
    else:
        at = next((i for i, tag in enumerate(tags) if tag > new[0]), len(fields))
        fields.insert(at, new)


def _joined(fields: list[Field]) -> str:
    return "".join(f"{tag}{len(value):02d}{value}" for tag, value in fields)


def _written(fields: list[Field]) -> str:
    body = _joined(fields) + "6304"
    return body + _crc(body)


def _crc(text: str) -> str:
    return f"{binascii.crc_hqx(text.encode(), 0xFFFF):04X}"
