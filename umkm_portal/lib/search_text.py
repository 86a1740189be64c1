"""Words to search by: lower case, one spelling, without fillers, down to their Indonesian root.

PostgreSQL's own `indonesian` dictionary cuts by rule ("keripik" becomes "ripik"); here a
dictionary stemmer works in the application and the database only compares, with `simple`.
"""

import csv
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

MOST_QUERY_LETTERS = 200
MOST_QUERY_WORDS = 12
MOST_DOCUMENT_LETTERS = 10_000
LONGEST_WORD = 40

_DATA = Path(__file__).resolve().parents[2] / "data"
_TWICE = re.compile(r"\b([^\W\d_]{2,20})(?:-\1|2)\b")
_WORD = re.compile(r"[^\W_]+")
# Permit and phone numbers found by nobody on purpose; a private number must not be searchable.
_LONG_NUMBER = re.compile(r"\+?\d[\d .()-]{6,}\d")


def normalise(text: str) -> list[str]:
    """Return the roots of the words that matter, in order: "aneka keripik" is ["aneka", …]."""
    return [_root(word) for word in _words(text)]


def search_document(text: str) -> str:
    """Return what goes into a `simple` tsvector: each word as written, respelt and as its root."""
    forms: dict[str, None] = {}
    for word in _words(text[:MOST_DOCUMENT_LETTERS]):
        forms |= dict.fromkeys(_forms(word))
    return " ".join(forms)


def search_query(text: str) -> str:
    """Return a raw `simple` tsquery that wants every word in some form; "" when none is left.

    Use as SearchQuery(…, search_type="raw", config="simple"). Holds letters and digits in quotes
    only, whatever was typed.
    """
    words = _words(text[:MOST_QUERY_LETTERS])[:MOST_QUERY_WORDS]
    return " & ".join(f"({' | '.join(repr(form) for form in _forms(word))})" for word in words)


def _words(text: str) -> list[str]:
    flat = unicodedata.normalize("NFKC", text).lower().replace("\x00", " ")
    flat = _LONG_NUMBER.sub(" ", flat)
    # "oleh-oleh" and "oleh2" are one word, or "oleh" (by) would be thrown out as a filler.
    flat = _TWICE.sub(r"\1\1", flat)
    for phrase in _phrases():
        flat = flat.replace(phrase, phrase.replace(" ", ""))
    stop = _stop_words()
    return [word for word in _WORD.findall(flat) if word not in stop and len(word) <= LONGEST_WORD]


def _forms(word: str) -> list[str]:
    return list(dict.fromkeys((word, _synonyms().get(word, word), _root(word))))


def _root(word: str) -> str:
    respelt = _synonyms().get(word, word)
    root = _stem(respelt)
    return _synonyms().get(root, root)


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer:
    # Built here, not by the factory: the factory's own cache grows without end.
    return Stemmer(ArrayDictionary(StemmerFactory().get_words()))


@lru_cache(maxsize=10_000)
def _stem(word: str) -> str:
    half, rest = word[: len(word) // 2], word[len(word) // 2 :]
    if half == rest and len(half) > 2:
        # "baju-baju" is "baju"; "oleh-oleh" stays whole.
        return word if half in _stop_words() else _stem(half)
    return str(_stemmer().stem(word)) or word


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset((_DATA / "search_stopwords_id.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, str]:
    with (_DATA / "search_synonyms_id.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {_one_word(row["variant"]): _one_word(row["canonical"]) for row in rows}


@lru_cache(maxsize=1)
def _phrases() -> tuple[str, ...]:
    with (_DATA / "search_synonyms_id.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    names = {name for row in rows for name in row.values()}
    return tuple(sorted(name for name in names if " " in name))


def _one_word(text: str) -> str:
    return text.lower().replace(" ", "").replace("-", "")
