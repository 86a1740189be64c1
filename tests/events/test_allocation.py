"""Turns for seats: what must hold for any demand, and what may never change."""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.allocation import allocate, cell_of
from events.turns import (
    Applicant,
    Cell,
    Demand,
    Door,
    Outcome,
    draw,
    order_key,
    share_of,
)

NEWYEAR = date(2026, 1, 1)
KECAMATAN = ["", "31.74.01", "31.74.02"]
OFFICES = [None, 1, 2]
SECTORS = ["", "kuliner", "fashion"]


def asks(business: int, **values) -> Applicant:
    """Never had a place, waits since New Year, all papers there, from Tebet, sells food."""
    known = {"kecamatan": "31.74.01", "sector": "kuliner", "waiting_since": NEWYEAR}
    return Applicant(business, **{**known, "complete": 100, **values})


@st.composite
def demands(draw_, *, holders: bool = True) -> Demand:
    scopes = draw_(
        st.lists(
            st.tuples(
                st.sampled_from(OFFICES), st.sampled_from(KECAMATAN), st.sampled_from(SECTORS)
            ),
            unique=True,
            max_size=5,
        )
    )
    cells = [
        Cell(key, draw_(st.integers(0, 6)), kecamatan, office, sector)
        for key, (office, kecamatan, sector) in enumerate(scopes, 1)
    ]
    applicants = [
        Applicant(
            business,
            kecamatan=draw_(st.sampled_from(KECAMATAN[1:])),
            sector=draw_(st.sampled_from(SECTORS[1:])),
            office=draw_(st.sampled_from(OFFICES)),
            waiting_since=NEWYEAR + timedelta(days=draw_(st.integers(0, 2))),
            places=draw_(st.integers(0, 2)),
            no_shows=draw_(st.integers(0, 1)),
            complete=draw_(st.sampled_from([50, 100])),
            newcomer=draw_(st.booleans()),
            holds=holders and draw_(st.integers(0, 5)) == 0,
            override=draw_(st.sampled_from(["", "", "", "Tuan rumah"])),
        )
        for business in range(1, draw_(st.integers(0, 30)) + 1)
    ]
    return Demand(
        seats=draw_(st.integers(0, 20)),
        seed=draw_(st.sampled_from(["a", "b"])),
        applicants=applicants,
        cells=cells,
        newcomers_percent=draw_(st.sampled_from([0, 20, 50, 100])),
        pool_open=draw_(st.booleans()),
    )


def seated(demand: Demand) -> set[int]:
    return {turn.applicant.business for turn in allocate(demand).seated}


def as_held(demand: Demand) -> Demand:
    """The same day after its result was written down."""
    inside = seated(demand)
    people = [replace(who, holds=who.business in inside) for who in demand.applicants]
    return replace(demand, applicants=people)


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


def test_fewest_places_then_longest_wait_then_papers_then_the_lot() -> None:
    people = [
        asks(1, places=1, waiting_since=NEWYEAR - timedelta(days=300)),
        asks(2, no_shows=1),
        asks(3, complete=80),
        asks(4, waiting_since=NEWYEAR - timedelta(days=1), complete=10),
        asks(5),
        asks(6),
    ]
    first, second = sorted([5, 6], key=lambda business: draw("jbl", business))

    result = allocate(Demand(3, "jbl", people))

    assert [turn.applicant.business for turn in result.turns] == [4, first, second, 3, 1, 2]
    assert [turn.position for turn in result.turns] == [0, 0, 0, 1, 2, 3]
    assert [turn.turn for turn in result.turns] == [1, 2, 3, 4, 5, 6]


def test_every_fifth_seat_is_a_newcomers_though_others_waited_longer() -> None:
    known = [asks(number, waiting_since=NEWYEAR - timedelta(days=9)) for number in range(1, 11)]
    new = [asks(number, newcomer=True) for number in range(11, 21)]

    result = allocate(Demand(10, "jbl", known + new))

    assert sum(turn.applicant.newcomer for turn in result.seated) == 2
    assert [turn.door for turn in result.seated].count(Door.SHARE) == 2


def test_the_share_goes_to_others_when_newcomers_are_few() -> None:
    people = [asks(number, places=1) for number in range(1, 11)] + [asks(11, newcomer=True)]

    assert len(allocate(Demand(10, "jbl", people, newcomers_percent=50)).seated) == 10


@pytest.mark.parametrize(
    ("who", "cell"),
    [
        (asks(1, office=1), 1),
        (asks(1, office=1, kecamatan="31.74.02"), 2),
        (asks(1, office=2), 3),
        (asks(1, office=3), 6),
        (asks(1), 3),
        (asks(1, sector="fashion"), 4),
        (asks(1, kecamatan="31.74.02"), 5),
        (asks(1, kecamatan="31.74.02", sector="fashion"), None),
    ],
)
def test_her_cell_is_the_most_specific_office_before_kecamatan_before_category(who, cell) -> None:
    cells = [
        Cell(1, 1, kecamatan="31.74.01", office=1),
        Cell(2, 1, office=1),
        Cell(3, 1, kecamatan="31.74.01", sector="kuliner"),
        Cell(4, 1, kecamatan="31.74.01"),
        Cell(5, 1, sector="kuliner"),
        Cell(6, 1, office=3),
    ]

    assert cell_of(who, cells) == cell


def test_a_full_cell_waits_while_another_has_room_until_the_pool_opens() -> None:
    cells = [Cell(1, 1, kecamatan="31.74.01"), Cell(2, 2, kecamatan="31.74.02")]
    people = [asks(1), asks(2, places=1), asks(3, kecamatan="31.74.02", places=5)]
    demand = Demand(3, "jbl", people, cells)

    assert seated(demand) == {1, 3}
    assert [turn.why()["queue"] for turn in allocate(demand).waiting] == ["cell"]
    opened = allocate(replace(demand, pool_open=True))
    assert [turn.applicant.business for turn in opened.seated if turn.door == Door.POOL] == [2]


def test_who_fits_no_cell_has_the_seats_no_cell_holds() -> None:
    cells = [Cell(1, 2, kecamatan="31.74.02")]
    people = [asks(1), asks(2, places=1)]

    result = allocate(Demand(3, "jbl", people, cells))

    assert seated(Demand(3, "jbl", people, cells)) == {1}
    assert result.seated[0].door == Door.FREE
    assert [(fill.key, fill.seats, fill.taken) for fill in result.fills] == [
        (None, 1, 1),
        (1, 2, 0),
    ]


def test_the_explanation_is_codes_and_numbers_that_say_why() -> None:
    people = [asks(1), asks(2, places=2, no_shows=1, complete=60)]

    why = allocate(Demand(1, "jbl", people, [Cell(7, 1, kecamatan="31.74.01")])).waiting[0].why()

    assert why == {
        "outcome": "waitlisted",
        "door": None,
        "cell": 7,
        "queue": "cell",
        "turn": 2,
        "position": 1,
        "of": 1,
        "places": 2,
        "no_shows": 1,
        "since": "2026-01-01",
        "complete": 60,
        "newcomer": False,
        "draw": draw("jbl", 2)[:12],
    }


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        allocate(Demand(1, "jbl", [asks(1), asks(1)]))
    with pytest.raises(ValueError, match="Two cells"):
        allocate(Demand(1, "jbl", [], [Cell(1, 1), Cell(2, 1)]))


def crowd(count: int) -> Demand:
    chance = random.Random(count)  # noqa: S311  the same crowd each time
    kecamatan = [f"31.74.{number:02d}" for number in range(1, 11)]
    sectors = ["kuliner", "fashion", "kerajinan"]
    people = [
        Applicant(
            business,
            kecamatan=chance.choice(kecamatan),
            sector=chance.choice(sectors),
            office=chance.choice([None, None, None, 1, 2]),
            waiting_since=NEWYEAR + timedelta(days=chance.randrange(300)),
            places=chance.randrange(5),
            complete=chance.randrange(101),
            newcomer=chance.random() < 0.2,
        )
        for business in range(count)
    ]
    cells = [
        Cell(number, 4, code, None, sector)
        for number, (code, sector) in enumerate((k, s) for k in kecamatan for s in sectors)
    ]
    return Demand(300, "jbl", people, cells, pool_open=True)


def calls_of(demand: Demand) -> int:
    """How many functions are called: the same on a fast and on a slow machine."""
    count = 0

    def profile(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(profile)
    try:
        allocate(demand)
    finally:
        sys.setprofile(None)
    return count


def test_twice_the_applicants_are_twice_the_work() -> None:
    few, many = calls_of(crowd(1_500)), calls_of(crowd(3_000))

    assert many / few < 2.2
    assert many / 3_000 < 60
