"""What a shopper meant to type."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import connection

from catalog.reports.commonness import Question
from catalog.search_days import Figures
from umkm_portal.lib.search_text import bones, is_a_word, letters_apart, vowels_lost

MOST_MENDED = 4
"""Words of one question; each costs a query."""
CANDIDATES = 40
SHORTEST = 4
SHORTEST_PART = 3
RARE = 2
OFTENER = 20
"""A word of one or two products gives way to a neighbour that stands in so many times more."""
MOST_LOST = 3
"""Vowels that a thumb in a hurry leaves out: "krpk" for "keripik"."""
MOST_KEPT = 1000
"""Mended words a process remembers, until the count is read again."""

# Beside what is alike: words with the same consonants, and the parts of a word that is two.
_NEAR = """
(SELECT word, products, similarity(word, %s)::float8 AS alike FROM catalog_searchword
 WHERE word %% %s AND products >= %s ORDER BY 3 DESC, 1 LIMIT %s)
UNION
SELECT word, products, similarity(word, %s)::float8 FROM catalog_searchword
WHERE translate(word, 'aeiou', '') = %s AND products >= %s
UNION
SELECT word, products, similarity(word, %s)::float8 FROM catalog_searchword
WHERE word = ANY(%s)
"""


class _Near(NamedTuple):
    word: str
    products: int
    alike: float


_kept: dict[str, tuple[Figures, dict[tuple[str, int], str]]] = {}


def mend(question: Question) -> dict[str, str]:
    """Return other spellings for words of the question that are none, in words products have."""
    strange = [word for word in question.words if _is_strange(word, question)]
    mended = {word: _remembered(word, question) for word in strange[:MOST_MENDED]}
    return {word: better for word, better in mended.items() if better}


def _is_strange(word: str, question: Question) -> bool:
    rare = question.products.get(word, 0) <= RARE
    return rare and word.isalpha() and len(word) >= SHORTEST and not is_a_word(word)


def _remembered(word: str, question: Question) -> str:
    """As mended before, for as long as the counts it was mended by are kept."""
    figures, known = _kept.get("words", (None, {}))
    if figures is not question.figures or len(known) >= MOST_KEPT:
        known = {}
        _kept["words"] = (question.figures, known)
    key = (word, question.products.get(word, 0))
    if key not in known:
        known[key] = _better(*key)
    return known[key]


def _better(word: str, held: int) -> str:
    if held:
        return _closest(word, _near(word, held_by=held * OFTENER), most=1)
    cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    pairs = [(word[:at], word[at:]) for at in cuts]
    near = _near(word, parts=[part for pair in pairs for part in pair])
    return _two_words(pairs, near) or _closest(word, near, most=1 if len(word) < 6 else 2)


def _near(word: str, *, parts: list[str] | None = None, held_by: int = 1) -> list[_Near]:
    values: list[Any] = [
        word,
        word,
        held_by,
        CANDIDATES,
        word,
        bones(word),
        held_by,
        word,
        parts or [],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, values)
        return [_Near(*row) for row in cursor.fetchall()]


def _two_words(pairs: list[tuple[str, str]], near: list[_Near]) -> str:
    """The word as two that products have ("sotobetawi"), of the commoner parts; "" if none."""
    known = {each.word: each.products for each in near}
    whole = [pair for pair in pairs if pair[0] in known and pair[1] in known]
    best = max(whole, key=lambda pair: min(known[pair[0]], known[pair[1]]), default=None)
    return " ".join(best) if best else ""


def _closest(word: str, near: list[_Near], *, most: int) -> str:
    """The word fewest letters away, of these the most alike, then the one most products have.

    When only vowels are missing, two or three of them are no farther than two letters.
    """
    found = []
    for candidate, products, alike in near:
        apart = letters_apart(word, candidate, most=most)
        if apart > most:
            apart = 2 if 0 < vowels_lost(word, candidate) <= MOST_LOST else 0
        if apart:
            found.append((apart, -round(alike, 1), -products, candidate))
    return min(found)[3] if found else ""
