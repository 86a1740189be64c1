"""A product's pictures in their order: eight places, each given once."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from catalog.actions.photos import add_photo, place_photo, remove_photo, set_photo
from catalog.choices import ProductStatus
from catalog.models import Product, ProductPhoto
from tests import make
from tests.catalog import pictures
from tests.catalog.pictures import COLOURS, files
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused


def order(product: Product) -> list[str]:
    """The pictures' own colours, in their order."""
    return [photo.colour for photo in product.photos.all()]


@pytest.fixture
def three(kain, siti) -> list[ProductPhoto]:
    for colour in COLOURS[:3]:
        add_photo(kain, pictures.photo(colour), by=siti, via="web")
    return list(kain.photos.all())


def test_one_tap_makes_a_picture_the_first(kain, three, siti) -> None:
    red, green, blue = order(kain)
    place_photo(three[2], to=0, by=siti, via="web")
    assert order(kain) == [blue, red, green]

    told = AuditEntry.objects.about(kain).count()
    place_photo(three[2], to=0, by=siti, via="web")
    assert order(kain) == [blue, red, green]
    assert AuditEntry.objects.about(kain).count() == told


def test_a_picture_moves_by_one_and_not_past_the_end(kain, three, siti) -> None:
    red, green, blue = order(kain)
    place_photo(three[0], to=1, by=siti, via="web")
    assert order(kain) == [green, red, blue]
    place_photo(three[0], to=70, by=siti, via="web")
    assert order(kain) == [green, blue, red]
    place_photo(three[1], to=-1, by=siti, via="web")
    assert order(kain) == [green, blue, red]


def test_another_order_asks_no_curator(kain, three, siti) -> None:
    Product.objects.filter(pk=kain.pk).update(status=ProductStatus.LIVE)
    assert place_photo(three[2], to=0, by=siti, via="web").status == ProductStatus.LIVE


def test_the_next_picture_takes_the_place_of_one_that_goes(
    kain, three, siti, django_capture_on_commit_callbacks
) -> None:
    _red, green, blue = order(kain)
    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(three[0], by=siti, via="web")
        remove_photo(three[0], by=siti, via="web")

    assert order(kain) == [green, blue]
    assert [photo.position for photo in kain.photos.all()] == [0, 1]
    assert len(files()) == 6


def test_the_last_picture_of_a_live_product_stays(kain, siti) -> None:
    set_photo(kain, pictures.photo(), by=siti, via="web")
    with pytest.raises(ActionRefused, match="Foto satu-satunya"):
        remove_photo(kain.photos.get(), by=siti, via="web")

    Product.objects.filter(pk=kain.pk).update(status=ProductStatus.DRAFT)
    remove_photo(kain.photos.get(), by=siti, via="web")
    assert not kain.photos.exists()


def test_the_pictures_of_a_product_taken_down_stay_as_they_are(kain, three, siti) -> None:
    Product.objects.filter(pk=kain.pk).update(
        status=ProductStatus.TAKEN_DOWN, return_note="Bukan foto produk."
    )
    for act in (
        lambda: add_photo(kain, pictures.photo("#123456"), by=siti, via="web"),
        lambda: place_photo(three[1], to=0, by=siti, via="web"),
        lambda: remove_photo(three[1], by=siti, via="web"),
        lambda: set_photo(kain, pictures.photo("#123456"), by=siti, via="web"),
    ):
        with pytest.raises(ActionRefused, match="diturunkan"):
            act()


def test_eight_pictures_and_no_ninth(kain, siti) -> None:
    for colour in COLOURS:
        add_photo(kain, pictures.photo(colour), by=siti, via="web")
    with pytest.raises(ActionRefused, match="Paling banyak 8 foto untuk satu produk"):
        add_photo(kain, pictures.photo("#ffffff"), by=siti, via="web")
    with pytest.raises(IntegrityError, match="photo_one_of_eight_places"), transaction.atomic():
        ProductPhoto.objects.create(product=kain, position=8, name="x.webp", width=1, height=1)

    # The same picture once more is there already, so it is not refused either.
    add_photo(kain, pictures.photo(COLOURS[3]), by=siti, via="web")
    assert kain.photos.count() == 8


def test_a_picture_beyond_the_end_comes_at_the_end(kain, siti) -> None:
    set_photo(kain, pictures.photo("#aa0000"), by=siti, via="web")
    set_photo(kain, pictures.photo("#00aa00"), by=siti, via="web", position=5)
    assert [photo.position for photo in kain.photos.all()] == [0, 1]


@pytest.mark.django_db(transaction=True)
def test_two_pictures_at_once_get_a_place_each_and_the_eighth_place_is_given_once(batik) -> None:
    kain = make.product(batik, photo=False)
    encoded = [pictures.photo(colour) for colour in (*COLOURS, "#ffffff", "#999999")]
    for photo in encoded[:6]:
        add_photo(kain, photo, by=batik.owner, via="web")
    outcomes = all_at_once(
        lambda photo: add_photo(kain, photo, by=batik.owner, via="web"), encoded[6:]
    )

    assert outcomes == ["done", "done", "refused", "refused"]
    assert [photo.position for photo in kain.photos.all()] == list(range(8))


@pytest.mark.django_db(transaction=True)
def test_orders_given_at_once_leave_every_picture_one_place(batik) -> None:
    kain = make.product(batik, photo=False)
    for colour in COLOURS[:5]:
        add_photo(kain, pictures.photo(colour), by=batik.owner, via="web")
    rows = list(kain.photos.all())
    outcomes = all_at_once(lambda row: place_photo(row, to=0, by=batik.owner, via="web"), rows[1:])
    assert outcomes == ["done"] * 4
    assert [photo.position for photo in kain.photos.all()] == list(range(5))


def test_there_are_eight_places(kain, siti) -> None:
    with pytest.raises(ActionRefused, match="Paling banyak 8 foto"):
        set_photo(kain, pictures.photo(), by=siti, via="web", position=8)
