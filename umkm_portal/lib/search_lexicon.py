"""Other names of things, and what kind of thing each is, as words to search by."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
MOST_PHRASE = 3
"""Words of the longest name looked up."""

Words = tuple[str, ...]
Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Lexicon:
    """Names of one word and of several in their canonical words; kinds of what names name."""

    single: dict[str, str] = field(default_factory=dict)
    phrases: dict[Words, Words] = field(default_factory=dict)
    kinds: dict[Words, dict[Words, None]] = field(default_factory=dict)

    def spell(self, word: str) -> str:
        """The canonical word; an English plural ("cards") counts as its singular."""
        found = self.single.get(word)
        if found is None and word.endswith("s") and len(word) > 3:
            found = self.single.get(word[:-1])
        return found or word

    def phrases_in(self, words: list[str]) -> list[tuple[int, int, Words]]:
        """Where a name of several words, or for several words, stands: (start, end, canonical).

        The longest first; none begins inside another.
        """
        found: list[tuple[int, int, Words]] = []
        start = 0
        while start < len(words):
            hit = self._longest_at(words, start)
            if hit is not None:
                found.append(hit)
            start = hit[1] if hit else start + 1
        return found

    def kinds_of(self, words: list[str]) -> list[str]:
        """The words of every kind the names among `words` belong to, and of their kinds in turn."""
        spelt = [self.spell(word) for word in words]
        todo = [tuple(spelt[start:end]) for start, end in _spans(len(spelt))]
        todo += [canonical for _start, _end, canonical in self.phrases_in(words)]
        met: dict[Words, None] = {}
        while todo:
            for kind in self.kinds.get(todo.pop(), ()):
                if kind not in met:
                    met[kind] = None
                    todo.append(kind)
        return list(dict.fromkeys(word for kind in met for word in kind))

    def _longest_at(self, words: list[str], start: int) -> tuple[int, int, Words] | None:
        for end in range(min(start + MOST_PHRASE, len(words)), start, -1):
            written = tuple(words[start:end])
            said = tuple(self.spell(word) for word in written)
            canonical = self.phrases.get(written) or self.phrases.get(said)
            if canonical:
                return start, end, canonical
        return None


def make_lexicon(same: Pairs, kinds: Pairs, *, split: Callable[[str], list[str]]) -> Lexicon:
    """`same` are (variant, canonical), `kinds` (thing, kind); `split` makes words of a name."""
    lexicon = Lexicon()
    for variant, canonical in same:
        before, after = tuple(split(variant)), tuple(split(canonical))
        if not before or not after or before == after:
            continue
        if len(before) == 1 and len(after) == 1:
            lexicon.single[before[0]] = after[0]
        else:
            lexicon.phrases[before] = after
    for thing, kind in kinds:
        member = tuple(lexicon.spell(word) for word in split(thing))
        group = tuple(lexicon.spell(word) for word in split(kind))
        if member and group and member != group:
            lexicon.kinds.setdefault(member, {})[group] = None
    return lexicon


def file_pairs(name: str) -> list[tuple[str, str]]:
    """Rows of a file of two columns in data/, without its headings."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return [(row[0], row[1]) for row in list(csv.reader(lines))[1:] if len(row) > 1]


def file_words(name: str) -> frozenset[str]:
    """The words of a file in data/."""
    return frozenset((DATA / name).read_text(encoding="utf-8").split())


def _spans(count: int) -> list[tuple[int, int]]:
    return [
        (start, end)
        for start in range(count)
        for end in range(start + 1, min(start + MOST_PHRASE, count) + 1)
    ]
