"""One Friday of the year: put up by staff, and who came to it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from events.actions.booths import BoothRow, add_booths
from events.actions.checkin import mark_arrived
from events.actions.edition import keep_edition, publish_rules
from events.actions.editions import keep_day, keep_event, open_event, publish_event
from events.actions.quotas import Scope, set_quotas
from events.choices import EventKind, PlaceStatus
from events.models import Edition, Event, EventDay
from members.models import Kecamatan, Office, User
from umkm_portal.demo.year.people import Seller

RULES = "Datang sebelum pukul 08.00. Bawa pulang sampah."
KECAMATAN_SHARE, OFFICE_SHARE = 0.5, 0.15


def make_market(friday: date, *, seats: int, by: User) -> EventDay:
    event = keep_event(
        Event(
            kind=EventKind.JBL,
            name=f"Jumat Beli Lokal {friday:%d-%m-%Y}",
            slug=f"jumat-beli-lokal-{friday:%Y-%m-%d}",
            venue="Mama Teras",
            address="Jl. Prapanca Raya No. 9",
            needs_sign_up=False,
        ),
        changed=[],
        by=by,
        via="admin",
    )
    day = keep_day(EventDay(event=event, date=friday, opens_at=time(9)), by=by, via="admin")
    letters = "ABCDEFGH"
    numbers = [f"{letters[n // 99]}{n % 99 + 1:02}" for n in range(seats)]
    add_booths(event, row=BoothRow(numbers), by=by, via="admin")
    keep_edition(
        Edition(
            event=event,
            applications_open_at=_at(friday - timedelta(days=14), 8),
            applications_close_at=_at(friday - timedelta(days=8), 7),
            seats_per_day=seats,
        ),
        changed=[],
        by=by,
        via="admin",
    )
    publish_rules(event, text=RULES, by=by, via="admin")
    set_quotas(event, _quotas(seats), by=by, via="admin")
    publish_event(event, by=by, via="admin")
    open_event(event, by=by, via="admin")
    return EventDay.objects.select_related("event").get(pk=day.pk)


def attend(
    day: EventDay,
    sellers: Mapping[int, Seller],
    officer: User,
    chance: random.Random,
    tallies: Counter[str],
) -> None:
    """Who has a seat comes and is ticked off, or does not and says nothing."""
    places = day.places.filter(status=PlaceStatus.ACCEPTED).order_by("pk")
    for place in places:
        missed = chance.random() < sellers[place.business_id].misses
        if not missed:
            mark_arrived(place, by=officer, via="web")
        tallies["missed" if missed else "came"] += 1


def _quotas(seats: int) -> dict[Scope, int | None]:
    kecamatan = list(Kecamatan.objects.values_list("pk", flat=True))
    offices = list(Office.objects.in_use().values_list("pk", flat=True))
    each = max(1, int(seats * KECAMATAN_SHARE / len(kecamatan)))
    cells: dict[Scope, int | None] = {Scope(kecamatan=pk): each for pk in kecamatan}
    for pk in offices:
        few = int(seats * OFFICE_SHARE / len(offices))
        if few:
            cells[Scope(office=pk)] = few
    return cells


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
