"""Pictures: ours, upright, without a trace of the sender, and none left behind."""

from __future__ import annotations

import io
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from catalog.actions.photos import (
    add_photo,
    bytes_used_by,
    place_photo,
    remove_photo,
    set_photo,
)
from catalog.choices import ProductStatus
from catalog.models import Product, ProductPhoto
from catalog.models.photo import WIDTHS, photo_path
from catalog.photo_files import lighten
from catalog.photo_job import requeue_left_behind
from tests import make
from tests.catalog import pictures
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.images import encode_photo


def files() -> set[str]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def kain(batik) -> Product:
    return make.product(batik, photo=False)


def test_a_phones_photo_stands_upright_with_nothing_of_the_phone(kain, siti) -> None:
    encoded = encode_photo(pictures.upload(pictures.sideways_with_gps()))
    set_photo(kain, encoded, by=siti, via="web")

    row = kain.photos.get()
    assert row.height > row.width
    for width in WIDTHS:
        data = Path(default_storage.path(photo_path(row.name, width))).read_bytes()
        image = Image.open(io.BytesIO(data))
        assert (image.format, image.width) == ("WEBP", min(width, 800))
        assert image.height > image.width
        assert not image.getexif()
        assert b"Tecno" not in data
        assert b"gang dua" not in data


def test_a_live_product_with_a_new_picture_is_looked_at_again(kain, siti) -> None:
    assert set_photo(kain, pictures.photo(), by=siti, via="web").status == ProductStatus.WAITING


def test_the_same_picture_again_changes_nothing(kain, siti) -> None:
    set_photo(kain, pictures.photo(), by=siti, via="web")
    Product.objects.filter(pk=kain.pk).update(status=ProductStatus.LIVE)
    told = AuditEntry.objects.about(kain).count()

    assert set_photo(kain, pictures.photo(), by=siti, via="web").status == ProductStatus.LIVE
    assert AuditEntry.objects.about(kain).count() == told


def test_a_live_product_with_another_picture_waits_and_the_trail_says_so(kain, siti) -> None:
    set_photo(kain, pictures.photo(), by=siti, via="web")

    entry = AuditEntry.objects.about(kain).get(verb="product.queued_again")
    assert (entry.by, entry.data) == (siti, {"old": "live", "new": "waiting"})


def test_the_old_files_go_with_the_old_picture(
    kain, siti, django_capture_on_commit_callbacks
) -> None:
    set_photo(kain, pictures.photo("#aa0000"), by=siti, via="web")
    old = files()
    with django_capture_on_commit_callbacks(execute=True):
        set_photo(kain, pictures.photo("#00aa00"), by=siti, via="web")

    assert len(files()) == 3
    assert not files() & old


def test_files_another_product_shows_stay(
    kain, batik, siti, django_capture_on_commit_callbacks
) -> None:
    twin = make.product(batik, photo=False)
    for product in (kain, twin):
        set_photo(product, pictures.photo("#aa0000"), by=siti, via="web")
    shared = files()
    with django_capture_on_commit_callbacks(execute=True):
        set_photo(kain, pictures.photo("#00aa00"), by=siti, via="web")

    assert shared < files()


COLOURS = ("#aa0000", "#00aa00", "#0000aa", "#aaaa00", "#00aaaa", "#aa00aa", "#555555", "#222222")


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


@pytest.mark.django_db(transaction=True)
def test_the_last_room_is_given_once(batik, settings) -> None:
    """Two uploads to two products of one owner."""
    goods = [make.product(batik, photo=False) for _ in range(2)]
    shots = [pictures.photo("#aa0000"), pictures.photo("#00aa00")]
    settings.MEMBER_STORAGE_BYTES = max(shot.size for shot in shots) + 10
    outcomes = all_at_once(
        lambda at: add_photo(goods[at], shots[at], by=batik.owner, via="web"), [0, 1]
    )
    assert outcomes == ["done", "refused"]


def test_a_member_has_so_much_room(kain, siti, settings) -> None:
    settings.MEMBER_STORAGE_BYTES = 1_000

    with pytest.raises(ActionRefused, match="Ruang berkas Anda penuh"):
        set_photo(kain, pictures.photo(), by=siti, via="web")
    assert not kain.photos.exists()
    assert files() == set()


def test_room_is_counted_per_owner(kain, siti, budi) -> None:
    set_photo(kain, pictures.photo(), by=siti, via="web")

    assert bytes_used_by(siti) == kain.photos.get().size > 0
    assert bytes_used_by(budi) == 0


def test_there_are_eight_places(kain, siti) -> None:
    with pytest.raises(ActionRefused, match="Paling banyak 8 foto"):
        set_photo(kain, pictures.photo(), by=siti, via="web", position=8)


# --- the lighter files -----------------------------------------------------------------------


def test_the_worker_adds_avif_and_the_row_says_so(kain, siti) -> None:
    set_photo(kain, pictures.photo(), by=siti, via="web")
    row = kain.photos.get()
    before = row.size
    assert row.avif_srcset == ""
    assert lighten(row.name)
    assert not lighten(row.name)

    row.refresh_from_db()
    assert row.name.endswith(".avif")
    assert row.srcset.endswith(".webp 1200w")
    assert row.avif_srcset.endswith(".avif 1200w")
    assert row.size > before
    assert len(files()) == 6
    assert not [path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()]


def test_an_equal_picture_later_has_the_lighter_files_at_once(kain, batik, siti) -> None:
    set_photo(kain, pictures.photo(), by=siti, via="web")
    lighten(kain.photos.get().name)
    twin = make.product(batik, photo=False)
    set_photo(twin, pictures.photo(), by=siti, via="web")

    assert twin.photos.get().name == kain.photos.get().name
    set_photo(twin, pictures.photo(), by=siti, via="web")
    add_photo(twin, pictures.photo(), by=siti, via="web")
    assert twin.photos.count() == 1


def test_all_its_files_go_with_a_picture(kain, siti, django_capture_on_commit_callbacks) -> None:
    for colour in COLOURS[:2]:
        add_photo(kain, pictures.photo(colour), by=siti, via="web")
    for row in kain.photos.all():
        lighten(row.name)
    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(kain.photos.first(), by=siti, via="web")
    assert len(files()) == 6


def test_a_picture_whose_draft_is_lost_is_lightened_from_its_largest_file(kain, siti) -> None:
    set_photo(kain, pictures.photo(), by=siti, via="web")
    shutil.rmtree(settings.PRIVATE_ROOT)
    assert lighten(kain.photos.get().name)
    assert not lighten("aa/" + 40 * "a" + ".webp")


def test_what_a_killed_worker_left_is_queued_again(kain, siti) -> None:
    set_photo(kain, pictures.photo(), by=siti, via="web")
    DBTaskResult.objects.all().delete()
    now = timezone.now()
    assert requeue_left_behind(at=now) == 0
    assert requeue_left_behind(at=now + timedelta(hours=2)) == 1
    queued = DBTaskResult.objects.get()
    assert queued.args_kwargs["args"] == [kain.photos.get().name]
    assert queued.priority < 0
