"""The whole demo, made by the same actions as the real thing, in one transaction."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from members.models import User
from umkm_portal.demo.agenda import Agenda
from umkm_portal.demo.cast import ACCOUNTS
from umkm_portal.demo.clock import Timeline
from umkm_portal.demo.dues import Dues
from umkm_portal.demo.people import People, rows
from umkm_portal.demo.photos import all_photos
from umkm_portal.demo.products import Products


def is_told() -> bool:
    return User.objects.filter(email=ACCOUNTS[0].email).exists()


def tell(say: Callable[[str], object], *, workers: int | None = None) -> None:
    """Fill the database; all of it or, when stopped half-way, nothing."""
    began = time.monotonic()
    names = [row["product"] for row in rows("demo_products.csv")]
    say(f"Menggambar {len(names)} produk …")
    photos = all_photos(names, workers=workers or min(os.cpu_count() or 1, 4))
    say(f"  {time.monotonic() - began:.0f} detik")
    with transaction.atomic():
        timeline = Timeline(timezone.now())
        people = People(timeline)
        people.tell()
        Dues(timeline, people).tell()
        Products(timeline, people, photos).tell()
        Agenda(timeline, people).tell()
        say("Menjalankan dua tahun kegiatan …")
        steps = timeline.run()
    say(f"Data contoh siap: {steps} langkah, {time.monotonic() - began:.0f} detik.")
