"""How common words are, so that a common one is looked for among the newest products only.

The index over words also holds the day each product came out ("#d2154") and the block of BLOCK
days ("#m71"). A word of five thousand products and the days that hold the newest few hundred of
them meet inside the index; only what meets is read. Counts are those of the last nightly count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from math import log, sqrt

from django.db import connection

from catalog.search_days import BLOCK, Figures, day_mark, days_since_first, known_figures
from umkm_portal.lib.search_text import joined_words, needed_words, query_words, word_forms

WINDOW = 250
"""Matches that are ranked when there are many more."""
WIDELY = 2
"""How many times WINDOW must be expected before the search is narrowed to the newest days."""
WIDE_WINDOW = 10_000
"""Matches that are looked at when filters leave too few of the first ones."""
MOST_MARKS = 200
NEAR_ENOUGH = 0.4
"""The share of the wanted products that may be missing for the sake of whole blocks."""
FAR_COMMONER = 10


@dataclass(frozen=True)
class Question:
    """The words asked for and in how many products each of them stands, in some form.

    `joined` are those that stand in products as one word where two were typed.
    """

    words: list[str]
    needed: list[str]
    products: dict[str, int]
    joined: frozenset[str] = frozenset()
    figures: Figures = field(default_factory=known_figures)

    def worth(self, words: Iterable[str], *, share: int = 100) -> dict[str, int]:
        """Points for meeting each word: what is rare says more."""
        total = max(self.figures.products, 1)
        return {
            word: int(share * (1 + log(1 + total / max(self.products.get(word, 1), 1))))
            for word in words
        }

    @property
    def expected(self) -> float:
        """How many products may have every needed word."""
        total = self.figures.products
        shares = sorted(self.products.get(word, 0) / max(total, 1) for word in self.needed)
        expected = float(total)
        for place, share in enumerate(shares):
            # Words of one question tend to stand together.
            expected *= share if place == 0 else sqrt(share)
        return expected

    def telling(self) -> list[str]:
        """The needed words worth asking the index for: not those far commoner than the rarest."""
        rarest = min((self.products.get(word, 0) for word in self.needed), default=0)
        most = max(rarest, 1) * FAR_COMMONER
        return [word for word in self.needed if self.products.get(word, 0) <= most]

    def days_for_all(self, *, is_wide: bool = False) -> str:
        """The days to look at when every needed word is wanted; "" for all of them."""
        return self._days(self.expected, WIDE_WINDOW if is_wide else WINDOW)

    def days_for_any(self, words: Iterable[str]) -> str:
        return self._days(float(sum(self.products.get(word, 0) for word in words)), WINDOW)

    def rarest(self, words: Iterable[str], *, most: int) -> list[str]:
        """The rarest of the words, as long as `most` products hold any; at least one."""
        found: list[str] = []
        held = 0
        for word in sorted(words, key=lambda word: self.products.get(word, 0)):
            held += self.products.get(word, 0)
            if found and held > most:
                break
            found.append(word)
        return found

    def _days(self, expected: float, window: int) -> str:
        if expected < window * WIDELY:
            return ""
        return newest_days(self.figures, window / expected * self.figures.products)


def ask(text: str) -> Question:
    """One query, whatever the question."""
    words = query_words(text)
    return read_question(words, needed_words(words))


def read_question(words: list[str], needed: list[str]) -> Question:
    """One query for all forms of all words."""
    pairs = joined_words(needed)
    forms = {word: word_forms(word) for word in [*words, *pairs]}
    asked = {form for each in forms.values() for form in each}
    known = known_words(asked)
    counts = {
        word: max((known[form] for form in each if form in known), default=0)
        for word, each in forms.items()
    }
    joined = frozenset(pair for pair in pairs if counts[pair])
    return Question(words, needed, {word: counts[word] for word in words}, joined)


def known_words(words: Collection[str]) -> dict[str, int]:
    """In how many products each stands, of those that stand in any."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, products FROM catalog_searchword WHERE word = ANY(%s)", [list(words)]
        )
        return dict(cursor.fetchall())


def newest_days(figures: Figures, wanted: float) -> str:
    """A tsquery of the newest days that hold about `wanted` products; "" when these are too many.

    Whole blocks where that is near enough: every mark more is one more list for the index to walk,
    and ten days beside a block cost it twice as much as the block and the next one together.
    """
    blocks: dict[int, int] = {}
    for day, count in figures.days:
        blocks[day // BLOCK] = blocks.get(day // BLOCK, 0) + count
    marks = _marks_since(figures.newest + 1)
    held = 0
    for block, products in blocks.items():
        missing = wanted - held
        if missing <= wanted * NEAR_ENOUGH:
            break
        if products <= missing * 2:
            marks.append(day_mark(block, block=True))
            held += products
            continue
        for day, count in figures.days:
            if day // BLOCK == block and held < wanted:
                marks.append(day_mark(day))
                held += count
    is_all = held < wanted * (1 - NEAR_ENOUGH) or len(marks) > MOST_MARKS
    return "" if is_all else " | ".join(dict.fromkeys(marks))


def _marks_since(day: int) -> list[str]:
    """Days after the last count, tomorrow too: a clock may be ahead."""
    until = days_since_first() + 1
    end = min(until + 1, (day // BLOCK + 1) * BLOCK)
    later = range(end // BLOCK, until // BLOCK + 1) if end <= until else ()
    blocks = [day_mark(block, block=True) for block in later]
    return [day_mark(each) for each in range(day, end)] + blocks
