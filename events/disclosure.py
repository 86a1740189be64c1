"""Which sums may be published, so that nobody's earnings can be worked out from them.

Pure: no database. Everybody may read who sells what and where she comes from; only the money is
hers. So a published sum is an equation about known sellers, and several of them can be added and
subtracted. Here a cell of fewer than five sellers is left out, and then as many others as it takes
until no sum of fewer than five follows from what is left, within a table or across tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

FEWEST_SELLERS = 5
"""Of fewer, a sum or a median would tell what one of them earned."""
PRIME = 2**61 - 1
"""Equations are solved modulo this; larger than any minor of our tables, so nothing is lost."""

Labels = tuple[str, ...]
Cell = tuple[int, str]
"""A table's number and the label of one of its rows."""


def safe_cells(sellers: Iterable[Labels], tables: int) -> list[set[str]]:
    """Return for each table the rows whose sums may stand beside the sum of all.

    Each of `sellers` sold something, and has the label of her row in every table. Where not even
    five did, nothing may be shown, the sum of all neither.
    """
    groups = Counter(sellers)
    if sum(groups.values()) < FEWEST_SELLERS:
        return [set() for _table in range(tables)]
    weights: Counter[Cell] = Counter()
    for labels, count in groups.items():
        weights.update({(table, labels[table]): count for table in range(tables)})
    shown = {cell for cell, weight in weights.items() if weight >= FEWEST_SELLERS}
    while leak := few_that_follow(groups, shown):
        shown.remove(_to_hide(leak, groups, shown, weights))
    return [{label for number, label in shown if number == table} for table in range(tables)]


def few_that_follow(groups: Counter[Labels], shown: Iterable[Cell]) -> frozenset[Labels]:
    """Return groups of together fewer than five sellers whose sum follows from what is shown.

    A sum follows when it is zero along everything the equations leave open. Of all those ways one
    is taken by chance (`_open_way`): what follows is found for certain, since its sum is zero along
    each of them; that something else is zero as well happens once in 10**12 and hides a cell more.
    """
    along = _open_way(groups, set(shown))
    small = sorted(group for group, weight in groups.items() if weight < FEWEST_SELLERS)
    # Each group has a seller, so four groups are the most that can be fewer than five sellers.
    pairs: defaultdict[int, list[tuple[Labels, ...]]] = defaultdict(list)
    for size in (1, 2):
        for some in combinations(small, size):
            if _weight(some, groups) < FEWEST_SELLERS:
                pairs[sum(along[group] for group in some) % PRIME].append(some)
    for total, left in pairs.items():
        if not total:
            return frozenset(left[0])
        for some, others in ((a, b) for a in left for b in pairs.get(PRIME - total, ())):
            if not set(some) & set(others) and _weight((*some, *others), groups) < FEWEST_SELLERS:
                return frozenset((*some, *others))
    return frozenset()


def _weight(some: Sequence[Labels], groups: Counter[Labels]) -> int:
    return sum(groups[group] for group in some)


def _to_hide(
    leak: frozenset[Labels], groups: Counter[Labels], shown: set[Cell], weights: Counter[Cell]
) -> Cell:
    """The smallest cell without which these no longer follow; else the smallest there is."""
    by_size = sorted(shown, key=lambda cell: (weights[cell], cell))
    for cell in by_size:
        along = _open_way(groups, shown - {cell})
        if sum(along[group] for group in leak) % PRIME:
            return cell
    return by_size[0]


def _open_way(groups: Counter[Labels], shown: set[Cell]) -> dict[Labels, int]:
    """Change each group's sum so that no published sum changes: one of all such ways.

    Gauss's elimination on the equations; what stays free gets powers of three.
    """
    columns = sorted(groups)
    rows = [[1] * len(columns)]
    rows += [[int(group[table] == label) for group in columns] for table, label in sorted(shown)]
    solved: dict[int, list[int]] = {}
    for row in rows:
        for pivot, other in solved.items():
            row = _minus(row, other, row[pivot])  # noqa: PLW2901  what is left of it
        pivot = next((number for number, value in enumerate(row) if value), -1)
        if pivot >= 0:
            inverse = pow(row[pivot], -1, PRIME)
            row = [value * inverse % PRIME for value in row]  # noqa: PLW2901
            solved = {key: _minus(other, row, other[pivot]) for key, other in solved.items()}
            solved[pivot] = row
    free = [number for number in range(len(columns)) if number not in solved]
    way = {number: pow(3, 37 * place + 11, PRIME) for place, number in enumerate(free)}
    for pivot, row in solved.items():
        way[pivot] = -sum(row[number] * way[number] for number in free) % PRIME
    return {columns[number]: value for number, value in way.items()}


def _minus(row: list[int], other: list[int], times: int) -> list[int]:
    if not times:
        return row
    return [(value - times * its) % PRIME for value, its in zip(row, other, strict=True)]
