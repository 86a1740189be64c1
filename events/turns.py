"""Words of the allocation: what is handed in, what comes out, and what order is. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

NEWCOMERS_PERCENT = 20

Key = tuple[int, date, int, str, int]


class Outcome(StrEnum):
    KEPT = "kept"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"


class Door(StrEnum):
    """How a seat was come by."""

    QUOTA = "quota"
    SHARE = "share"  # brought forward as a newcomer
    FREE = "free"  # a seat that no cell holds
    POOL = "pool"
    KEPT = "kept"
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class Cell:
    """Seats of a day for kecamatan × office × category; an empty one is "any"."""

    key: int
    seats: int
    kecamatan: str = ""
    office: int | None = None
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Applicant:
    """A business that wants a seat, or has one (`holds`), perhaps out of turn (`override`)."""

    business: int
    kecamatan: str
    sector: str
    waiting_since: date
    office: int | None = None
    places: int = 0
    no_shows: int = 0
    complete: int = 0
    newcomer: bool = False
    holds: bool = False
    override: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """All that decides about one day."""

    seats: int
    seed: str
    applicants: Sequence[Applicant]
    cells: Sequence[Cell] = ()
    newcomers_percent: int = NEWCOMERS_PERCENT
    pool_open: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of one applicant. `turn` counts all who are in or wait in her queue.

    `position` is her number on the waiting list, 1 being the next; 0 is who has a seat. `of` says
    how many seats the queue had; `draw` is compared, as text, between those who are even.
    """

    applicant: Applicant
    outcome: Outcome
    door: Door | None
    cell: int | None
    turn: int
    position: int
    of: int
    pooled: bool
    draw: str

    @property
    def has_seat(self) -> bool:
        return self.outcome != Outcome.WAITLISTED

    def why(self) -> dict[str, int | str | bool | None]:
        """Codes and numbers to keep; a sentence is made of them elsewhere."""
        who = self.applicant
        return {
            "outcome": self.outcome.value,
            "door": self.door.value if self.door else None,
            "cell": self.cell,
            "queue": "pool" if self.pooled else "cell" if self.cell is not None else "free",
            "turn": self.turn,
            "position": self.position,
            "of": self.of,
            "places": who.places,
            "no_shows": who.no_shows,
            "since": who.waiting_since.isoformat(),
            "complete": who.complete,
            "newcomer": who.newcomer,
            "draw": self.draw[:12],
        }


@dataclass(frozen=True, slots=True)
class Fill:
    """A cell and how far it is filled; `key` None are the seats that no cell holds."""

    key: int | None
    seats: int
    kept: int
    given: int
    waiting: int

    @property
    def taken(self) -> int:
        return self.kept + self.given


@dataclass(frozen=True, slots=True)
class Allocation:
    """Those with a seat first, both parts in turn."""

    turns: tuple[Turn, ...]
    fills: tuple[Fill, ...]

    @property
    def accepted(self) -> list[Turn]:
        """Who gets a seat now, those who had one not counted."""
        return [turn for turn in self.turns if turn.outcome == Outcome.ACCEPTED]

    @property
    def seated(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.has_seat]

    @property
    def waiting(self) -> list[Turn]:
        return [turn for turn in self.turns if not turn.has_seat]

    @property
    def overridden(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.door == Door.OVERRIDE]


def draw(seed: str, business: int) -> str:
    """The published lot: whoever knows seed and number can work it out herself."""
    return hashlib.sha256(f"{seed}:{business}".encode()).hexdigest()


def order_key(who: Applicant, seed: str) -> Key:
    """The smaller comes first."""
    past = who.places + who.no_shows
    return past, who.waiting_since, -who.complete, draw(seed, who.business), who.business


def share_of(count: int, percent: int) -> int:
    """How many of the first so many seats are newcomers' at least; half a seat is rounded up."""
    return (count * percent + 50) // 100
