"""The words of invented products: few are everywhere, most are rare, as in any language."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from umkm_portal.lib.search_text import query_words, search_document, written_words

DATA = Path(__file__).resolve().parents[2] / "data"
MOST_WORDS = 21_000
COMMON, COMMON_SHARE = "istimewa", 0.6
RARE, RARE_SHARE = "kecombrang", 0.005
MISTYPED, IN_HASTE = "kecombrnag", "kcmbrng"
"""What a bench asks for: a word nearly everywhere, one in few products, that one mistyped, and
without its vowels."""

# Zipf-Mandelbrot: without the shift the first words would crowd out all others.
SHIFT = 8
DRAWN_AT_ONCE = 100_000
OPENINGS = (*"bcdghjklmnprstwy", "ng", "ny", "pr", "tr", "kr", "gl")
VOWELS = "aaaaiiuueo"
ENDINGS = (*[""] * 9, *"nnrsklmth", "ng")


class Vocabulary:
    """At least 20,000 words by rank; those of the demo's products come first."""

    def __init__(
        self, seed: int, phrases: set[str], things: set[str], *, size: int = MOST_WORDS
    ) -> None:
        """`phrases` are words that other names of several words are made of; they stay out, so
        that what a text is found by is what its words are found by. `things` are forms of words
        that names of kinds are made of."""
        self._made = random.Random(seed)  # noqa: S311  invented goods
        self._phrases = phrases
        self._things = things
        self._size = size
        self.forms: dict[str, list[str]] = {}
        self.kinds: set[str] = set()
        """Words whose company decides what kinds of thing a name is about."""

    @cached_property
    def words(self) -> list[str]:
        kept_apart = set(search_document(f"{COMMON} {RARE}").split())
        for word in (COMMON, RARE):
            self.forms[word] = search_document(word).split()
        found: dict[str, None] = {}
        for word in self._candidates():
            forms = search_document(word).split()
            if word not in self._phrases and forms and kept_apart.isdisjoint(forms):
                found[word] = None
                self.forms[word] = forms
                if not self._things.isdisjoint(forms):
                    self.kinds.add(word)
            if len(found) == self._size:
                break
        return list(found)

    def drawn(self, chance: random.Random) -> Iterator[str]:
        """Words without end, each as often as its rank says."""
        weights = list(accumulate(1 / (rank + SHIFT) for rank in range(1, len(self.words) + 1)))
        while True:
            yield from chance.choices(self.words, cum_weights=weights, k=DRAWN_AT_ONCE)

    def _candidates(self) -> Iterator[str]:
        with (DATA / "demo_products.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                for word in written_words(f"{row['product']} {row['description']}"):
                    if query_words(word) == [word]:
                        yield word
        while True:
            word = "".join(self._syllable() for _ in range(self._made.choice((2, 2, 3, 3, 4))))
            if len(word) > 3 and query_words(word) == [word]:
                yield word

    def _syllable(self) -> str:
        pick = self._made.choice
        return f"{pick(OPENINGS)}{pick(VOWELS)}{pick(ENDINGS)}"
