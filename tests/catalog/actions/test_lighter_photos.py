"""The lighter files the worker adds to a picture."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from catalog.actions.photos import add_photo, remove_photo, set_photo
from catalog.photo_files import lighten
from catalog.photo_job import requeue_left_behind
from tests import make
from tests.catalog import pictures
from tests.catalog.pictures import COLOURS, files


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
