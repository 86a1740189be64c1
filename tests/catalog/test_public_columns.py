"""What a list reads from a product's own row is always what a search from scratch would find."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from catalog.actions.curation import take_down
from catalog.choices import ProductStatus
from catalog.models import Product, ProductPhoto
from catalog.models.product_query import not_withdrawn
from members.actions.consents import give_consents, withdraw_consent
from members.actions.erasure import erase_business, erase_person
from members.choices import LISTING_SECTORS, ApplicationStatus, ConsentPurpose, Sector
from members.models import Business, Consent, Kecamatan, Kelurahan
from tests import make
from umkm_portal.merging import merge_businesses

SHOWN = (
    "kecamatan_id",
    "kecamatan_name",
    "seller_name",
    "seller_slug",
    "cover_name",
    "cover_width",
    "cover_height",
    "cover_colour",
)
CATALOGUE = ConsentPurpose.CATALOGUE


def visible_from_scratch() -> set[int]:
    """The rule itself, read over every table it speaks of."""
    found = Product.objects.filter(
        not_withdrawn(owner="business__owner"),
        status=ProductStatus.LIVE,
        business__status=ApplicationStatus.APPROVED,
        business__suspended_at=None,
        business__sector__in=LISTING_SECTORS,
    )
    return set(found.values_list("pk", flat=True))


def shown_from_scratch(product: Product) -> tuple[Any, ...]:
    seller = Business.objects.select_related("kelurahan__kecamatan").get(pk=product.business_id)
    district = seller.kelurahan.kecamatan if seller.kelurahan else None
    cover = ProductPhoto.objects.filter(product=product, position=0).first()
    photo = (cover.name, cover.width, cover.height, cover.colour) if cover else ("", 0, 0, "")
    place = (district.pk, district.name) if district else (None, "")
    return (*place, seller.name, seller.slug or "", *photo)


def assert_true() -> None:
    assert set(Product.objects.visible().values_list("pk", flat=True)) == visible_from_scratch()
    for product in Product.objects.all():
        row = Product.objects.values_list(*SHOWN).get(pk=product.pk)
        assert row == shown_from_scratch(product)


def is_seen(product: Product) -> bool:
    assert_true()
    return Product.objects.visible().filter(pk=product.pk).exists()


@pytest.fixture
def cloth(batik: Business) -> Product:
    make.product(batik, name="Selendang", status=ProductStatus.DRAFT, photo=False)
    return make.product(batik)


def change(row: Any, **values: Any) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**values)


class TestWhoSeesIt:
    def test_a_live_product_is_seen_and_a_taken_down_one_is_not(self, cloth, kurator) -> None:
        assert is_seen(cloth)

        take_down(cloth, reasons=["larangan"], note="", by=kurator, via="admin")

        assert not is_seen(cloth)

    @pytest.mark.parametrize(
        "values",
        [
            {"status": ApplicationStatus.SUBMITTED},
            {"suspended_at": timezone.now()},
            {"sector": Sector.JASA},
        ],
        ids=["waits", "suspended", "another sector"],
    )
    def test_the_business_decides(self, batik, cloth, values) -> None:
        before = {name: getattr(batik, name) for name in values}

        change(batik, **values)
        assert not is_seen(cloth)

        change(batik, **before)
        assert is_seen(cloth)

    def test_a_business_that_is_approved_later_brings_its_products(self, siti) -> None:
        business = make.business(siti, status=ApplicationStatus.SUBMITTED)
        product = make.product(business)
        assert not is_seen(product)

        change(business, status=ApplicationStatus.APPROVED)

        assert is_seen(product)

    def test_consent_taken_back_and_given_again(self, siti, cloth) -> None:
        give_consents(siti, purposes=[CATALOGUE, ConsentPurpose.EVENTS], by=siti, via="web")
        assert is_seen(cloth)

        withdraw_consent(siti, purpose=CATALOGUE, by=siti, via="web")
        assert not is_seen(cloth)

        withdraw_consent(siti, purpose=ConsentPurpose.EVENTS, by=siti, via="web")
        assert not is_seen(cloth)

        give_consents(siti, purposes=[CATALOGUE], by=siti, via="web")
        assert is_seen(cloth)

        Consent.objects.of(siti).delete()
        assert is_seen(cloth)

    def test_another_owner_takes_over(self, siti, budi, batik, cloth) -> None:
        give_consents(siti, purposes=[CATALOGUE], by=siti, via="web")
        withdraw_consent(siti, purpose=CATALOGUE, by=siti, via="web")
        make.owner(budi)

        change(batik, owner=budi)

        assert is_seen(cloth)

    def test_the_erased_are_gone(self, siti, batik, cloth) -> None:
        erase_business(batik, by=siti, via="web")
        assert_true()

        erase_person(siti, by=siti, via="web")
        assert_true()
        assert not Product.objects.filter(seller_name="Batik Siti").exists()

    def test_merged_businesses(self, siti, budi, batik, cloth, admin) -> None:
        kept = make.business(budi, name="Batik Budi", kelurahan=make.kelurahan("Kebon Baru"))

        merge_businesses(kept, gone=batik, take=["name"], by=admin, via="admin")

        assert is_seen(cloth)
        assert Product.objects.get(pk=cloth.pk).seller_slug == kept.slug


class TestWhatACardSays:
    def test_a_new_name_and_address(self, batik, cloth) -> None:
        change(batik, name="Batik Bu Siti", slug="batik-bu-siti")
        change(batik, kelurahan=make.kelurahan("Kebon Baru"))
        assert is_seen(cloth)

        change(batik, kelurahan=make.kelurahan("Bukit Duri"))
        assert is_seen(cloth)

    def test_a_district_gets_another_name_or_border(self, batik, cloth) -> None:
        Kecamatan.objects.filter(name="Jagakarsa").update(name="Jagakarsa Baru")
        assert is_seen(cloth)
        assert Product.objects.get(pk=cloth.pk).kecamatan_name == "Jagakarsa Baru"

        tebet = Kecamatan.objects.get(name="Tebet")
        Kelurahan.objects.filter(pk=batik.kelurahan_id).update(kecamatan=tebet)
        assert is_seen(cloth)
        assert Product.objects.get(pk=cloth.pk).kecamatan_name == "Tebet"

    def test_photos_come_go_and_change_places(self, batik, cloth) -> None:
        second = ProductPhoto.objects.create(
            product=cloth, position=1, name="aa/a.webp", width=800, height=600, colour="#aabbcc"
        )
        assert is_seen(cloth)

        cloth.photos.update(position=1 - F("position"))
        assert is_seen(cloth)
        assert Product.objects.get(pk=cloth.pk).cover_colour == "#aabbcc"

        change(second, width=400, height=300)
        assert is_seen(cloth)

        second.delete()
        assert is_seen(cloth)

        cloth.photos.update(position=0)
        assert is_seen(cloth)

        other = make.product(batik, name="Kain lain", photo=False)
        cloth.photos.update(product=other)
        assert is_seen(cloth)

    def test_what_code_writes_there_is_lost(self, cloth) -> None:
        stale = Product.objects.get(pk=cloth.pk)
        stale.seller_name, stale.is_public = "Palsu", False

        stale.save()

        assert is_seen(cloth)

    def test_only_products_concerned_are_touched(self, batik, cloth, budi) -> None:
        other = make.product(make.business(budi, name="Lain"))

        def versions() -> dict[int, str]:
            with connection.cursor() as cursor:
                cursor.execute("SELECT id, ctid::text FROM catalog_product")
                return dict(cursor.fetchall())

        before = versions()
        change(batik, description="Cerita baru", order_phone="+6281200000000")
        change(cloth.photos.get(), alt="Kain")
        assert versions() == before

        change(batik, name="Batik Baru")
        assert versions()[other.pk] == before[other.pk]
        assert versions()[cloth.pk] != before[cloth.pk]


@pytest.mark.django_db(transaction=True)
def test_a_product_added_while_its_business_gets_another_name(batik) -> None:
    """The second session waits for the first one's row instead of reading the old name."""
    renamed, added = threading.Event(), threading.Event()

    def add() -> None:
        renamed.wait()
        make.product(Business.objects.get(pk=batik.pk), photo=False)
        added.set()
        connection.close()

    adding = threading.Thread(target=add)
    adding.start()
    with transaction.atomic():
        change(batik, name="Batik Bu Siti")
        renamed.set()
        added.wait(0.3)
    adding.join()

    assert_true()


@pytest.mark.django_db(transaction=True)
def test_two_reasons_at_once(siti, batik) -> None:
    """Suspended by one session while another takes the consent back: neither undoes the other."""
    product = make.product(batik)
    give_consents(siti, purposes=[CATALOGUE], by=siti, via="web")
    touched = threading.Event()

    def withdraw() -> None:
        touched.wait()
        withdraw_consent(siti, purpose=CATALOGUE, by=siti, via="web")
        connection.close()

    withdrawing = threading.Thread(target=withdraw)
    withdrawing.start()
    with transaction.atomic():
        change(batik, suspended_at=timezone.now())
        touched.set()
        withdrawing.join(0.3)
    withdrawing.join()
    assert not is_seen(product)

    change(batik, suspended_at=None)
    assert not is_seen(product)


def test_the_rule_and_the_triggers_name_the_same_sectors() -> None:
    assert set(LISTING_SECTORS) == {Sector.KULINER, Sector.FASHION, Sector.KERAJINAN}
