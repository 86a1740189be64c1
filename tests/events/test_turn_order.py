"""Turns for seats by example: who comes first, in which line, and how much work it is."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from events.allocation import allocate, cell_of
from events.turns import (
    Applicant,
    Cell,
    Demand,
    Door,
    draw,
)
from tests.events.demands import (
    NEWYEAR,
    asks,
    seated,
)


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
