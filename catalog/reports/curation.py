"""What a curator has to see besides the product itself: changes, licences and warnings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.actions.looks import LOOKED_AT, facts_of, pictures_of
from catalog.badges import good
from catalog.choices import Allergen, Category, FoodMark
from catalog.models import ApprovedLook, Product
from catalog.models.photo import photo_url
from members.choices import DocumentKind
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.rupiah import rupiah

WORDS = ("name", "description", "ingredients", "other_allergens")
"""Compared word by word; the rest is compared whole."""


@dataclass(frozen=True)
class Part:
    """Some words of one side; `is_changed` marks those the other side has not."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True)
class Change:
    label: str
    old: list[Part]
    new: list[Part]


@dataclass(frozen=True)
class PicturePair:
    """Addresses; "" where a side has no picture at this place."""

    place: int
    old: str
    new: str


@dataclass(frozen=True)
class Changes:
    """Since the approval at `since`; None when there was none."""

    since: Any
    facts: list[Change]
    pictures: list[PicturePair]

    @property
    def is_none(self) -> bool:
        return not self.facts and not self.pictures


def changes_of(product: Product) -> Changes:
    """Two queries; a product never approved has no changes."""
    look = ApprovedLook.objects.filter(product=product).first()
    if look is None:
        return Changes(None, [], [])
    now = facts_of(product)
    facts = [
        _change(field, look.facts.get(field), now[field])
        for field in LOOKED_AT
        if look.facts.get(field) != now[field]
    ]
    sides = zip_longest(look.photos, pictures_of(product), fillvalue="")
    pictures = [
        PicturePair(place, photo_url(old) if old else "", photo_url(new) if new else "")
        for place, (old, new) in enumerate(sides, start=1)
        if old != new
    ]
    return Changes(look.approved_at, facts, pictures)


def warnings_of(product: Product, *, on: date) -> list[str]:
    """Sentences for the curator; none of them hides anything by itself."""
    if product.category != Category.KULINER:
        return []
    if product.needs_food_facts:
        return [_("Keterangan pangan belum lengkap, jadi produk ini belum bisa disetujui.")]
    return [*_about_halal(product, on), *_about_permits(product, on)]


def _about_halal(product: Product, on: date) -> list[str]:
    if not product.lacks_halal(on=on):
        return []
    said = []
    if on >= settings.WAJIB_HALAL_SEJAK:
        since = tanggal_polos(settings.WAJIB_HALAL_SEJAK)
        said.append(
            _("Wajib halal sejak %s (UU 33/2014, PP 42/2024): produk ini belum bersertifikat.")
            % since
        )
    if re.search(r"(?<!non-)(?<!non )\bhalal\b", _words_of(product)):
        said.append(_("Nama atau keterangannya menyebut halal tanpa sertifikat yang sah."))
    return said


def _about_permits(product: Product, on: date) -> list[str]:
    """Per-BPOM 4/2024: chilled and frozen food of animals is not for P-IRT."""
    kinds = set(good(product.badges, on=on))
    if not kinds & {DocumentKind.PIRT, DocumentKind.BPOM}:
        return [
            _("Usaha ini belum menunjukkan P-IRT atau BPOM. Pangan olahan kemasan memerlukannya.")
        ]
    if DocumentKind.BPOM not in kinds and re.search(r"\b(beku|frozen)\b", _words_of(product)):
        return [_("Pangan hewani beku tidak cukup dengan P-IRT. Periksa izin BPOM-nya.")]
    return []


def _words_of(product: Product) -> str:
    return f"{product.name} {product.description}".lower()


def word_diff(old: str, new: str) -> tuple[list[Part], list[Part]]:
    """Both texts in parts, in their order; blanks belong to the word before them."""
    before, after = (re.findall(r"\S+\s*", text) for text in (old, new))
    left: list[Part] = []
    right: list[Part] = []
    matcher = SequenceMatcher(
        a=[word.strip() for word in before], b=[word.strip() for word in after], autojunk=False
    )
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if i2 > i1:
            left.append(Part("".join(before[i1:i2]), kind != "equal"))
        if j2 > j1:
            right.append(Part("".join(after[j1:j2]), kind != "equal"))
    return left, right


def _change(field: str, old: Any, new: Any) -> Change:
    label = str(Product._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    if field in WORDS:
        return Change(label, *word_diff(str(old or ""), str(new or "")))
    whole = [[Part(_shown(field, value), is_changed=True)] for value in (old, new)]
    return Change(label, *whole)


def _shown(field: str, value: Any) -> str:
    if value in (None, "", []):
        return "–"
    if field == "price":
        return rupiah(value)
    if field == "allergens":
        return ", ".join(str(Allergen(code).label) for code in value)
    if field == "food_mark":
        return str(FoodMark(value).label)
    return str(Category(value).label) if field == "category" else str(value)
