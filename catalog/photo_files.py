"""The files of pictures: stored before a row names them, deleted after the last row is gone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import connection, transaction
from django.db.models import F

from catalog.models import ApprovedLook, Product, ProductPhoto
from catalog.models.photo import WIDTHS, names_of, photo_path, stem_of
from umkm_portal.lib.batches import batched
from umkm_portal.lib.files import content_name
from umkm_portal.lib.images import EncodedPhoto, encode_avif

MAIN_WIDTH = max(WIDTHS)
DRAFTS = "foto-asal/"
PHOTO_PATH = re.compile(r"produk/\d+/[0-9a-f]{2}/[0-9a-f]{40}\.(webp|avif)")


def content_name_of(photo: EncodedPhoto) -> str:
    """What a picture is called, made from its largest file."""
    return content_name(photo.widths[MAIN_WIDTH], "webp")


def store(photo: EncodedPhoto) -> str:
    """Write what is not there yet and return the name for the row.

    Call inside the transaction that writes the row: the picture is held until its end.
    """
    name = content_name_of(photo)
    stem = stem_of(name)
    hold(stem)
    if ProductPhoto.objects.filter(name=f"{stem}.avif").exists():
        return f"{stem}.avif"
    for width in WIDTHS:
        path = photo_path(name, width)
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(photo.widths[width]))
    private = storages["private"]
    if not private.exists(_draft_path(stem)):
        private.save(_draft_path(stem), ContentFile(photo.draft))
    return name


def lighten(name: str) -> bool:
    """Add the AVIF files of a stored picture, and say so in the rows that show it.

    False when there is nothing left to do. Twice is harmless.
    """
    stem = stem_of(name)
    source = _source(stem)
    if source is None or not ProductPhoto.objects.filter(name=f"{stem}.webp").exists():
        return False
    widths = encode_avif(source)
    with transaction.atomic():
        # Products before pictures, as everywhere: the database writes a cover's new name to them.
        shown_by = Product.objects.filter(photos__name=f"{stem}.webp").order_by("pk")
        locked = list(shown_by.select_for_update(of=("self",)).values_list("pk", flat=True))
        hold(stem)
        # Who came to show it meanwhile has a job of his own waiting.
        rows = ProductPhoto.objects.filter(name=f"{stem}.webp", product__in=locked)
        if not rows.exists():
            return False
        for width, data in widths.items():
            path = photo_path(name, width, "avif")
            if not default_storage.exists(path):
                default_storage.save(path, ContentFile(data))
        size = sum(len(data) for data in widths.values())
        rows.update(name=f"{stem}.avif", size=F("size") + size)
    storages["private"].delete(_draft_path(stem))
    return True


def remove_unused(name: str) -> int:
    """Delete the files of a picture no product shows any more, nor showed when it was approved.

    Returns how many there were.
    """
    stem = stem_of(name)
    removed = 0
    with transaction.atomic():
        hold(stem)
        if ProductPhoto.objects.filter(name__in=names_of(stem)).exists():
            return 0
        if ApprovedLook.objects.showing(f"{stem}.webp").exists():
            return 0
        for kind in ("webp", "avif"):
            for width in WIDTHS:
                path = photo_path(name, width, kind)
                removed += default_storage.exists(path)
                default_storage.delete(path)
        storages["private"].delete(_draft_path(stem))
    return removed


def sweep_photos(stored: Iterable[tuple[str, float]], *, before: float) -> int:
    """Remove pictures that nothing shows and that came before a moment (epoch); count the files.

    `stored` is what lies in the public store, one folder after the other.
    """
    removed = 0
    old = (
        stem_of(name.split("/", 2)[2])
        for name, written in stored
        if written < before and PHOTO_PATH.fullmatch(name)
    )
    for stems in batched(old, 500):
        named = set(map(stem_of, _named_among(stems)))
        # Each is asked for again under its lock: somebody may be sending it this moment.
        removed += sum(remove_unused(f"{stem}.webp") for stem in set(stems) - named)
    return removed


def drafts_needed(paths: Iterable[str]) -> set[str]:
    """Which of these private files the worker still waits for."""
    by_stem = {stem_of(path.removeprefix(DRAFTS)): path for path in paths}
    names = ProductPhoto.objects.filter(name__in=[f"{stem}.webp" for stem in by_stem])
    return {by_stem[stem_of(name)] for name in names.values_list("name", flat=True)}


def _named_among(stems: Iterable[str]) -> set[str]:
    names = [name for stem in stems for name in names_of(stem)]
    shown = set(ProductPhoto.objects.filter(name__in=names).values_list("name", flat=True))
    for photos in ApprovedLook.objects.filter(photos__overlap=names).values_list("photos"):
        shown.update(*photos)
    return shown


def hold(what: str) -> None:
    """Until the end of the transaction nobody else may hold this.

    Equal pictures share files: nobody may delete them between our writing and our commit.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])


def _draft_path(stem: str) -> str:
    # Better than any published file; kept only until the worker has been here.
    return f"{DRAFTS}{stem}.jpg"


def _source(stem: str) -> bytes | None:
    """The best there is to make lighter files from."""
    wanted = (
        (storages["private"], _draft_path(stem)),
        (default_storage, photo_path(f"{stem}.webp", MAIN_WIDTH)),
    )
    for storage, path in wanted:
        try:
            with storage.open(path, "rb") as file:
                return bytes(file.read())
        except FileNotFoundError:
            continue
    return None
