"""Invented businesses and products, as rows."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils.text import slugify

from catalog.choices import Category, FoodMark, Mark
from members.actions.naming import sort_key_of
from members.models import Kelurahan
from umkm_portal.demo.load_words import COMMON, COMMON_SHARE, RARE, RARE_SHARE, Vocabulary
from umkm_portal.lib.search_text import kinds_document, search_document

NUMBER = "UJI-"
"""How the number of an invented business begins."""
SHOPS = {
    "kuliner": ("Dapur", "Warung", "Kedai", "Kue", "Sambal"),
    "fashion": ("Batik", "Busana", "Tenun", "Jahit", "Kaus"),
    "kerajinan": ("Anyam", "Sanggar", "Kriya", "Rotan", "Keramik"),
}
SECTORS, SHARES = list(SHOPS), (60, 25, 15)
UNITS = {"kuliner": "bungkus", "fashion": "potong", "kerajinan": "pcs"}
# A few sell much: the first of a thousand businesses has a hundredth of all products.
SKEW = 1.3
TWO_YEARS = timedelta(days=730)
# Prices are log-normal around Rp40.000, in steps of Rp500.
PRICE_MIDDLE, PRICE_SPREAD = 10.6, 0.9

USER = ["id", "password", "username", "name"]
BUSINESS = [
    *("id", "owner_id", "number", "status", "name", "sort_key", "slug", "sector", "kelurahan_id"),
    *("order_phone", "created_at", "submitted_at", "decided_at", "is_listed"),
]
DOCUMENT = [
    *("business_id", "kind", "number", "status", "file", "size", "uploaded_at", "uploaded_by_id"),
    *("decided_at", "expires_on"),
]
PHOTO = ["product_id", "position", "name", "width", "height", "size", "colour", "uploaded_at"]
PRODUCT = [
    *("id", "business_id", "name", "slug", "price", "unit", "category", "description", "status"),
    *("sold_out", "created_at", "updated_at", "submitted_at", "decided_at", "published_at"),
    *("food_mark", "search_vector", "is_public", "kecamatan_id", "kecamatan_name"),
    *("seller_name", "seller_slug", "cover_name", "cover_width", "cover_height", "cover_colour"),
    *("badges", "halal_until", "marks", "marks_until"),
]


@dataclass(frozen=True)
class Photo:
    name: str
    width: int
    height: int
    size: int
    colour: str


@dataclass
class Shop:
    pk: int
    name: str
    slug: str
    sector: str
    place: Kelurahan
    licences: dict[str, date | None]

    @cached_property
    def around(self) -> list[str]:
        """What its products are found by beside their own words."""
        label = Category(self.sector).label
        place = self.place
        return search_document(f"{label} {self.name} {place.name} {place.kecamatan.name}").split()


class Goods:
    """Draws everything from one seed: the same call makes the same rows."""

    def __init__(self, words: Vocabulary, photos: list[Photo], *, seed: str, now: datetime) -> None:
        self.chance = random.Random(seed)  # noqa: S311  invented goods
        self.words = words
        self.drawn = words.drawn(self.chance)
        self.photos = photos
        self.now = now
        self.today = now.date()

    def shop(self, pk: int, owner: int, number: int, places: list[Kelurahan]) -> list[Any]:
        sector = self.chance.choices(SECTORS, SHARES)[0]
        first = self.chance.choice(SHOPS[sector])
        name = f"{first} {' '.join(self._some(self.chance.choice((1, 2, 2)))).title()}"
        number_text = f"{NUMBER}{number:07}"
        since = self.now - TWO_YEARS * self.chance.uniform(1, 1.2)
        slug = f"{slugify(name)[:100]}-{number}"
        place = self.chance.choice(places)
        values = [pk, owner, number_text, "approved", name, sort_key_of(name), slug, sector]
        return [*values, place.code, f"+62811{number:08}", since, since, since, True]

    def licences(self, pk: int, owner: int, sector: str) -> Iterator[list[Any]]:
        """NIB for six of ten; of the kitchens also P-IRT for four and halal for three."""
        kinds = {"nib": 0.6} | ({"pirt": 0.4, "halal": 0.3} if sector == "kuliner" else {})
        since = self.now - TWO_YEARS
        for kind, share in kinds.items():
            if self.chance.random() < share:
                end = self.today + timedelta(days=self.chance.randint(30, 1500))
                number = f"{self.chance.randrange(10**12, 10**13)}"
                stamps = [since, owner, since, end if kind == "pirt" else None]
                file = f"uji/{pk}-{kind}.pdf"
                yield [pk, kind, number, "verified", file, 1000, *stamps]

    def some_shop(self, shops: list[Shop]) -> Shop:
        return shops[int(len(shops) * self.chance.random() ** SKEW)]

    def product(self, pk: int, shop: Shop, age: float) -> list[Any]:
        """`age` from 1 (two years old) to 0 (new)."""
        name, description = self._texts()
        mark = self._food_mark(shop)
        since = self.now - TWO_YEARS * min(1, age + self.chance.random() * 0.005)
        price = max(2, round(self.chance.lognormvariate(PRICE_MIDDLE, PRICE_SPREAD) / 500)) * 500
        place, photo = shop.place.kecamatan, self.photos[pk % len(self.photos)]
        title = " ".join(name)
        return [
            *(pk, shop.pk, title.title(), title.replace(" ", "-"), price, UNITS[shop.sector]),
            *(shop.sector, " ".join(description).capitalize() + ".", "live"),
            *(self.chance.random() < 0.05, since, since, since, since, since),
            *(mark, self._search(name, shop, description), True, place.code, place.name),
            *(shop.name, shop.slug, photo.name, photo.width, photo.height, photo.colour),
            *self._badges(shop, mark),
        ]

    def photo(self, product: int) -> list[Any]:
        photo = self.photos[product % len(self.photos)]
        about = [photo.name, photo.width, photo.height, photo.size, photo.colour]
        return [product, 0, *about, self.now]

    def _texts(self) -> tuple[list[str], list[str]]:
        chance = self.chance.random
        name = self._some(self.chance.choice((2, 3, 3, 4)))
        description = self._some(self.chance.randint(8, 18))
        for word, share in ((COMMON, COMMON_SHARE), (RARE, RARE_SHARE)):
            if chance() < share:
                (name if chance() < 0.2 else description).append(word)
        return name, description

    def _some(self, count: int) -> list[str]:
        """No word twice: "oleh oleh" is another word than "oleh"."""
        return list(dict.fromkeys(next(self.drawn) for _ in range(count)))

    def _search(self, name: list[str], shop: Shop, description: list[str]) -> str:
        """As `catalog.actions.indexing` writes it, and as to_tsvector would read it."""
        forms = self.words.forms
        is_kind = not self.words.kinds.isdisjoint(name)
        at, places = 0, dict[str, list[str]]()
        for mark, found in (
            ("A", dict.fromkeys([f for word in name for f in forms[word]])),
            ("B", shop.around),
            ("C", dict.fromkeys([f for word in description for f in forms[word]])),
            ("", kinds_document(" ".join(name)).split() if is_kind else ()),
        ):
            for form in found:
                at += 1
                places.setdefault(form, []).append(f"{at}{mark}")
        return " ".join([f"'{form}':{','.join(found)}" for form, found in places.items()])

    def _food_mark(self, shop: Shop) -> str:
        if shop.sector != Category.KULINER:
            return ""
        if "halal" in shop.licences:
            return FoodMark.HALAL
        return FoodMark.NON_HALAL if self.chance.random() < 0.04 else FoodMark.UNCERTIFIED

    def _badges(self, shop: Shop, mark: str) -> tuple[str, date | None, int, date | None]:
        """As the triggers `product_badges` and `product_marks` write them."""
        kinds = {
            "halal": (Mark.HALAL, mark == FoodMark.HALAL),
            "pirt": (Mark.PIRT, shop.sector == Category.KULINER),
            "nib": (Mark.NIB, True),
        }
        shown = [kind for kind, (_bit, may) in kinds.items() if may and kind in shop.licences]
        bits = sum(int(kinds[kind][0]) for kind in shown)
        bits |= int(Mark.NON_HALAL) if mark == FoodMark.NON_HALAL else 0
        ends = [end for kind in shown if (end := shop.licences[kind])]
        badges = [
            {"kind": kind, "until": end.isoformat() if (end := shop.licences[kind]) else None}
            for kind in shown
        ]
        halal_until = date(9999, 12, 31) if "halal" in shown else None
        return json.dumps(badges), halal_until, bits, min(ends, default=None)
