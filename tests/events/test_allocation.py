"""Turns for seats: what must hold for any demand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from events.allocation import allocate, cell_of
from events.turns import (
    Door,
    Outcome,
    order_key,
    share_of,
)
from tests.events.demands import (
    NEWYEAR,
    as_held,
    demands,
    seated,
)


@given(demands(), st.randoms(use_true_random=False))
def test_the_order_of_the_list_changes_nothing(demand, shuffler) -> None:
    people, cells = list(demand.applicants), list(demand.cells)
    shuffler.shuffle(people)
    shuffler.shuffle(cells)

    assert allocate(replace(demand, applicants=people, cells=cells)) == allocate(demand)


@given(demands())
def test_everybody_has_one_turn_and_nobody_who_holds_a_seat_loses_it(demand) -> None:
    result = allocate(demand)

    assert Counter(turn.applicant for turn in result.turns) == Counter(demand.applicants)
    assert all(turn.has_seat for turn in result.turns if turn.applicant.holds)
    assert {turn.outcome for turn in result.turns if turn.applicant.holds} <= {Outcome.KEPT}
    assert [turn.applicant for turn in result.overridden] == [
        turn.applicant for turn in result.turns if turn.applicant.holds and turn.applicant.override
    ]


@given(demands())
def test_no_more_than_the_seats_are_given(demand) -> None:
    holding = sum(who.holds for who in demand.applicants)

    assert len(allocate(demand).seated) <= max(demand.seats, holding)


@given(demands())
def test_no_cell_goes_above_its_quota_but_by_the_pool(demand) -> None:
    result = allocate(demand)
    for cell in demand.cells:
        inside = [turn for turn in result.seated if turn.cell == cell.key]
        kept = sum(turn.outcome == Outcome.KEPT for turn in inside)
        assert sum(not turn.pooled for turn in inside) <= max(cell.seats, kept)
        assert demand.pool_open or not any(turn.pooled for turn in inside)


@given(demands())
def test_no_seat_stays_empty_while_somebody_waits_who_may_have_it(demand) -> None:
    result = allocate(demand)
    full = len(result.seated) >= demand.seats
    for fill in result.fills:
        if fill.waiting and not full:
            assert not demand.pool_open
            assert fill.taken >= fill.seats


@given(demands())
def test_newcomers_have_their_share_as_long_as_one_waits(demand) -> None:
    result = allocate(demand)
    queues = [None] if demand.pool_open else [fill.key for fill in result.fills]
    for key in queues:
        mine = [turn for turn in result.turns if demand.pool_open or turn.cell == key]
        inside = [turn for turn in mine if turn.has_seat]
        new = sum(turn.applicant.newcomer for turn in inside)
        given_now = [turn for turn in inside if turn.outcome == Outcome.ACCEPTED]
        if any(turn.applicant.newcomer and not turn.has_seat for turn in mine):
            in_line = [turn for turn in given_now if turn.pooled or not demand.pool_open]
            due = share_of(len(inside), demand.newcomers_percent)
            assert new >= due or all(turn.applicant.newcomer for turn in in_line)


@given(demands())
def test_nobody_passes_a_better_turn_of_her_cell_but_for_the_newcomers_share(demand) -> None:
    result = allocate(demand)
    for waits in result.waiting:
        for got in result.accepted:
            if got.cell == waits.cell and order_key(waits.applicant, demand.seed) < order_key(
                got.applicant, demand.seed
            ):
                assert got.door == Door.SHARE
                assert got.applicant.newcomer
                assert not waits.applicant.newcomer


@given(demands())
def test_positions_count_from_one_in_each_line(demand) -> None:
    result = allocate(demand)
    lines: dict[object, list[int]] = {}
    for turn in result.waiting:
        assert turn.pooled == demand.pool_open
        lines.setdefault(None if turn.pooled else (turn.cell,), []).append(turn.position)
    for positions in lines.values():
        assert sorted(positions) == list(range(1, len(positions) + 1))


@given(demands())
def test_written_down_and_worked_out_again_nothing_changes(demand) -> None:
    first, again = allocate(demand), allocate(as_held(demand))

    assert again.accepted == []
    assert [(turn.applicant.business, turn.position, turn.turn) for turn in again.waiting] == [
        (turn.applicant.business, turn.position, turn.turn) for turn in first.waiting
    ]


@given(demands(), st.integers(1, 5))
def test_more_seats_drop_nobody(demand, more) -> None:
    assert seated(demand) <= seated(replace(demand, seats=demand.seats + more))


@given(demands())
def test_a_larger_quota_drops_nobody_of_its_cell(demand) -> None:
    demand = replace(demand, pool_open=False, seats=100)
    for cell in demand.cells:
        larger = [replace(one, seats=one.seats + (one == cell)) for one in demand.cells]
        before = {who.business for who in demand.applicants if cell_of(who, larger) == cell.key}
        assert seated(demand) & before <= seated(replace(demand, cells=larger))


@given(demands(), st.integers(0, 20), st.lists(st.integers(0, 6), min_size=5, max_size=5))
def test_a_quota_lowered_later_drops_nobody_who_was_accepted(demand, seats, quotas) -> None:
    later = as_held(demand)
    cells = [replace(one, seats=few) for one, few in zip(demand.cells, quotas, strict=False)]

    assert seated(demand) <= seated(replace(later, seats=seats, cells=cells))


@given(demands())
def test_opening_the_pool_drops_nobody(demand) -> None:
    closed = replace(demand, pool_open=False)

    assert seated(closed) <= seated(replace(as_held(closed), pool_open=True))


@given(demands())
def test_who_withdraws_frees_at_most_one_seat_and_costs_nobody_hers(demand) -> None:
    held = as_held(demand)
    for leaver in [who for who in held.applicants if who.holds][:3]:
        rest = [who for who in held.applicants if who != leaver]
        after = seated(replace(held, applicants=rest))
        before = seated(held) - {leaver.business}
        assert before <= after
        assert len(after - before) <= 1


@given(demands(holders=False))
def test_a_better_past_never_costs_a_seat(demand) -> None:
    inside = seated(demand)
    for who in demand.applicants:
        if who.business in inside:
            better = replace(who, places=0, no_shows=0, waiting_since=NEWYEAR, complete=100)
            people = [better if one == who else one for one in demand.applicants]
            assert who.business in seated(replace(demand, applicants=people))


@given(demands())
def test_the_seed_decides_only_between_those_who_are_even(demand) -> None:
    apart = [
        replace(who, waiting_since=NEWYEAR + timedelta(days=who.business))
        for who in demand.applicants
    ]
    demand = replace(demand, applicants=apart)

    assert seated(replace(demand, seed="a")) == seated(replace(demand, seed="b"))
