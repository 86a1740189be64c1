"""Sellers ask for a place at the edition after next; nobody has shared its seats out yet."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from catalog.models import Product
from events.actions.applications import (
    Wishes,
    apply_for_days,
    reject_application,
    return_application,
)
from events.actions.edition import keep_edition, publish_rules
from events.actions.waitlist import close_undecided
from events.choices import PlaceStatus
from events.models import BoothPlace, Edition, Event, EventDay
from members.models import Business
from umkm_portal.demo.clock import Timeline
from umkm_portal.demo.people import People

RULES = (
    "Datang sebelum pukul 07.30 dan menata lapak sendiri.\n"
    "Memasang harga dan menerima QRIS.\n"
    "Membawa pulang sampah.\n"
    "Mengirim laporan penjualan hari itu juga."
)
SEATS_OVER = 3
"""More seats than have been given by hand."""
ASKING = 6


class Applications:
    """Of the edition after next, and of a past one whose list is closed."""

    def __init__(self, timeline: Timeline, people: People) -> None:
        self.timeline = timeline
        self.people = people
        self.by: dict[str, Any] = {"by": people.staff["petugas"], "via": "admin"}

    def tell(self) -> None:
        self.timeline.ago(5, self._open, hour=9)
        self.timeline.ago(4, self._apply)
        self.timeline.ago(3, self._decide)
        self.timeline.ago(0, self._close_a_past_list, hour=2)

    @property
    def day(self) -> EventDay:
        jbl = EventDay.objects.public().jbl().not_over(at=self.timeline.now).in_order()
        own = jbl.filter(event__series=None, event__edition__seats_per_day__isnull=False)
        return own.select_related("event")[0]

    def _open(self) -> None:
        events = Event.objects.public().jbl().filter(series=None).upcoming(at=timezone.now())
        event = events[1]
        first = event.days.in_order()[0]
        until = timezone.make_aware(datetime.combine(first.date - timedelta(days=6), time(16)))
        edition = Edition.objects.filter(event=event).first() or Edition(event=event)
        edition.applications_open_at = timezone.now() - timedelta(days=7)
        edition.applications_close_at = until
        edition.seats_per_day = first.places.standing().count() + SEATS_OVER
        edition.tables_stock, edition.chairs_stock, edition.watts_stock = 60, 120, 20_000
        edition.weather_plan = "Pindah ke selasar dalam bila hujan."
        names = [field.name for field in Edition._meta.fields if field.name != "event"]
        keep_edition(edition, changed=names, **self.by)
        publish_rules(event, text=RULES, **self.by)

    def _apply(self) -> None:
        day = self.day
        placed = day.places.living().values("business")
        sellers = (
            Business.objects.may_list()
            .exclude(pk__in=placed)
            .filter(products__in=Product.objects.visible())
        )
        for n, business in enumerate(sellers.distinct().order_by("pk")[:ASKING]):
            wishes = Wishes(
                tables=1, chairs=2, power_watts=450 * (n % 2), cooks=n % 4 == 0, rules_version=1
            )
            apply_for_days(business, days=[day], wishes=wishes, by=business.owner, via="web")

    def _decide(self) -> None:
        asked = list(self.day.places.filter(status=PlaceStatus.APPLIED).order_by("pk"))
        return_application(
            asked[0], reason="Unggah foto lapak atau dapur Anda yang terbaru.", **self.by
        )
        reject_application(asked[1], reason="Barang yang dijual bukan buatan sendiri.", **self.by)

    def _close_a_past_list(self) -> None:
        past = EventDay.objects.public().jbl().filter(date__lt=self.timeline.today)
        day = past.order_by("-date")[0]
        placed = day.places.values("business")
        business = Business.objects.may_list().exclude(pk__in=placed).order_by("pk")[0]
        BoothPlace.objects.create(
            day=day,
            business=business,
            status=PlaceStatus.WAITLISTED,
            applied_at=day.begins - timedelta(days=10),
            rank=1,
        )
        close_undecided(day, by=None, via="jadwal")
