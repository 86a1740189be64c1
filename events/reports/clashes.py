"""What else is at the same place at the same time; for staff to see, never to refuse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from events.models import Event, EventDay

SHORTEST_NAME = 8
"""A shorter name inside a longer one says little: "Aula" is in many houses."""


class Slot(NamedTuple):
    begins: datetime
    ends: datetime

    def meets(self, other: Slot) -> bool:
        return self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True)
class Clash:
    day: EventDay

    @property
    def event(self) -> Event:
        return self.day.event


def clashes(venue: str, slots: Sequence[Slot], *, leaving: int | None = None) -> list[list[Clash]]:
    """For each slot, days of other events there, called-off ones left out; one query."""
    if not slots:
        return []
    first = min(slot.begins for slot in slots).date() - timedelta(days=1)
    last = max(slot.ends for slot in slots).date() + timedelta(days=1)
    days = EventDay.objects.not_cancelled().between(first, last).select_related("event")
    there = [
        day
        for day in days.exclude(event=leaving).in_order()
        if is_same_place(day.event.venue, venue)
    ]
    return [
        [Clash(day) for day in there if slot.meets(Slot(day.begins, day.ends))] for slot in slots
    ]


def clashes_of(event: Event) -> list[Clash]:
    """Of all its days that are still to come; each other day once."""
    if event.status == "cancelled":
        return []
    slots = [Slot(day.begins, day.ends) for day in event.days.all()]
    found = clashes(event.venue, slots, leaving=event.pk)
    return list({clash.day.pk: clash for row in found for clash in row}.values())


def is_same_place(one: str, other: str) -> bool:
    """As people write it: "Kantor Walikota" is in "Aula Kantor Wali Kota"."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return short == long or (len(short) >= SHORTEST_NAME and short in long)


def _bare(name: str) -> str:
    return re.sub(r"\W+", "", name.casefold())


def slot_of(day: date, sample: EventDay) -> Slot:
    """The hours of a day on another date."""
    moved = EventDay(date=day, opens_at=sample.opens_at, closes_at=sample.closes_at)
    return Slot(moved.begins, moved.ends)
