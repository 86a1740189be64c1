"""What is published gives away nobody's earnings, by no adding and subtracting."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations
from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from events.disclosure import FEWEST_SELLERS, few_that_follow, safe_cells

Seller = tuple[str, str]


def rank(rows: list[list[int]]) -> int:
    """By plain fractions: another way than the module's."""
    left = [[Fraction(value) for value in row] for row in rows]
    found = 0
    for column in range(len(rows[0])):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        found += 1
        left = [
            [a - b * row[column] / pivot[column] for a, b in zip(row, pivot, strict=True)]
            for row in left
        ]
    return found


def follows(sellers: list[Seller], shown: list[set[str]]) -> list[tuple[int, ...]]:
    """Every handful of fewer than five sellers whose sum the published sums determine."""
    rows = [[1] * len(sellers)] + [
        [int(seller[table] == label) for seller in sellers]
        for table, labels in enumerate(shown)
        for label in labels
    ]
    known = rank(rows)
    few = [c for n in range(1, FEWEST_SELLERS) for c in combinations(range(len(sellers)), n)]
    return [
        some
        for some in few
        if rank([*rows, [int(n in some) for n in range(len(sellers))]]) == known
    ]


def from_(*counts: tuple[str, str, int]) -> list[Seller]:
    return [(district, sector) for district, sector, count in counts for _n in range(count)]


def test_five_are_shown_and_four_are_not_even_as_a_sum_of_all() -> None:
    assert safe_cells(from_(("Tebet", "kuliner", 5)), 2) == [{"Tebet"}, {"kuliner"}]
    assert safe_cells(from_(("Tebet", "kuliner", 4)), 2) == [set(), set()]


def test_one_small_cell_takes_the_next_with_it() -> None:
    """All minus what is shown would be the small one."""
    sellers = from_(("Tebet", "k", 9), ("Cilandak", "k", 6), ("Pancoran", "k", 2))
    groups = Counter(sellers)

    assert few_that_follow(groups, {(0, "Tebet"), (0, "Cilandak")}) == {("Pancoran", "k")}
    assert safe_cells(sellers, 2)[0] == {"Tebet"}


def test_small_cells_that_are_five_together_need_no_other() -> None:
    sellers = from_(("Tebet", "k", 9), ("Cilandak", "k", 3), ("Pancoran", "k", 2))

    assert safe_cells(sellers, 2)[0] == {"Tebet"}


def test_two_tables_are_not_subtracted_from_each_other() -> None:
    """All of Tebet but its craft would be the food of Tebet: two sellers."""
    sellers = from_(("Tebet", "kriya", 5), ("Tebet", "kuliner", 2), ("Cilandak", "kuliner", 7))
    each_alone = {(0, "Tebet"), (0, "Cilandak"), (1, "kriya"), (1, "kuliner")}
    assert few_that_follow(Counter(sellers), each_alone) == {("Tebet", "kuliner")}

    shown = safe_cells(sellers, 2)
    assert follows(sellers, shown) == []
    assert shown != [set(), set()]


def test_several_small_groups_together_are_found_too() -> None:
    """Tebet without its fashion is one craftsman and one cook: neither alone, but two together."""
    sellers = from_(
        ("Tebet", "fashion", 5),
        ("Tebet", "kriya", 1),
        ("Tebet", "kuliner", 1),
        ("Cilandak", "kriya", 6),
        ("Cilandak", "kuliner", 6),
    )
    shown = {(0, "Tebet"), (0, "Cilandak"), (1, "fashion"), (1, "kriya"), (1, "kuliner")}

    leak = few_that_follow(Counter(sellers), shown)
    assert leak == {("Tebet", "kriya"), ("Tebet", "kuliner")}
    assert follows(sellers, safe_cells(sellers, 2)) == []


districts = st.sampled_from(["Tebet", "Cilandak", "Pancoran"])
sectors = st.sampled_from(["kuliner", "fashion", "kriya"])


@settings(max_examples=20)
@given(st.lists(st.tuples(districts, sectors), min_size=5, max_size=11))
def test_no_few_sellers_follow_from_what_is_shown(sellers: list[Seller]) -> None:
    assert follows(sellers, safe_cells(sellers, 2)) == []


def test_a_market_of_three_hundred_is_judged_in_a_moment() -> None:
    sellers = [(f"K{n % 10}", f"S{n * n % 23 % 8}") for n in range(300)]
    began = perf_counter()
    shown = safe_cells(sellers, 2)

    assert perf_counter() - began < 2
    assert shown[0]
