"""Which products answer a shopper's words, the best first; then what comes close."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.cards import Card, CardPage, make_cards, pages_of
from catalog.lexicon import refresh_lexicon
from catalog.models.product_query import ProductQuerySet
from catalog.reports.commonness import WINDOW, Question, ask, read_question
from catalog.reports.listing import COUNTED, PAGE
from catalog.reports.mending import mend
from umkm_portal.lib.search_text import other_names, word_query

FEW = 10
"""With fewer answers than this, what comes close is shown below them."""
ORDER = ("-relevance", "-published_at", "-pk")


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


def answer(products: ProductQuerySet, text: str, *, token: str = "", before: str = "") -> Answer:
    """Three small queries for a common question; up to nine when little matches as written."""
    refresh_lexicon()
    question = ask(text)
    if not question.words:
        return Answer(is_similar=True)
    days = question.days_for_all()
    found = _ranked(products, text, days, token, before)
    if days and found.count < FEW:
        # The words stand together less often than each alone lets expect.
        found = _ranked(products, text, "", token, before)
    if found.page.is_whole and found.count < FEW:
        _look_around(products, question, found)
    return found


def _ranked(products: ProductQuerySet, text: str, days: str, token: str, before: str) -> Answer:
    matching = products.search(text, days=days)
    rows = matching.with_relevance(text)
    page = pages_of(rows, order=ORDER, token=token, before=before, size=PAGE)
    count = len(page.cards)
    if not page.is_whole:
        count = matching.order_by().values("pk")[: COUNTED + 1].count()
    return Answer(page, count=count, is_cut=bool(days))


def _look_around(products: ProductQuerySet, question: Question, found: Answer) -> None:
    mended = mend(question)
    cards = found.page.cards
    found.is_similar = not cards
    if mended:
        found.meant = " ".join(mended.get(word, word) for word in question.words)
    if found.meant and not cards:
        cards = _answers_to(products, found.meant)
        found.page, found.count = CardPage(cards), len(cards)
    if len(cards) < PAGE:
        found.close = _some_words(products, question, mended, [card.pk for card in cards])


def _answers_to(products: ProductQuerySet, text: str) -> list[Card]:
    rows = products.search(text, days=ask(text).days_for_all()).with_relevance(text)
    return make_cards(rows.order_by(*ORDER), limit=PAGE)


def _some_words(
    products: ProductQuerySet, asked: Question, mended: dict[str, str], seen: list[int]
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
    query = " | ".join(word_query(word) for word in rare)
    rows = products.matching(query, days=question.days_for_any(rare)).exclude(pk__in=seen)
    return make_cards(rows.with_words_met(worth).order_by(*ORDER), limit=PAGE - len(seen))
