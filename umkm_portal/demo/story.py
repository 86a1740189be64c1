"""The whole demo, made by the same actions as the real thing, in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from members.models import User
from umkm_portal.demo.agenda import Agenda
from umkm_portal.demo.applications import Applications
from umkm_portal.demo.cast import ACCOUNTS
from umkm_portal.demo.clock import Timeline
from umkm_portal.demo.dues import Dues
from umkm_portal.demo.helpers import Helpers
from umkm_portal.demo.licences import Licences
from umkm_portal.demo.people import People
from umkm_portal.demo.photos import studio
from umkm_portal.demo.products import Products, views_by_age
from umkm_portal.demo.queues import Queues
from umkm_portal.demo.rules import Rules
from umkm_portal.demo.sales import Sales
from umkm_portal.demo.steps import Steps
from umkm_portal.demo.storefronts import Storefronts
from umkm_portal.demo.trainings import Trainings
from umkm_portal.demo.turns import Turns
from umkm_portal.demo.weekly import WeeklyEvents


def is_told() -> bool:
    return User.objects.filter(email=ACCOUNTS[0].email).exists()


def tell(say: Callable[[str], object]) -> None:
    """Fill the database; all of it or, when stopped half-way, nothing."""
    began = time.monotonic()
    names = views_by_age()
    say(f"Menggambar {len(names)} foto produk dan menjalankan dua tahun kegiatan …")
    with studio(names) as photos, transaction.atomic():
        timeline = Timeline(timezone.now())
        people = People(timeline)
        people.tell()
        Rules(timeline, people).tell()
        Dues(timeline, people).tell()
        Steps(timeline, people).tell()
        Licences(timeline, people).tell()
        Products(timeline, people, photos).tell()
        Storefronts(timeline, people).tell()
        Agenda(timeline, people).tell()
        Applications(timeline, people).tell()
        Sales(timeline, people).tell()
        Queues(timeline, people).tell()
        WeeklyEvents(timeline, people).tell()
        Turns(timeline, people).tell()
        Trainings(timeline, people).tell()
        Helpers(timeline, people).tell()
        steps = timeline.run()
        # Their letters wait from today on, not for the two years of the story.
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(
            enqueued_at=timezone.now()
        )
    say(f"Data contoh siap: {steps} langkah, {time.monotonic() - began:.0f} detik.")
