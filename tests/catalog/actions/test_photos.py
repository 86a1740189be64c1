"""Pictures: ours, upright, without a trace of the sender, and none left behind."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from catalog.actions.photos import add_photo, bytes_used_by, set_photo
from catalog.choices import ProductStatus
from catalog.models import Product
from catalog.models.photo import WIDTHS, photo_path
from tests import make
from tests.catalog import pictures
from tests.catalog.pictures import files
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.images import encode_photo


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
