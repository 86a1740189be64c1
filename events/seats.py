"""How many seats of a market day are left, and who is next: read under the lock of the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from events import allocation
from events.choices import PlaceStatus
from events.models import BoothPlace, Edition, EventDay, Quota
from events.turns import Applicant, Cell
from members.models import Business


@dataclass
class DaySeats:
    """`free` of the day's `seats`; by cell as long as its quota holds seats back."""

    seats: int
    free: int
    taken_by_cell: Counter[int | None]
    cells: dict[int, Quota]
    pool_is_open: bool
    waiting: list[BoothPlace]

    @classmethod
    def of(cls, day: EventDay, *, at: datetime) -> DaySeats | None:
        """None for an edition whose sellers are placed by hand; five queries."""
        edition = Edition.objects.filter(event=day.event_id).select_related("event").first()
        if edition is None:
            return None
        cells = {quota.pk: quota for quota in edition.event.quotas.all()}
        rows = day.places.select_related("day", "business__owner", "business__kelurahan")
        seated = [cell_of(place, cells) for place in rows.seated()]
        seats = edition.seats()
        waiting = rows.filter(status=PlaceStatus.WAITLISTED, offered_at=None).in_turn()
        # Whoever may not sell any more keeps her place in the line, and is passed over.
        waiting = waiting.filter(business__in=Business.objects.may_list())
        for place in waiting:
            place.day = day
        return cls(
            seats=seats,
            free=max(seats - len(seated), 0),
            taken_by_cell=Counter(seated),
            cells=cells,
            pool_is_open=at >= edition.pool_opens_at(day),
            waiting=list(waiting),
        )

    def next_in_turn(self) -> Iterator[BoothPlace]:
        """Those to whom the free seats go, the first in turn first."""
        for place in self.waiting:
            if not self.free:
                return
            cell = cell_of(place, self.cells)
            if self.pool_is_open or self.room_in(cell):
                self.taken_by_cell[cell] += 1
                self.free -= 1
                yield place

    def room_in(self, cell: int | None) -> bool:
        held = sum(quota.seats for quota in self.cells.values())
        seats = max(self.seats - held, 0) if cell is None else self.cells[cell].seats
        return self.taken_by_cell[cell] < seats


def number_in_line(place: BoothPlace, *, at: datetime) -> int | None:
    """Which one in turn she is on the waiting list; None when not on it. Three queries.

    As long as quotas keep their seats, each of them has a line of its own; later all wait in one.
    """
    if place.status != PlaceStatus.WAITLISTED:
        return None
    rows = BoothPlace.objects.on(place.day).filter(status=PlaceStatus.WAITLISTED).in_turn()
    line = list(rows.select_related("day", "business__kelurahan"))
    edition = Edition.objects.filter(event=place.day.event_id).first()
    if edition and at < edition.pool_opens_at(place.day):
        cells = {quota.pk: quota for quota in Quota.objects.filter(event=edition.event_id)}
        mine = cell_of(place, cells)
        line = [each for each in line if cell_of(each, cells) == mine]
    return next((number for number, each in enumerate(line, 1) if each.pk == place.pk), None)


def cell_of(place: BoothPlace, cells: dict[int, Quota]) -> int | None:
    """The key of the quota she counts in, by the same rule as when the seats were allocated."""
    kelurahan = place.business.kelurahan
    who = Applicant(
        business=place.business_id,
        kecamatan=kelurahan.kecamatan_id if kelurahan else "",
        sector=place.business.sector,
        waiting_since=place.day.date,
        office=place.sponsor_id,
    )
    return allocation.cell_of(
        who,
        [
            Cell(quota.pk, quota.seats, quota.kecamatan_id or "", quota.office_id, quota.sector)
            for quota in cells.values()
        ],
    )
