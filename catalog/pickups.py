"""Where a seller can be met in the coming days.

Booths belong to an app above this one. It puts its answer here when it starts, so that the order
text can name a booth and nothing here imports upwards.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Pickup:
    """The next day on which a seller stands at a booth, at most a week ahead."""

    day: date
    booth: str
    venue: str
    url: str


Finder = Callable[[Collection[int]], dict[int, Pickup]]
_finders: list[Finder] = []


def find_pickups_with(finder: Finder) -> None:
    """`finder` gets keys of businesses and returns those that are somewhere, in one query."""
    if finder not in _finders:
        _finders.append(finder)


def pickups_of(businesses: Collection[int]) -> dict[int, Pickup]:
    found: dict[int, Pickup] = {}
    for finder in _finders:
        found |= finder(businesses)
    return found
