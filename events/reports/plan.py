"""The booths of a day as a drawing: who stands where, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from events.layout import Conflict, conflicts, positions
from events.models import Booth, BoothPlace, EventDay
from events.selling import kinds_by_business, seller_of, stalls_of, standing_places
from members.choices import Sector

# Units of the drawing, about a pixel each: a booth, what lies between two, a zone's name.
WIDTH, HEIGHT, GAP, NAME = 56, 44, 6, 26


@dataclass(frozen=True)
class Spot:
    """One booth of the drawing; `x` and `y` are its upper left corner."""

    booth: Booth
    x: int
    y: int
    place: BoothPlace | None = None
    kind: str = ""
    warnings: list[str] = field(default_factory=list)

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + WIDTH // 2, self.y + HEIGHT // 2

    @property
    def colour(self) -> str:
        """The category's name in the stylesheet."""
        if self.place is None:
            return ""
        sector = Sector(self.place.business.sector)
        return {Sector.KERAJINAN: "kriya"}.get(sector, sector.value)


@dataclass(frozen=True)
class Plan:
    """`zones` are names with the point where each is written."""

    spots: list[Spot]
    zones: list[tuple[str, int, int]]
    width: int
    height: int

    @property
    def warnings(self) -> list[tuple[str, str]]:
        return [(spot.booth.number, text) for spot in self.spots for text in spot.warnings]

    @property
    def taken(self) -> int:
        return sum(1 for spot in self.spots if spot.place)

    @property
    def size(self) -> tuple[int, int]:
        return WIDTH, HEIGHT


def public_plan(day: EventDay) -> Plan:
    """As shoppers see it; two queries."""
    places = BoothPlace.objects.on(day).shown()
    return _draw(day, places.select_related("booth", "business__kelurahan__kecamatan"), {})


def staff_plan(day: EventDay) -> Plan:
    """With everybody who stands there, what each sells, and what is wrong; three queries."""
    places = list(standing_places(day))
    return _draw(day, places, kinds_by_business(places))


def _draw(day: EventDay, places: Iterable[BoothPlace], kinds: dict[int, str]) -> Plan:
    booths = {booth.number: booth for booth in day.event.booths.all()}
    by_number = {place.number: place for place in places if place.number}
    stalls = stalls_of(booths.values())
    where = positions(stalls)
    seated = {number: seller_of(place, kinds) for number, place in by_number.items()}
    warnings: dict[str, list[str]] = {}
    for conflict in conflicts(stalls, seated):
        warnings.setdefault(conflict.number, []).append(_sentence(conflict))
    heads = _zone_heads(booths.values(), where)
    tops = _tops({row for row, _column in where.values()}, {row for _zone, row, _column in heads})
    spots = [
        Spot(
            booth=booths[number],
            x=(column - 1) * (WIDTH + GAP),
            y=tops[row],
            place=by_number.get(number),
            kind=seated[number].kind if number in seated else "",
            warnings=warnings.get(number, []),
        )
        for number, (row, column) in sorted(where.items(), key=lambda item: item[1])
    ]
    return Plan(
        spots=spots,
        zones=[(zone, (column - 1) * (WIDTH + GAP), tops[row] - 8) for zone, row, column in heads],
        width=max((spot.x + WIDTH for spot in spots), default=0),
        height=max((spot.y + HEIGHT for spot in spots), default=0),
    )


def _zone_heads(
    booths: Iterable[Booth], where: dict[str, tuple[int, int]]
) -> list[tuple[str, int, int]]:
    """Each zone's name with its first row and the first column in it."""
    first: dict[str, tuple[int, int]] = {}
    for booth in booths:
        if booth.zone:
            at = where[booth.number]
            first[booth.zone] = min(first.get(booth.zone, at), at)
    return [(zone, row, column) for zone, (row, column) in first.items()]


def _tops(rows: set[int], headed: set[int]) -> dict[int, int]:
    """Where each row begins; one that is left out in the drawing is an aisle."""
    tops, y = {}, 0
    for row in range(1, max(rows, default=0) + 1):
        y += NAME if row in headed else 0
        if row in rows:
            tops[row] = y
            y += HEIGHT + GAP
        else:
            y += HEIGHT // 2
    return tops


def _sentence(conflict: Conflict) -> str:
    if conflict.other:
        return _("Bersebelahan dengan %(booth)s, sama-sama %(kind)s.") % {
            "booth": conflict.other,
            "kind": conflict.kind,
        }
    return _("Memasak di lapak tanpa listrik.")
