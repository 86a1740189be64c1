"""Where booths stand beside each other, and who should stand where: pure, without a database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

COLUMNS = 10
"""Booths in a row where nobody has drawn a plan; as many as a phone shows in its width."""
# What each fault weighs when a booth is looked for; one of a heavier kind is never traded for any
# number of lighter ones among the two neighbours a booth has.
_NO_POWER, _SAME_KIND, _OTHER_ZONE, _POWER_WASTED = 1000, 100, 10, 1

Position = tuple[int, int]


@dataclass(frozen=True)
class Stall:
    """A booth as the plan needs it; `row` and `column` are counted from 1, 0 is "not drawn"."""

    number: str
    zone: str = ""
    power: bool = False
    row: int = 0
    column: int = 0


@dataclass(frozen=True)
class Seller:
    """`kind` is the sub-category of what she sells, such as "camilan"; empty when unknown."""

    key: int
    sector: str = ""
    kind: str = ""
    cooks: bool = False


@dataclass(frozen=True)
class Conflict:
    """`other` is the number of the neighbour with the same kind; empty for a lack of power."""

    number: str
    kind: str = ""
    other: str = ""


def positions(stalls: Iterable[Stall]) -> dict[str, Position]:
    """Row and column by number: as drawn, and what is not drawn below it, each zone in new rows,
    in the order of their first numbers.
    """
    stalls = list(stalls)
    found = {each.number: (each.row, each.column) for each in stalls if each.row and each.column}
    row = max((row for row, _column in found.values()), default=0)
    first: dict[str, str] = {}
    for stall in stalls:
        first[stall.zone] = min(first.get(stall.zone, stall.number), stall.number)
    rest = sorted(
        (stall for stall in stalls if stall.number not in found),
        key=lambda stall: (first[stall.zone], stall.zone, stall.number),
    )
    for _zone, members in groupby(rest, key=lambda stall: stall.zone):
        for place, stall in enumerate(members):
            if place % COLUMNS == 0:
                row += 1
            found[stall.number] = (row, place % COLUMNS + 1)
    return found


def neighbours(places: Mapping[str, Position]) -> dict[str, list[str]]:
    """By number, who stands right beside it in the same row."""
    at = {place: number for number, place in places.items()}
    return {
        number: [at[side] for side in ((row, column - 1), (row, column + 1)) if side in at]
        for number, (row, column) in places.items()
    }


def conflicts(stalls: Sequence[Stall], seated: Mapping[str, Seller]) -> list[Conflict]:
    """Cooking without power, and neighbours who sell the same kind of thing; by booth number."""
    beside = neighbours(positions(stalls))
    found = []
    for stall in sorted(stalls, key=lambda stall: stall.number):
        seller = seated.get(stall.number)
        if seller is None:
            continue
        if seller.cooks and not stall.power:
            found.append(Conflict(stall.number))
        same = [n for n in beside[stall.number] if n in seated and seated[n].kind == seller.kind]
        found += [Conflict(stall.number, seller.kind, other) for other in same if seller.kind]
    return found


def seat(
    stalls: Sequence[Stall], sellers: Iterable[Seller], seated: Mapping[str, Seller]
) -> dict[str, Seller]:
    """A free booth for each of `sellers`, as far as there are any; `seated` stay where they are.

    Who cooks chooses first, then who sells what most others sell: the hardest to keep apart.
    The same people and booths always give the same plan.
    """
    places = positions(stalls)
    beside = neighbours(places)
    free = {stall.number: stall for stall in stalls if stall.number not in seated}
    around, new = dict(seated), dict[str, Seller]()
    for seller in _hardest_first(sellers):
        if not free:
            break
        number = min(free, key=lambda n: (_cost(free[n], seller, beside[n], around), places[n]))
        del free[number]
        around[number] = new[number] = seller
    return new


def _hardest_first(sellers: Iterable[Seller]) -> list[Seller]:
    sellers = list(sellers)
    many: defaultdict[str, int] = defaultdict(int)
    for seller in sellers:
        many[seller.kind] += 1
    return sorted(sellers, key=lambda s: (not s.cooks, -many[s.kind], s.sector, s.kind, s.key))


def _cost(stall: Stall, seller: Seller, beside: Iterable[str], around: Mapping[str, Seller]) -> int:
    cost = _NO_POWER if seller.cooks and not stall.power else 0
    if seller.kind:
        same = sum(1 for n in beside if n in around and around[n].kind == seller.kind)
        cost += _SAME_KIND * same
    if seller.sector and stall.zone and seller.sector not in stall.zone.casefold():
        cost += _OTHER_ZONE
    return cost + (_POWER_WASTED if stall.power and not seller.cooks else 0)
