"""Words to search by: lower case, one spelling, without fillers, down to their Indonesian root.

PostgreSQL's own `indonesian` dictionary cuts by rule ("keripik" becomes "ripik"); here a
dictionary stemmer works in the application and the database only compares, with `simple`.
"""

import itertools
import re
import unicodedata
from collections.abc import Container, Iterable
from functools import lru_cache

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from umkm_portal.lib.search_lexicon import Lexicon, Words, file_pairs, file_words, make_lexicon

MOST_QUERY_LETTERS = 200
MOST_QUERY_WORDS = 12
MOST_DOCUMENT_LETTERS = 10_000
LONGEST_WORD = 40
# Written together or apart is tried for short questions only; each pair is one more alternative.
MOST_JOINED = 4
SYNONYMS = "search_synonyms_id.csv"
KINDS = "search_kinds_id.csv"
SOUND = "qx"
"""Opens what a word sounds like, so that it never meets a word as written."""

SHORTEST_BONES = 3

_NO_VOWELS = str.maketrans("", "", "aeiou")
_TWICE = re.compile(r"\b([^\W\d_]{2,20})(?:-\1|2)\b")
_TWICE_APART = re.compile(r"\b([^\W\d_]{2,20}) \1\b")
# "250gr", "250 gram" and "250 g" are one size.
_SIZE = re.compile(r"\b(\d+)\s*(gram|grm|gr|g|kilogram|kilo|kg|liter|ltr|l|ml|cm|pcs|pc)\b")
_UNITS = {"gram": "g", "grm": "g", "gr": "g", "kilogram": "kg", "kilo": "kg", "liter": "l",
          "ltr": "l", "pc": "pcs"}  # fmt: skip
_NUMBER = re.compile(r"\d+[a-z]{0,3}$")
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


def normalise(text: str) -> list[str]:
    """Return the roots of the words that matter, in order: "aneka keripik" is ["aneka", …]."""
    return [_root(word) for word in _words(text)]


def search_document(text: str) -> str:
    """Return what goes into a `simple` tsvector: each word as written, its root, its sound."""
    words = _words(text[:MOST_DOCUMENT_LETTERS])
    named = [word for _start, _end, name in _lexicon().phrases_in(words) for word in name]
    return _all_forms(words + named)


def kinds_document(name: str) -> str:
    """Return for a `simple` tsvector what kinds of thing `name` is: coffee is also a drink."""
    return _all_forms(_lexicon().kinds_of(_words(name[:MOST_DOCUMENT_LETTERS])))


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


def bones(word: str) -> str:
    """The word without its vowels."""
    return word.translate(_NO_VOWELS)


def vowels_lost(word: str, whole: str) -> int:
    """How many vowels of `whole` are missing in `word`; 0 when anything else differs.

    Fewer than three consonants say too little: "btk" may be "batik", "bt" nothing.
    """
    if len(bones(word)) < SHORTEST_BONES:
        return 0
    letters = iter(whole)
    is_within = all(letter in letters for letter in word)
    return len(whole) - len(word) if is_within and bones(word) == bones(whole) else 0


def query_words(text: str) -> list[str]:
    """Return the words of a question that count, once each, at most MOST_QUERY_WORDS."""
    # On phones "oleh-oleh" is typed with a space; two words of which nothing would be left.
    typed = _TWICE_APART.sub(r"\1-\1", text[:MOST_QUERY_LETTERS].lower())
    return list(dict.fromkeys(_words(typed)[:MOST_QUERY_WORDS]))


def needed_words(words: list[str]) -> list[str]:
    """The words an answer must have: no sizes and no praise ("murah"), unless that is all."""
    soft = _soft_words()
    return [word for word in words if word not in soft and not _NUMBER.match(word)] or words


def word_forms(word: str) -> list[str]:
    """Return the spellings a word is found by, without its sound."""
    return [form for form in _forms(word) if not form.startswith(SOUND)]


def joined_words(words: list[str]) -> list[str]:
    """Each two neighbours as one word, for questions of a few words: "kutu baru" is "kutubaru"."""
    if len(words) > MOST_JOINED:
        return []
    pairs = [one + other for one, other in itertools.pairwise(words)]
    return [pair for pair in pairs if len(pair) <= LONGEST_WORD]


def search_query(text: str, *, weight: str = "", known: Container[str] | None = None) -> str:
    """Return a tsquery that wants every needed word in some form; "" when there is none.

    Holds letters and digits in quotes only, whatever was typed. `weight` ("A") wants them all in
    words of that weight. Two words are tried as one when that is `known`, or always for None: a
    choice of ways keeps PostgreSQL from beginning with the rarest word.
    """
    ways = [_every(words, weight) for words in _ways(needed_words(query_words(text)), known)]
    return " | ".join(dict.fromkeys(ways)) if len(ways) > 1 else "".join(ways)


def word_query(word: str, *, weight: str = "") -> str:
    """Return a raw tsquery for the word in any of its forms."""
    return _some(word, weight)


def other_names(words: list[str]) -> list[str]:
    """The words of the canonical names of what `words` name, beyond the words themselves."""
    named = [word for _start, _end, name in _lexicon().phrases_in(words) for word in name]
    return [word for word in dict.fromkeys(named) if word not in words]


def names_like(word: str) -> dict[str, str]:
    """Other names that begin with the same letter, each with its canonical word."""
    return {name: said for name, said in _lexicon().single.items() if name[0] == word[0]}


def is_a_word(word: str) -> bool:
    """Whether the dictionary or the shoppers' lexicon knows it: nothing to mend."""
    lexicon = _lexicon()
    known = word in lexicon.single or (word,) in lexicon.phrases or (word,) in lexicon.kinds
    return known or bool(_stemmer().dictionary.contains(_stem(word)))


def use_lexicon(same: Iterable[tuple[str, str]], kinds: Iterable[tuple[str, str]]) -> None:
    """Take these (variant, canonical) and (thing, kind); none at all means the files'."""
    same, kinds = list(same), list(kinds)
    if not same and not kinds:
        same, kinds = file_pairs(SYNONYMS), file_pairs(KINDS)
    _state["lexicon"] = make_lexicon(same, kinds, split=_words)
    _forms.cache_clear()


def _every(words: Words, weight: str) -> str:
    return " & ".join(_some(word, weight) for word in words)


def _some(word: str, weight: str) -> str:
    mark = f":{weight}" if weight else ""
    return f"({' | '.join(f'{form!r}{mark}' for form in _forms(word))})"


def _ways(words: list[str], known: Container[str] | None) -> list[Words]:
    """The question as typed, then with other names for its parts, then with two words as one."""
    if not words:
        return []
    ways: list[Words] = [tuple(words)]
    renamed = list(words)
    for start, end, canonical in reversed(_lexicon().phrases_in(words)):
        ways.append((*words[:start], *canonical, *words[end:]))
        renamed[start:end] = canonical
    ways.append(tuple(renamed))
    joined = set(joined_words(words))
    for at, (one, other) in enumerate(itertools.pairwise(words)):
        pair = one + other
        if pair in joined and (known is None or pair in known):
            ways.append((*words[:at], pair, *words[at + 2 :]))
    return list(dict.fromkeys(ways))


def _words(text: str) -> list[str]:
    flat = unicodedata.normalize("NFKC", text).lower().replace("\x00", " ")
    flat = _LONG_NUMBER.sub(" ", flat)
    # "oleh-oleh" and "oleh2" are one word, or "oleh" (by) would be thrown out as a filler.
    flat = _TWICE.sub(r"\1\1", flat)
    flat = _SIZE.sub(_plain_size, flat)
    stop = _stop_words()
    return [word for word in _WORD.findall(flat) if word not in stop and len(word) <= LONGEST_WORD]


def _plain_size(found: re.Match[str]) -> str:
    number, unit = found.groups()
    return f"{number} {_UNITS.get(unit, unit)}"


def _all_forms(words: list[str]) -> str:
    return " ".join(dict.fromkeys(form for word in words for form in _forms(word)))


@lru_cache(maxsize=20_000)
def _forms(word: str) -> Words:
    respelt = _lexicon().spell(word)
    root = _root(word)
    spellings = dict.fromkeys((word, respelt, root))
    heard = (_sound(form) for form in (word, root))
    return (*spellings, *dict.fromkeys(sound for sound in heard if sound))


def _root(word: str) -> str:
    lexicon = _lexicon()
    return lexicon.spell(_stem(lexicon.spell(word)))


def _sound(word: str) -> str:
    """How it sounds, without weak e, h and doubled letters; "" for what is too short to tell."""
    if len(word) < 4 or not word.isalpha():
        return ""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    key = _SAME_TWICE.sub(r"\1", _SILENT.sub("", word))
    return SOUND + key if len(key) > 2 else ""


def _lexicon() -> Lexicon:
    if "lexicon" not in _state:
        use_lexicon((), ())
    return _state["lexicon"]


_state: dict[str, Lexicon] = {}


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
    return file_words("search_stopwords_id.txt")


@lru_cache(maxsize=1)
def _soft_words() -> frozenset[str]:
    return file_words("search_soft_words_id.txt")


def kinds_of(name: str) -> list[str]:
    """Return the kinds `name` belongs to, the nearest first: "Keripik pisang" is ["camilan", …]."""
    return _lexicon().kinds_of(_words(name[:MOST_DOCUMENT_LETTERS]))
