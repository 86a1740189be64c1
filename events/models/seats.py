"""How many seats of one event are given or promised, and to whom from where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count

from events.models.event import Event
from events.models.registration import DISTRICT, Registration
from events.models.rule import rule_of


@dataclass
class Seats:
    """Counted in one moment; true as long as the event's row is locked.

    `by_district` goes by the kecamatan's code; None stands for everybody from elsewhere, who are
    one group.
    """

    capacity: int | None
    per_kecamatan: int | None = None
    by_district: Counter[str | None] = field(default_factory=Counter)

    @property
    def taken(self) -> int:
        return self.by_district.total()

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.taken >= self.capacity

    def district_is_full(self, district: str | None) -> bool:
        return self.per_kecamatan is not None and self.by_district[district] >= self.per_kecamatan

    def has_room_for(self, district: str | None) -> bool:
        return not self.is_full and not self.district_is_full(district)

    def take(self, district: str | None) -> None:
        self.by_district[district] += 1


def seats_of(event: Event) -> Seats:
    rule = rule_of(event)
    held = event.registrations.holding_a_seat().annotate(district_code=DISTRICT).order_by()
    counted = held.values_list("district_code").annotate(count=Count("pk"))
    return Seats(
        capacity=event.capacity,
        per_kecamatan=rule.per_kecamatan if rule else None,
        by_district=Counter(dict(counted)),
    )


@dataclass(frozen=True)
class Turn:
    """Where somebody stands on the waiting list: 1 is the next.

    As long as only the seats of the own kecamatan are taken, the others of that kecamatan are
    the line; else everybody who waits is. `district_taken` and `district_of` say the first.
    """

    position: int
    district: str = ""
    district_taken: int = 0
    district_of: int = 0


def turn_of(registration: Registration) -> Turn | None:
    """None for who does not wait."""
    if not registration.waits:
        return None
    event, district = registration.event, registration.district_key
    seats = seats_of(event)
    before = event.registrations.waiting().filter(pk__lte=registration.pk)
    if seats.is_full or not seats.district_is_full(district):
        return Turn(before.count())
    return Turn(
        before.annotate(district_code=DISTRICT).filter(district_code=district).count(),
        district=registration.district,
        district_taken=seats.by_district[district],
        district_of=seats.per_kecamatan or 0,
    )
