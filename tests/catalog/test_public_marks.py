"""Which badges a product may be filtered by: verified, in date, and meant for such goods."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from catalog.choices import Category, FoodMark, Mark
from catalog.counting import take_ended_marks
from catalog.models import Product
from members.choices import DocumentKind, DocumentStatus
from members.models import Business, Document
from tests import make


def marks(product: Product) -> set[Mark]:
    bits = Product.objects.values_list("marks", flat=True).get(pk=product.pk)
    return {mark for mark in Mark if mark & bits}


@pytest.fixture
def dish(batik: Business) -> Product:
    return make.product(batik, category=Category.KULINER, food_mark=FoodMark.HALAL)


def test_each_paper_marks_the_goods_it_is_for(batik, dish) -> None:
    cloth = make.product(batik)
    for kind in DocumentKind:
        make.licence(batik, kind)

    assert marks(dish) == {Mark.NIB, Mark.PIRT, Mark.HALAL, Mark.BPOM, Mark.MEREK}
    assert marks(cloth) == {Mark.NIB, Mark.MEREK}

    Product.objects.filter(pk=dish.pk).update(food_mark=FoodMark.NON_HALAL)
    assert marks(dish) == {Mark.NIB, Mark.PIRT, Mark.BPOM, Mark.MEREK, Mark.NON_HALAL}


def test_only_what_is_verified_and_in_force(batik, dish) -> None:
    scan = make.licence(batik, DocumentKind.NIB, status=DocumentStatus.UPLOADED, decided_at=None)
    assert marks(dish) == set()

    Document.objects.filter(pk=scan.pk).update(
        status=DocumentStatus.VERIFIED, decided_at=timezone.now()
    )
    assert marks(dish) == {Mark.NIB}

    Document.objects.filter(pk=scan.pk).update(replaced_at=timezone.now())
    assert marks(dish) == set()

    Document.objects.filter(pk=scan.pk).update(replaced_at=None)
    scan.delete()
    assert marks(dish) == set()


def test_the_marks_say_until_when(batik, dish) -> None:
    make.licence(batik, DocumentKind.HALAL)
    make.licence(batik, DocumentKind.PIRT, expires_on=date(2099, 6, 12))

    row = Product.objects.get(pk=dish.pk)

    assert row.marks_until == date(2099, 6, 12)


def test_a_paper_good_through_today_ends_tomorrow(batik, dish) -> None:
    today = timezone.localdate()
    make.licence(batik, DocumentKind.NIB)
    old = make.licence(batik, DocumentKind.PIRT, expires_on=today)
    assert marks(dish) == {Mark.NIB, Mark.PIRT}
    assert take_ended_marks(at=timezone.now()) == 0

    # As it would be tomorrow: nothing was written to the paper, only a day went by.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE members_document DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE catalog_product DISABLE TRIGGER USER")
    Document.objects.filter(pk=old.pk).update(expires_on=today - timedelta(days=1))
    Product.objects.update(marks_until=today - timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE members_document ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE catalog_product ENABLE TRIGGER USER")

    assert take_ended_marks(at=timezone.now()) == 1
    assert marks(dish) == {Mark.NIB}
    assert take_ended_marks(at=timezone.now()) == 0
