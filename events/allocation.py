"""Who gets which seat of a market day, and why: a pure calculation, without a database.

The same applicants and the same seed give the same answer, in whatever order they are handed in.
Turns go to who had the fewest places in twelve months (a no-show without notice is one), then who
waits longest, then whose papers are more complete; ties are drawn with a seed that is published.

Every applicant stands in the queue of exactly one cell, the most specific one that fits: her
office before her kecamatan before her category. Who fits in none competes for the seats no cell
holds. Once the pool is open, what the cells left over is for all in one queue. In each queue
enough turns are brought forward for newcomers that they never have less than their share of the
seats given out, as long as newcomers wait. Nobody who holds a seat ever loses it here.
"""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass

from events.turns import (
    Allocation,
    Applicant,
    Cell,
    Demand,
    Door,
    Fill,
    Key,
    Outcome,
    Turn,
    order_key,
    share_of,
)


def allocate(demand: Demand) -> Allocation:
    """Everybody's turn on that day; whoever holds a seat keeps it."""
    if len({who.business for who in demand.applicants}) != len(demand.applicants):
        raise ValueError("A business asks twice for the same day.")
    return _Allocator(demand).run()


def cell_of(who: Applicant, cells: Iterable[Cell]) -> int | None:
    """The key of her one cell."""
    return _Cells(cells).of(who)


class _Cells:
    def __init__(self, cells: Iterable[Cell]) -> None:
        self.by_scope: dict[tuple[int | None, str, str], int] = {}
        for cell in cells:
            scope = (cell.office, cell.kecamatan, cell.sector)
            if self.by_scope.setdefault(scope, cell.key) != cell.key:
                raise ValueError(f"Two cells for {scope}.")

    def of(self, who: Applicant) -> int | None:
        for office in dict.fromkeys((who.office, None)):
            for kecamatan in dict.fromkeys((who.kecamatan, "")):
                for sector in dict.fromkeys((who.sector, "")):
                    found = self.by_scope.get((office, kecamatan, sector))
                    if found is not None:
                        return found
        return None


class _Queue:
    """One waiting line: who holds a seat in it already, and who is next."""

    def __init__(self, percent: int) -> None:
        self.percent = percent
        self.kept: list[Applicant] = []
        self.newcomers: deque[Applicant] = deque()
        self.others: deque[Applicant] = deque()
        self.line: list[tuple[Applicant, bool]] = []

    def join(self, who: Applicant) -> None:
        """Called in the order of the keys."""
        line = self.kept if who.holds else self.newcomers if who.newcomer else self.others
        line.append(who)

    def form(self, keys: dict[int, Key]) -> None:
        """Put them in line, newcomers brought forward where their share would be missed.

        How long the line is or how many seats there are changes nobody's place in it, so that
        more seats never cost anybody hers.
        """
        new, others = self.newcomers, self.others
        given, to_newcomers = len(self.kept), sum(who.newcomer for who in self.kept)
        while new or others:
            given += 1
            due = bool(new) and to_newcomers < share_of(given, self.percent)
            first = not others or (bool(new) and keys[new[0].business] < keys[others[0].business])
            source = new if new and (due or first) else others
            to_newcomers += source is new
            self.line.append((source.popleft(), due and not first))


@dataclass(frozen=True, slots=True)
class _Spot:
    turn: int
    position: int = 0
    pooled: bool = False


class _Allocator:
    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        self.seats = dict(sorted((cell.key, cell.seats) for cell in demand.cells))
        self.keys = {who.business: order_key(who, demand.seed) for who in demand.applicants}
        self.in_order = sorted(demand.applicants, key=lambda who: self.keys[who.business])
        cells = _Cells(demand.cells)
        self.cells = {who.business: cells.of(who) for who in demand.applicants}
        holding = sum(who.holds for who in demand.applicants)
        self.free = max(demand.seats - holding, 0)
        self.rest = max(demand.seats - sum(self.seats.values()), 0)
        self.queues: dict[int | None, _Queue] = {
            key: _Queue(demand.newcomers_percent) for key in [None, *self.seats]
        }
        self.turns: list[Turn] = []
        self.given: Counter[int | None] = Counter()

    def run(self) -> Allocation:
        for who in self.in_order:
            self.queues[self.cells[who.business]].join(who)
        for queue in self.queues.values():
            self._keep(queue.kept)
            queue.form(self.keys)
        self._give_by_cell()
        if self.demand.pool_open:
            self._give_from_pool()
        else:
            for key, queue in self.queues.items():
                self._wait(queue.line[self.given[key] :], len(queue.kept) + self.given[key])
        self.turns.sort(key=self._shown)
        return Allocation(tuple(self.turns), tuple(self._fills()))

    def _shown(self, turn: Turn) -> tuple[bool, int, Key]:
        # In one line for all, the newcomers stand where they were brought forward to.
        place = turn.position if turn.pooled else 0
        return not turn.has_seat, place, self.keys[turn.applicant.business]

    def _keep(self, kept: list[Applicant]) -> None:
        for number, who in enumerate(kept, 1):
            door = Door.OVERRIDE if who.override else Door.KEPT
            self._add(who, Outcome.KEPT, door, _Spot(number))

    def _give_by_cell(self) -> None:
        """Each cell up to its seats; when together they exceed the day's, the best keys first."""
        heads = [key for key in self.queues if self._room(key)]
        heap = [(self._head_key(key), key) for key in heads]
        heapq.heapify(heap)
        while heap and self.free:
            _best, key = heapq.heappop(heap)
            queue = self.queues[key]
            who, brought_forward = queue.line[self.given[key]]
            self.given[key] += 1
            self.free -= 1
            door = Door.QUOTA if key is not None else Door.FREE
            door = Door.SHARE if brought_forward else door
            self._add(who, Outcome.ACCEPTED, door, _Spot(len(queue.kept) + self.given[key]))
            if self._room(key):
                heapq.heappush(heap, (self._head_key(key), key))

    def _room(self, key: int | None) -> bool:
        if key is None and self.demand.pool_open:
            # What no cell holds is part of the pool then.
            return False
        queue, given = self.queues[key], self.given[key]
        return given < len(queue.line) and len(queue.kept) + given < self._seats(key)

    def _seats(self, key: int | None) -> int:
        return self.rest if key is None else self.seats[key]

    def _head_key(self, key: int | None) -> Key:
        return self.keys[self.queues[key].line[self.given[key]][0].business]

    def _give_from_pool(self) -> None:
        """Whoever has no seat yet, from any cell, in one line for all seats that are left."""
        pool = _Queue(self.demand.newcomers_percent)
        pool.kept = [turn.applicant for turn in self.turns]
        seated = {who.business for who in pool.kept}
        for who in self.in_order:
            if who.business not in seated:
                pool.join(who)
        pool.form(self.keys)
        for number, (who, forward) in enumerate(pool.line[: self.free], len(pool.kept) + 1):
            self.given[self.cells[who.business]] += 1
            door = Door.SHARE if forward else Door.POOL
            self._add(who, Outcome.ACCEPTED, door, _Spot(number, pooled=True))
        self._wait(pool.line[self.free :], len(self.turns), pooled=True)

    def _wait(
        self, line: list[tuple[Applicant, bool]], ahead: int, *, pooled: bool = False
    ) -> None:
        for position, (who, _forward) in enumerate(line, 1):
            spot = _Spot(ahead + position, position, pooled)
            self._add(who, Outcome.WAITLISTED, None, spot)

    def _add(self, who: Applicant, outcome: Outcome, door: Door | None, spot: _Spot) -> None:
        cell = self.cells[who.business]
        self.turns.append(
            Turn(
                applicant=who,
                outcome=outcome,
                door=door,
                cell=cell,
                turn=spot.turn,
                position=spot.position,
                of=self.demand.seats if spot.pooled else self._seats(cell),
                pooled=spot.pooled,
                draw=self.keys[who.business][3],
            )
        )

    def _fills(self) -> Iterable[Fill]:
        waiting = Counter(turn.cell for turn in self.turns if not turn.has_seat)
        for key, queue in self.queues.items():
            kept = len(queue.kept)
            yield Fill(key, self._seats(key), kept, self.given[key], waiting[key])
