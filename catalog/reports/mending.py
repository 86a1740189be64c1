"""What a shopper meant to type."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import connection

from catalog.reports.commonness import Question
from catalog.search_days import Figures
from umkm_portal.lib.search_text import (
    bones,
    is_a_word,
    letters_apart,
    names_like,
    vowels_lost,
    word_forms,
)

MOST_MENDED = 4
"""Words of one question; each costs a query."""
CANDIDATES = 40
SHORTEST = 4
SHORTEST_PART = 3
LONG = 6
"""Letters of a word in which two may be wrong."""
RARE = 2
OFTENER = 20
"""A word of one or two products gives way to a neighbour that stands in so many times more."""
MOST_LOST = 3
"""Vowels that a thumb in a hurry leaves out: "krpk" for "keripik"."""
MOST_KEPT = 1000
"""Mended words a process remembers, until the count is read again."""

SUFFIX = "an"
"""Goods are written with the root ("rajut"), and shoppers type what is made so ("rajutan")."""

# Beside what is alike: words with the same consonants, with or without the suffix; the parts of a
# word that is two; and other names, for goods that are written with the canonical one.
_NEAR = """
(SELECT word, products, similarity(word, %s)::float8 AS alike FROM catalog_searchword
 WHERE word %% %s AND products >= %s ORDER BY 3 DESC, 1 LIMIT %s)
UNION
SELECT word, products, similarity(word, %s)::float8 FROM catalog_searchword
WHERE translate(word, 'aeiou', '') = ANY(%s) AND products >= %s
UNION
SELECT word, products, similarity(word, %s)::float8 FROM catalog_searchword
WHERE word = ANY(%s)
UNION
SELECT named.word, known.products, similarity(named.word, %s)::float8
FROM unnest(%s::text[], %s::text[]) AS named(word, canonical)
JOIN catalog_searchword known ON known.word = named.canonical AND known.products >= %s
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
    return _two_words(pairs, near) or _closest(word, near, most=1 if len(word) < LONG else 2)


def _near(word: str, *, parts: list[str] | None = None, held_by: int = 1) -> list[_Near]:
    names = {
        name: said
        for name, said in names_like(word).items()
        # Where both are near, the usual name is the better one.
        if _is_near(word, name) and not _is_near(word, said)
    }
    values: list[Any] = [
        word,
        word,
        held_by,
        CANDIDATES,
        word,
        [bones(word), bones(word.removesuffix(SUFFIX))],
        held_by,
        word,
        parts or [],
        word,
        list(names),
        list(names.values()),
        held_by,
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
    """The word fewest letters away, of these one with the same consonants, the most alike, then
    the one most products have.

    When only vowels are missing, two or three of them are no farther than two letters.
    """
    found = [
        (apart, bones(word) != bones(written), -round(alike, 1), -products, written)
        for candidate, products, alike in near
        for written in _written(word, candidate)
        if (apart := _apart(word, written, most=most))
    ]
    return min(found)[-1] if found else ""


def _written(word: str, candidate: str) -> list[str]:
    """The candidate, and as the root of a word with the suffix, where the word has one."""
    made = candidate + SUFFIX
    is_made = word.endswith(SUFFIX) and candidate in word_forms(made)
    return [candidate, made] if is_made else [candidate]


def _is_near(word: str, other: str) -> bool:
    return bool(_apart(word, other, most=1 if len(word) < LONG else 2))


def _apart(word: str, other: str, *, most: int) -> int:
    """How many letters; 0 for too many, or none."""
    apart = letters_apart(word, other, most=most)
    if apart > most:
        return 2 if 0 < vowels_lost(word, other) <= MOST_LOST else 0
    return apart
