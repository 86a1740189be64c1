"""Words to search by: lower case, one spelling, without fillers, down to their Indonesian root.

PostgreSQL's own `indonesian` dictionary cuts by rule ("keripik" becomes "ripik"); here a
dictionary stemmer works in the application and the database only compares, with `simple`.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

MOST_QUERY_LETTERS = 200
MOST_QUERY_WORDS = 12
MOST_DOCUMENT_LETTERS = 10_000
LONGEST_WORD = 40
# Written together or apart is tried for short questions only; each pair is one more alternative.
MOST_JOINED = 4
SOUND = "qx"
"""Opens what a word sounds like, so that it never meets a word as written."""

_DATA = Path(__file__).resolve().parents[2] / "data"
_TWICE = re.compile(r"\b([^\W\d_]{2,20})(?:-\1|2)\b")
_WORD = re.compile(r"[^\W_]+")
# Permit and phone numbers found by nobody on purpose; a private number must not be searchable.
_LONG_NUMBER = re.compile(r"\+?\d[\d .()-]{6,}\d")
# Old and foreign spellings of one sound: Soerabaja, kerudoeng, zeytoen, cokelat and coklat.
_SOUNDS = (
    ("oe", "u"), ("oo", "u"), ("dj", "j"), ("tj", "c"), ("ph", "f"), ("v", "f"), ("kh", "k"),
    ("sy", "s"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("o", "u"),
)  # fmt: skip
_SILENT = re.compile(r"(?<!^)[eh]")
_SAME_TWICE = re.compile(r"(.)\1+")

Words = tuple[str, ...]


@dataclass(frozen=True)
class _Lexicon:
    """Other names of a thing, of one word and of several, each in its canonical words."""

    single: dict[str, str]
    phrases: dict[Words, Words]


def normalise(text: str) -> list[str]:
    """Return the roots of the words that matter, in order: "aneka keripik" is ["aneka", …]."""
    return [_root(word) for word in _words(text)]


def search_document(text: str) -> str:
    """Return what goes into a `simple` tsvector: each word as written, its root, its sound."""
    forms: dict[str, None] = {}
    words = _words(text[:MOST_DOCUMENT_LETTERS])
    for word in words:
        forms |= dict.fromkeys(_forms(word))
    for _start, _end, canonical in _phrases_in(words):
        for word in canonical:
            forms |= dict.fromkeys(_forms(word))
    return " ".join(forms)


def written_words(text: str) -> list[str]:
    """Return the words of letters and their roots, once each: what a typing error is mended to."""
    words = list(dict.fromkeys(_words(text[:MOST_DOCUMENT_LETTERS])))
    both = dict.fromkeys(words + [_root(word) for word in words])
    return [word for word in both if word.isalpha() and len(word) > 2]


def letters_apart(one: str, other: str, *, most: int) -> int:
    """Return how many letters to change, add, drop or swap; `most` + 1 for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for to, wanted in enumerate(other, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def query_words(text: str) -> list[str]:
    """Return the words of a question that count, once each, at most MOST_QUERY_WORDS."""
    return list(dict.fromkeys(_words(text[:MOST_QUERY_LETTERS])[:MOST_QUERY_WORDS]))


def word_forms(word: str) -> list[str]:
    """Return the spellings a word is found by, without its sound."""
    return [form for form in _forms(word) if not form.startswith(SOUND)]


def search_query(text: str, *, weight: str = "") -> str:
    """Return a raw `simple` tsquery that wants every word in some form; "" when none is left.

    Use as SearchQuery(…, search_type="raw", config="simple"). Holds letters and digits in quotes
    only, whatever was typed. `weight` ("A") wants them all in words of that weight.
    """
    ways = [_every(words, weight) for words in _ways(query_words(text))]
    return " | ".join(dict.fromkeys(ways)) if len(ways) > 1 else "".join(ways)


def word_queries(text: str) -> list[str]:
    """Return one tsquery for each word, to count how many of them are met."""
    return [_some(word, "") for word in query_words(text)]


def use_synonyms(pairs: Iterable[tuple[str, str]]) -> None:
    """Take these (variant, canonical) instead of the file's; none at all means the file's."""
    _state["lexicon"] = _lexicon_of(pairs) or _lexicon_of(_file_pairs()) or _Lexicon({}, {})
    _forms.cache_clear()


def _every(words: Words, weight: str) -> str:
    return " & ".join(_some(word, weight) for word in words)


def _some(word: str, weight: str) -> str:
    mark = f":{weight}" if weight else ""
    return f"({' | '.join(f'{form!r}{mark}' for form in _forms(word))})"


def _ways(words: list[str]) -> list[Words]:
    """The question as typed, then with other names for its parts, then with two words as one."""
    if not words:
        return []
    ways: list[Words] = [tuple(words)]
    for start, end, canonical in _phrases_in(words):
        ways.append((*words[:start], *canonical, *words[end:]))
    if len(words) <= MOST_JOINED:
        for at in range(len(words) - 1):
            joined = words[at] + words[at + 1]
            if len(joined) <= LONGEST_WORD:
                ways.append((*words[:at], joined, *words[at + 2 :]))
    return ways


def _phrases_in(words: list[str]) -> list[tuple[int, int, Words]]:
    """Where a name of several words, or for several words, stands: (start, end, canonical)."""
    lexicon = _lexicon()
    respelt = [lexicon.single.get(word, word) for word in words]
    found = []
    for start in range(len(words)):
        for end in range(start + 1, min(start + 3, len(words)) + 1):
            written, said = tuple(words[start:end]), tuple(respelt[start:end])
            canonical = lexicon.phrases.get(written) or lexicon.phrases.get(said)
            if canonical:
                found.append((start, end, canonical))
    return found


def _words(text: str) -> list[str]:
    flat = unicodedata.normalize("NFKC", text).lower().replace("\x00", " ")
    flat = _LONG_NUMBER.sub(" ", flat)
    # "oleh-oleh" and "oleh2" are one word, or "oleh" (by) would be thrown out as a filler.
    flat = _TWICE.sub(r"\1\1", flat)
    stop = _stop_words()
    return [word for word in _WORD.findall(flat) if word not in stop and len(word) <= LONGEST_WORD]


@lru_cache(maxsize=20_000)
def _forms(word: str) -> Words:
    respelt = _lexicon().single.get(word, word)
    root = _root(word)
    spellings = dict.fromkeys((word, respelt, root))
    heard = (_sound(form) for form in (word, root))
    return (*spellings, *dict.fromkeys(sound for sound in heard if sound))


def _root(word: str) -> str:
    single = _lexicon().single
    respelt = single.get(word, word)
    root = _stem(respelt)
    return single.get(root, root)


def _sound(word: str) -> str:
    """How it sounds, without weak e, h and doubled letters; "" for what is too short to tell."""
    if len(word) < 4 or not word.isalpha():
        return ""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    key = _SAME_TWICE.sub(r"\1", _SILENT.sub("", word))
    return SOUND + key if len(key) > 2 else ""


def _lexicon() -> _Lexicon:
    if "lexicon" not in _state:
        use_synonyms(())
    return _state["lexicon"]


_state: dict[str, _Lexicon] = {}


def _lexicon_of(pairs: Iterable[tuple[str, str]]) -> _Lexicon | None:
    single: dict[str, str] = {}
    phrases: dict[Words, Words] = {}
    for variant, canonical in pairs:
        before, after = tuple(_words(variant)), tuple(_words(canonical))
        if not before or not after or before == after:
            continue
        if len(before) == 1 and len(after) == 1:
            single[before[0]] = after[0]
        else:
            phrases[before] = after
    return _Lexicon(single, phrases) if single or phrases else None


def _file_pairs() -> list[tuple[str, str]]:
    with (_DATA / "search_synonyms_id.csv").open(encoding="utf-8", newline="") as lines:
        return [(row["variant"], row["canonical"]) for row in csv.DictReader(lines)]


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
