"""What a shopper meant to type."""

from __future__ import annotations

from django.contrib.postgres.search import TrigramSimilarity

from catalog.models import SearchWord
from catalog.reports.commonness import Question, known_words
from umkm_portal.lib.search_text import is_a_word, letters_apart

MOST_MENDED = 4
"""Words of one question; each costs a query."""
CANDIDATES = 40
SHORTEST = 4
SHORTEST_PART = 3
RARE = 2
OFTENER = 20
"""A word of one or two products gives way to a neighbour that stands in so many times more."""


def mend(question: Question) -> dict[str, str]:
    """Return other spellings for words of the question that are none, in words products have."""
    strange = [word for word in question.words if _is_strange(word, question)]
    mended = {word: _better(word, question) for word in strange[:MOST_MENDED]}
    return {word: better for word, better in mended.items() if better}


def _is_strange(word: str, question: Question) -> bool:
    rare = question.products.get(word, 0) <= RARE
    return rare and word.isalpha() and len(word) >= SHORTEST and not is_a_word(word)


def _better(word: str, question: Question) -> str:
    held = question.products.get(word, 0)
    if held:
        return _closest(word, most=1, held_by=held * OFTENER)
    return _two_words(word) or _closest(word, most=1 if len(word) < 6 else 2)


def _two_words(word: str) -> str:
    """The word as two that products have ("sotobetawi"), of the commoner parts; "" if none."""
    cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    parts = [(word[:at], word[at:]) for at in cuts]
    asked = {part for pair in parts for part in pair}
    known = known_words(asked)
    whole = [pair for pair in parts if pair[0] in known and pair[1] in known]
    best = max(whole, key=lambda pair: min(known[pair[0]], known[pair[1]]), default=None)
    return " ".join(best) if best else ""


def _closest(word: str, *, most: int, held_by: int = 1) -> str:
    """The word fewest letters away, of these the most alike, then the one most products have."""
    alike = (
        SearchWord.objects.filter(word__trigram_similar=word, products__gte=held_by)
        .annotate(alike=TrigramSimilarity("word", word))
        .order_by("-alike", "word")
    )
    near = []
    for candidate, likeness, products in alike.values_list("word", "alike", "products")[
        :CANDIDATES
    ]:
        apart = letters_apart(word, candidate, most=most)
        if apart <= most and candidate != word:
            near.append((apart, -round(likeness, 1), -products, candidate))
    return min(near)[3] if near else ""
