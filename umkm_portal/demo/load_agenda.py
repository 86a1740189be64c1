"""Invented events: as many a month as one likes, with people signed up."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, time, timedelta

from django.db import transaction

from events.choices import EventKind, EventStatus, RegistrationStatus
from events.models import Event, EventDay, Registration
from members.models import Kecamatan

SLUG = "uji-acara-"
"""How the address of an invented event begins."""
KINDS = (EventKind.TRAINING, EventKind.EXHIBITION, EventKind.FESTIVAL)
SHARES = (80, 15, 5)
ABOUT = ("Foto produk", "Kemasan", "Izin P-IRT", "Sertifikat halal", "Pembukuan", "Pemasaran")
VENUES = ("Gedung PLUT", "Ruang Pola", "Balai Warga", "Gelanggang Remaja", "Aula Kecamatan")
SEATS = 30
ALL_AT_LEAST = 5


@transaction.atomic
def fill_agenda(per_month: int, *, today: date, seed: int) -> int:
    """Bring this month and the next up to that many invented events; return how many were added."""
    months = [today.replace(day=1), (today.replace(day=1) + timedelta(days=32)).replace(day=1)]
    return sum(_fill_month(first, per_month, seed) for first in months)


def _fill_month(first: date, wanted: int, seed: int) -> int:
    begin = f"{SLUG}{first:%Y-%m}-"
    has = Event.objects.filter(slug__startswith=begin).count()
    chance = random.Random(f"{seed} {first} {has}")  # noqa: S311  invented events
    places = list(Kecamatan.objects.order_by("code"))
    events = Event.objects.bulk_create(
        [_event(f"{begin}{number}", places, chance) for number in range(has, wanted)]
    )
    EventDay.objects.bulk_create([_day(event, first, chance) for event in events])
    Registration.objects.bulk_create(
        [guest for event in events for guest in _guests(event, chance)]
    )
    return len(events)


def _event(slug: str, places: list[Kecamatan], chance: random.Random) -> Event:
    kind = chance.choices(KINDS, SHARES)[0]
    signs_up = kind == EventKind.TRAINING
    place = chance.choice(places)
    return Event(
        kind=kind,
        name=f"{chance.choice(ABOUT)}, kelas {slug.removeprefix(SLUG)}",
        slug=slug,
        summary="Acara uji.",
        venue=f"{chance.choice(VENUES)}, {place.name}",
        kecamatan=place,
        needs_sign_up=signs_up,
        capacity=SEATS if signs_up else None,
        status=chance.choices((EventStatus.OPEN, EventStatus.PLANNED), (90, 10))[0],
        published=True,
    )


def _day(event: Event, first: date, chance: random.Random) -> EventDay:
    opens = chance.choice((9, 10, 13))
    day = first + timedelta(days=chance.randrange(28))
    return EventDay(event=event, date=day, opens_at=time(opens), closes_at=time(opens + 3))


def _guests(event: Event, chance: random.Random) -> Iterator[Registration]:
    if event.capacity is None:
        return
    for number in range(chance.randint(ALL_AT_LEAST, event.capacity)):
        yield Registration(
            event=event,
            name=f"Tamu Uji {number}",
            phone=f"+62811{number:08}",
            status=RegistrationStatus.REGISTERED,
        )
