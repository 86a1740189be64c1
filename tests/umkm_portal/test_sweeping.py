"""What no row names goes after a day; what one names, or somebody is sending now, never does."""

from __future__ import annotations

import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import connection, transaction
from django.utils import timezone

from catalog.actions.photos import add_photo, set_photo
from catalog.models import ProductPhoto
from catalog.photo_files import lighten
from members.models import Document
from tests import make
from tests.catalog import pictures
from umkm_portal.lib.files import random_name
from umkm_portal.retention import tidy
from umkm_portal.sweeping import sweep_files

pytestmark = pytest.mark.django_db


def files(settings) -> set[str]:
    return {
        str(path)
        for root in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT)
        for path in Path(root).rglob("*")
        if path.is_file()
    }


def age(settings, hours: float) -> None:
    then = (timezone.now() - timedelta(hours=hours)).timestamp()
    for path in files(settings):
        os.utime(path, (then, then))


def test_a_picture_whose_row_never_came_goes_after_a_day(batik, siti, settings) -> None:
    kain = make.product(batik, photo=False)
    add_photo(kain, pictures.photo("#aa0000"), by=siti, via="web")
    lighten(kain.photos.get().name)
    kept = files(settings)
    add_photo(kain, pictures.photo("#00aa00"), by=siti, via="web")
    ProductPhoto.objects.filter(position=1).delete()
    assert len(files(settings)) == len(kept) + 4

    age(settings, 23)
    assert sweep_files(at=timezone.now()) == 0
    age(settings, 25)
    # Three widths; the draft goes with them.
    assert sweep_files(at=timezone.now()) == 3
    assert files(settings) == kept
    assert sweep_files(at=timezone.now()) == 0


def test_a_private_file_goes_only_when_no_row_names_it(batik, settings) -> None:
    private = storages["private"]
    named, left = (
        private.save(f"berkas/{random_name('jpg')}", ContentFile(b"a licence")) for _ in range(2)
    )
    make.licence(batik)
    Document.objects.update(file=named)
    age(settings, 25)

    assert sweep_files(at=timezone.now()) == 1
    assert private.exists(named)
    assert not private.exists(left)


def test_the_draft_of_a_picture_is_kept_for_the_worker(batik, siti, settings) -> None:
    kain = make.product(batik, photo=False)
    set_photo(kain, pictures.photo(), by=siti, via="web")
    before = files(settings)
    age(settings, 25)
    assert sweep_files(at=timezone.now()) == 0
    assert files(settings) == before

    lighten(kain.photos.get().name)
    storages["private"].save(
        f"foto-asal/{kain.photos.get().name.removesuffix('.avif')}.jpg", ContentFile(b"again")
    )
    age(settings, 25)
    assert sweep_files(at=timezone.now()) == 1


def test_halves_of_broken_uploads_go(settings) -> None:
    for root in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT):
        (Path(root) / "produk/400/ab").mkdir(parents=True)
        (Path(root) / "produk/400/ab/.half-x1").write_bytes(b"half")
    age(settings, 25)
    assert sweep_files(at=timezone.now()) == 2


def test_what_is_not_ours_in_the_public_folder_stays(settings) -> None:
    default_storage.save("bagikan/1.png", ContentFile(b"made by another page"))
    age(settings, 99)
    assert sweep_files(at=timezone.now()) == 0


def test_the_daily_tidying_says_how_many(settings, caplog) -> None:
    storages["private"].save(f"bukti/{random_name('jpg')}", ContentFile(b"left behind"))
    age(settings, 25)
    with caplog.at_level("INFO", logger="umkm_portal.retention"):
        assert tidy(timezone.now())["files that no row names"] == 1
    assert "1 files that no row names" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_picture_that_is_being_sent_again_this_moment_is_not_swept(batik, settings) -> None:
    """Its old files are there already, so nothing is written; only the lock tells."""
    kain = make.product(batik, photo=False)
    shot = pictures.photo()
    add_photo(kain, shot, by=batik.owner, via="web")
    ProductPhoto.objects.all().delete()
    age(settings, 25)
    wanted = {path for path in files(settings) if path.endswith(".webp")}
    done = threading.Event()

    def sweep() -> None:
        sweep_files(at=timezone.now())
        done.set()
        connection.close()

    sweeper = threading.Thread(target=sweep)
    with transaction.atomic():
        add_photo(kain, shot, by=batik.owner, via="web")
        sweeper.start()
        assert not done.wait(1.5)
    sweeper.join()

    assert wanted <= files(settings)
    assert kain.photos.count() == 1
