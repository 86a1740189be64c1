"""A portal as large as one likes, filled with invented businesses and products."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from catalog.actions.indexing import write_search
from catalog.actions.vocabulary import count_words
from catalog.choices import Relation
from catalog.counting import count_facets
from catalog.lexicon import refresh_lexicon
from catalog.models import Product, ProductPhoto, Synonym
from catalog.photo_files import store
from members.models import Business, Document, Kelurahan, User
from umkm_portal.demo import load_rows as rows
from umkm_portal.demo.load_rows import Goods, Photo, Shop
from umkm_portal.demo.load_table import bulk, copy, name_of
from umkm_portal.demo.load_words import MOST_WORDS, Vocabulary
from umkm_portal.demo.photos import encoded
from umkm_portal.demo.products import names_by_age
from umkm_portal.lib.search_text import query_words, word_forms

BATCH = 50_000
PHOTOS = 24
PROVED = 200
"""Rows of which the end checks that the application would have written the same."""
# Below this the indexes are kept up row by row.
LARGE = 20_000

Say = Callable[[str], object]


class Untrue(Exception):
    """What was written is not what the application would have written."""


class Load:
    def __init__(self, *, seed: int, say: Say, words: int = MOST_WORDS) -> None:
        self.seed = seed
        self.say = say
        self.size = words
        self.now = timezone.now()
        self.began = time.monotonic()

    def fill(self, *, products: int, businesses: int) -> None:
        """Bring the invented ones up to these numbers; what is there stays."""
        has = self.count()
        self.say(f"Sudah ada: {_number(has[0])} usaha uji, {_number(has[1])} produk uji.")
        if has[0] >= businesses and has[1] >= products:
            return
        refresh_lexicon(now=True)
        self.words = Vocabulary(self.seed, _words_of_phrases(), _words_of_kinds(), size=self.size)
        self.say(f"Kosakata: {_number(len(self.words.words))} kata.")
        self.photos = _photos()
        if has[0] < businesses:
            self._add_shops(has[0], businesses)
        if has[1] < products:
            self._add_products(has[1], products)
        self._finish()

    @staticmethod
    def count() -> tuple[int, int]:
        """Invented businesses and products."""
        shops = Business.objects.filter(number__startswith=rows.NUMBER)
        return shops.count(), Product.objects.filter(business__in=shops).count()

    def _goods(self, part: str) -> Goods:
        return Goods(self.words, self.photos, seed=f"{self.seed} {part}", now=self.now)

    def _add_shops(self, has: int, wanted: int) -> None:
        goods = self._goods(f"usaha {has}")
        places = list(Kelurahan.objects.order_by("code"))
        with bulk(User, Business, Document):
            owner, pk = _reserve(User, wanted - has), _reserve(Business, wanted - has)
            numbers = range(has + 1, wanted + 1)
            copy(
                User,
                rows.USER,
                ([owner + i, "!", f"uji{n:07}", f"Pemilik Uji {n}"] for i, n in enumerate(numbers)),
            )
            shops = [goods.shop(pk + i, owner + i, n, places) for i, n in enumerate(numbers)]
            copy(Business, rows.BUSINESS, shops)
            # Of a shop's row: its key, its owner, its sector.
            papers = (each for shop in shops for each in goods.licences(shop[0], shop[1], shop[7]))
            copy(Document, rows.DOCUMENT, papers)
        self._tell(f"{_number(wanted)} usaha")

    def _add_products(self, has: int, wanted: int) -> None:
        goods, shops = self._goods(f"produk {has}"), _shops()
        is_large = wanted - has >= max(LARGE, has // 4)
        tables = (Product, ProductPhoto)
        with bulk(*tables, without_indexes=tables if is_large else ()):
            start = _reserve(Product, wanted - has)
            for first in range(has, wanted, BATCH):
                last = min(first + BATCH, wanted)
                batch = range(start + first - has, start + last - has)
                ages = (1 - (pk - start) / (wanted - has) for pk in batch)
                copy(
                    Product,
                    rows.PRODUCT,
                    (
                        goods.product(pk, goods.some_shop(shops), age)
                        for pk, age in zip(batch, ages, strict=True)
                    ),
                )
                copy(ProductPhoto, rows.PHOTO, map(goods.photo, batch))
                self._tell(f"{_number(last)} dari {_number(wanted)} produk")
        self._tell("indeks selesai")
        prove(range(start, start + wanted - has))

    def _finish(self) -> None:
        """Statistics for the planner, and which pages of the tables need no second look."""
        task = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            for table in (Product, ProductPhoto, Business, Document, User):
                cursor.execute(f"{task} {name_of(table)}")
            cursor.execute("RESET statement_timeout")
        count_facets(at=timezone.now())
        count_words(at=timezone.now())
        self._tell("kata terhitung")
        # Kept pages of the workers are older than this.
        Product.objects.filter(pk__in=Product.objects.values("pk")[:1]).update(
            is_public=F("is_public")
        )
        self._tell("siap")

    def _tell(self, what: str) -> None:
        self.say(f"{what} · {time.monotonic() - self.began:.0f} detik")


def prove(pks: range) -> None:
    """Let triggers and indexing write some of the rows anew, and raise Untrue when they differ."""
    some = list(pks[:: max(1, len(pks) // PROVED)])
    before = _written(some)
    with transaction.atomic():
        for product in Product.objects.filter(pk__in=some).select_related(
            "business__kelurahan__kecamatan"
        ):
            write_search(product)
        touch = f"UPDATE {name_of(Product)} SET is_public = is_public, badges = badges"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(f"{touch} WHERE id = ANY(%s)", [some])
        after = _written(some)
        transaction.set_rollback(True)
    for row, true in zip(before, after, strict=True):
        if row != true:
            wrong = {name: (row[name], true[name]) for name in row if row[name] != true[name]}
            raise Untrue(f"Produk {row['id']}: {wrong}")


def _written(pks: list[int]) -> list[dict[str, Any]]:
    rows: Any = Product.objects.filter(pk__in=pks).order_by("pk").values()
    return list(rows)


def _reserve(table: type[User | Business | Product], count: int) -> int:
    """Take that many keys in a row; return the first."""
    with connection.cursor() as cursor:
        sequence = "pg_get_serial_sequence(%s, 'id')"
        cursor.execute(f"SELECT nextval({sequence})", [table._meta.db_table])
        first = int(cursor.fetchone()[0])
        cursor.execute(f"SELECT setval({sequence}, %s)", [table._meta.db_table, first + count - 1])
    return first


def _shops() -> list[Shop]:
    places = {place.code: place for place in Kelurahan.objects.select_related("kecamatan")}
    found = {
        pk: Shop(pk, name, slug or "", sector, places[place or ""], {})
        for pk, name, slug, sector, place in Business.objects.filter(number__startswith=rows.NUMBER)
        .order_by("number")
        .values_list("pk", "name", "slug", "sector", "kelurahan_id")
    }
    papers = Document.objects.filter(business__number__startswith=rows.NUMBER)
    for pk, kind, end in papers.values_list("business_id", "kind", "expires_on"):
        found[pk].licences[kind] = end
    return list(found.values())


def _photos() -> list[Photo]:
    """A handful of real pictures, shared by all: those that are there, else some newly drawn."""
    columns = ("name", "width", "height", "size", "colour")
    found = list(ProductPhoto.objects.order_by("pk").values_list(*columns)[: PHOTOS * 2])
    photos = [Photo(*values) for values in dict.fromkeys(found)]
    return photos[:PHOTOS] or list(_drawn())


def _drawn() -> Iterator[Photo]:
    for name in names_by_age()[:6]:
        photo = encoded(name)
        with transaction.atomic():
            stored = store(photo)
        yield Photo(stored, photo.width, photo.height, photo.size, photo.colour)


def _words_of_phrases() -> set[str]:
    """The words of names that are several words."""
    pairs = Synonym.objects.filter(relation=Relation.SAME).values_list("variant", "canonical")
    split = [[query_words(side) for side in pair] for pair in pairs]
    several = [sides for sides in split if max(map(len, sides)) > 1]
    return {word for sides in several for side in sides for word in side}


def _words_of_kinds() -> set[str]:
    """All forms of the words in names of things whose kind is known."""
    things = Synonym.objects.filter(relation=Relation.KIND).values_list("variant", flat=True)
    words = {word for thing in things for word in query_words(thing)}
    return {form for word in words for form in word_forms(word)}


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
