"""Which products answer a shopper's words, the best first; then what comes close."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from catalog.cards import Card, CardPage
from catalog.lexicon import refresh_lexicon
from catalog.reports.commonness import WINDOW, Question, ask, read_question
from catalog.reports.listing import COUNTED, EVERY, PAGE, Where
from catalog.reports.mending import mend
from catalog.reports.ranking import KEY, best_cards, ranked_page, score_of_all, score_of_some
from umkm_portal.lib.search_text import other_names, search_query, word_query

FEW = 10
"""With fewer answers than this, what comes close is shown below them."""


@dataclass
class Answer:
    """The cards of `page` have every word; `close` come below them, and are not counted.

    `meant` is the question in a mended spelling. `is_similar`: the cards answer that spelling, or
    there are none. `is_cut`: only the newest matches were ranked, so there are more than counted.
    """

    page: CardPage = field(default_factory=lambda: CardPage([]))
    close: list[Card] = field(default_factory=list)
    count: int = 0
    is_cut: bool = False
    is_similar: bool = False
    meant: str = ""
    # In whose words the cards are.
    question: Question | None = None
    # By district, of what was ranked.
    tally: list[list[Any]] = field(default_factory=list)


def answer(
    among: Where, text: str, *, token: str = "", before: str = "", tallies: bool = False
) -> Answer:
    """Two small queries for a common question; up to eight when little matches as written."""
    refresh_lexicon()
    question = ask(text)
    if not question.words:
        return Answer(is_similar=True)
    search = _Search(among, text, question, tallies=tallies)
    found = search.ranked(question.days_for_all(), token, before)
    if found.is_cut and found.count < FEW:
        # Filters leave few of them, or the words stand together less often than expected.
        found = search.ranked(question.days_for_all(is_wide=True), token, before)
    if found.is_cut and found.count < FEW:
        found = search.ranked_of_few(token, before)
    if found.is_cut and len(question.needed) == 1 and among.sql == EVERY:
        found.count = max(found.count, min(int(question.expected), COUNTED + 1))
    found.question = question
    if found.page.is_whole and found.count < FEW:
        _look_around(among, question, found, tallies=tallies)
    return found


def first_matches(among: Where, text: str, question: Question) -> tuple[Where, bool]:
    """Which rows are ranked at first, and whether there are more of them."""
    days = question.days_for_all()
    return _Search(among, text, question).matching(days), bool(days)


class _Search:
    """Products with every word, among those that the filters leave."""

    def __init__(
        self, among: Where, text: str, question: Question, *, tallies: bool = False
    ) -> None:
        self.among, self.tallies = among, tallies
        self.query = search_query(text, known=question.joined)
        in_name = search_query(text, weight="A", known=question.joined)
        self.score = score_of_all(self.query, in_name)
        self.told = self.query
        if self.query == _all(question.needed):
            # A word of most products is cheaper to check in those that the rare words leave.
            self.told = _all(question.telling())

    def matching(self, days: str) -> Where:
        matching = self.among.also(KEY, _on(self.told, days))
        if self.told == self.query:
            return matching
        return matching.also("search_vector @@ %s::tsquery", self.query)

    def ranked(self, days: str, token: str = "", before: str = "") -> Answer:
        return self._ranked(self.matching(days), token, before, is_cut=bool(days))

    def ranked_of_few(self, token: str, before: str) -> Answer:
        """For filters that leave next to nothing: found by their own indexes, then by the words."""
        matching = self.among.also("search_vector @@ %s::tsquery", self.query)
        return self._ranked(matching, token, before)

    def _ranked(self, matching: Where, token: str, before: str, *, is_cut: bool = False) -> Answer:
        page, total, tally = ranked_page(
            matching, self.score, token=token, before=before, tallies=self.tallies
        )
        return Answer(page, count=total, is_cut=is_cut, tally=tally)


def _all(words: list[str]) -> str:
    return " & ".join(word_query(word) for word in words)


def _on(query: str, days: str) -> str:
    return f"({query}) & ({days})" if days else query


def _look_around(among: Where, question: Question, found: Answer, *, tallies: bool) -> None:
    mended = mend(question)
    found.is_similar = not found.page.cards
    if mended:
        found.meant = " ".join(mended.get(word, word) for word in question.words)
        if found.is_similar:
            asked = ask(found.meant)
            mended_search = _Search(among, found.meant, asked, tallies=tallies)
            better = mended_search.ranked(asked.days_for_all())
            found.page, found.count = CardPage(better.page.cards), better.count
            found.question, found.tally, found.is_cut = asked, better.tally, better.is_cut
    seen = [card.pk for card in found.page.cards]
    if len(seen) < PAGE:
        found.close = _some_words(among, question, mended, seen)


def _some_words(
    among: Where, asked: Question, mended: dict[str, str], seen: list[int]
) -> list[Card]:
    """Products with some of the words, or of their other names; rare words weigh more."""
    parts = [part for better in mended.values() for part in better.split()]
    words = [word for word in asked.words if word not in mended] + parts
    others = other_names(words)
    question = read_question(list(dict.fromkeys(words + others)), asked.needed)
    worth = question.worth(question.words)
    for word in worth:
        if word in others or word not in {*asked.needed, *parts}:
            worth[word] //= 2
    rare = question.rarest([word for word in worth if question.products[word]], most=WINDOW * 5)
    if not rare:
        return []
    query = _on(" | ".join(word_query(word) for word in rare), question.days_for_any(rare))
    matching = among.also(KEY, query).also("id <> ALL(%s)", seen)
    return best_cards(matching, score_of_some(worth), limit=PAGE - len(seen))
