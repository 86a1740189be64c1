"""The plan of the booths, without a database: where each stands and who should stand there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from events.layout import (
    COLUMNS,
    Conflict,
    Seller,
    Stall,
    conflicts,
    neighbours,
    positions,
    seat,
)

ROW = [Stall(f"A{n:02}") for n in range(1, 5)]


def test_what_nobody_has_drawn_stands_by_zone_below_what_was() -> None:
    drawn = Stall("Z01", "Panggung", row=2, column=5)
    food = [Stall(f"A{n:02}", "Kuliner") for n in range(1, COLUMNS + 2)]
    craft = Stall("B01", "Kriya")

    found = positions([craft, *food, drawn])

    assert found["Z01"] == (2, 5)
    assert found["A01"] == (3, 1)
    assert found["A11"] == (4, 1)
    assert found["B01"] == (5, 1)


def test_neighbours_stand_in_the_same_row_with_no_aisle_between() -> None:
    places = {"A01": (1, 1), "A02": (1, 2), "A03": (1, 4), "B01": (2, 1)}

    assert neighbours(places) == {"A01": ["A02"], "A02": ["A01"], "A03": [], "B01": []}


def test_two_snack_sellers_side_by_side_and_a_stove_without_power_are_told() -> None:
    stalls = [Stall("A01"), Stall("A02", power=True), Stall("A03")]
    snacks = Seller(1, "kuliner", "camilan")

    found = conflicts(stalls, {"A01": Seller(2, "kuliner", "camilan", cooks=True), "A02": snacks})

    assert found == [
        Conflict("A01"),
        Conflict("A01", "camilan", "A02"),
        Conflict("A02", "camilan", "A01"),
    ]


def test_sellers_of_whom_nothing_is_known_are_no_conflict() -> None:
    assert conflicts(ROW, {"A01": Seller(1), "A02": Seller(2)}) == []


def test_who_cooks_gets_the_booth_with_power_and_snacks_are_kept_apart() -> None:
    stalls = [*ROW[:3], Stall("A04", power=True)]
    sellers = [
        Seller(1, "kuliner", "camilan"),
        Seller(2, "kuliner", "camilan"),
        Seller(3, "fashion", "batik"),
        Seller(4, "kuliner", "sate", cooks=True),
    ]

    found = seat(stalls, sellers, {})

    assert found["A04"].key == 4
    assert conflicts(stalls, found) == []


def test_each_goes_to_the_zone_of_her_kind() -> None:
    stalls = [Stall("A01", "Lorong A, kuliner"), Stall("B01", "Lorong B, fashion")]

    found = seat(stalls, [Seller(1, "fashion", "batik"), Seller(2, "kuliner", "sate")], {})

    assert {number: seller.key for number, seller in found.items()} == {"A01": 2, "B01": 1}


people = st.lists(
    st.builds(
        Seller,
        key=st.integers(1, 60),
        sector=st.sampled_from(["kuliner", "fashion", "kerajinan"]),
        kind=st.sampled_from(["", "camilan", "batik", "tas"]),
        cooks=st.booleans(),
    ),
    max_size=30,
    unique_by=lambda seller: seller.key,
)


@given(sellers=people, booths=st.integers(0, 25), seed=st.randoms())
def test_everybody_gets_one_booth_while_there_are_any_in_whatever_order(
    sellers: list[Seller], booths: int, seed: object
) -> None:
    stalls = [Stall(f"A{n:02}", power=n % 3 == 0) for n in range(booths)]
    shuffled = list(sellers)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]

    found = seat(stalls, sellers, {})

    assert len(found) == min(len(sellers), booths)
    assert len({seller.key for seller in found.values()}) == len(found)
    assert found == seat(stalls, shuffled, {})


@given(sellers=people)
def test_whoever_sits_stays_where_she_is(sellers: list[Seller]) -> None:
    there = Seller(99, "kuliner", "camilan")

    found = seat(ROW, sellers, {"A02": there})

    assert "A02" not in found
