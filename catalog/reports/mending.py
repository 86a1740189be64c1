"""What a shopper meant to type."""

from __future__ import annotations

from django.contrib.postgres.search import TrigramSimilarity

from catalog.models import SearchWord
from umkm_portal.lib.search_text import letters_apart, query_words, word_forms

MOST_MENDED = 4
"""Words of one question; each costs a query."""
CANDIDATES = 30


def mend(text: str) -> str:
    """Return the question in words the catalogue knows, or "" when there is nothing to mend."""
    words = query_words(text)
    asked = {form for word in words for form in word_forms(word)}
    known = set(SearchWord.objects.filter(word__in=asked).values_list("word", flat=True))
    strange = [word for word in words if not known.intersection(word_forms(word))]
    better = {word: _closest(word) for word in strange[:MOST_MENDED] if _is_mendable(word)}
    if not any(better.values()):
        return ""
    return " ".join(better.get(word) or word for word in words)


def _is_mendable(word: str) -> bool:
    return word.isalpha() and len(word) > 3


def _closest(word: str) -> str:
    """The known word fewest letters away, of these the one that shares most of its beginning."""
    most = 1 if len(word) < 6 else 2
    alike = (
        SearchWord.objects.filter(word__trigram_similar=word)
        .annotate(alike=TrigramSimilarity("word", word))
        .order_by("-alike", "word")
    )
    near = []
    for candidate, likeness in alike.values_list("word", "alike")[:CANDIDATES]:
        apart = letters_apart(word, candidate, most=most)
        if apart <= most:
            near.append((apart, -likeness, candidate))
    return min(near)[2] if near else ""
