"""Cleaning and checking of what people type; every refusal is a ValueError with a sentence."""

import re
import unicodedata

from django.utils.translation import gettext as _

# Letters and symbols that look like nothing: a name made of them would show as an empty place.
_BLANKS = dict.fromkeys((0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0), " ")
# Cc control and NUL, Cf zero-width and bidi marks, Cs half surrogates, Co private use.
_INVISIBLE = {"Cc", "Cf", "Cs", "Co"}
_JAKPRENEUR = re.compile(r"[A-Za-z0-9./-]{1,40}")
_EDGES = re.compile(r"(?:RT|RW)[ .]*", re.IGNORECASE)


def ascii_digits(text: str) -> str:
    """Return the text with every decimal digit of any script (full-width, Arabic) as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() and not char.isascii() else char
        for char in text
    )


def _visible(text: str, *, keep: str = "") -> str:
    text = text.translate(_BLANKS)
    kept = (c for c in text if c in keep or unicodedata.category(c) not in _INVISIBLE)
    return unicodedata.normalize("NFC", "".join(kept))


def clean_name(text: str, max_length: int = 100) -> str:
    """Return one clean line: NFC, single spaces, nothing invisible; people's own letters stay.

    Invisible marks are taken out without a word, since nobody types them on purpose. Raises
    ValueError with a sentence when more than `max_length` characters are left.
    """
    one_line = re.sub(r"[\s\u2028\u2029]+", " ", text)
    return _at_most(" ".join(_visible(one_line).split()), max_length)


def clean_text(text: str, max_length: int = 2000) -> str:
    """Return clean text of several lines: as `clean_name`, but with line breaks as "\\n"."""
    lines = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text).replace("\t", " ")
    visible = _visible(lines, keep="\n")
    visible = "\n".join(line.rstrip() for line in visible.split("\n"))
    return _at_most(re.sub(r"\n{3,}", "\n\n", visible).strip(), max_length)


def _at_most(text: str, max_length: int) -> str:
    if len(text) > max_length:
        raise ValueError(
            _("Paling banyak %(most)d huruf. Anda menulis %(written)d huruf.")
            % {"most": max_length, "written": len(text)}
        )
    return text


def clean_nib(text: str) -> str:
    """Return the 13 digits of a business number (NIB, PP 24/2018); it has no public checksum."""
    digits = re.sub(r"[\s.-]", "", ascii_digits(text))
    if not re.fullmatch(r"[0-9]+", digits):
        raise ValueError(_("NIB terdiri dari 13 angka, tanpa huruf."))
    if len(digits) != 13:
        raise ValueError(
            _("NIB terdiri dari 13 angka. Anda menulis %(count)d angka.") % {"count": len(digits)}
        )
    return digits


def clean_jakpreneur_id(text: str) -> str:
    """Return the Jakpreneur number in capitals; its form is not published, so only signs count."""
    cleaned = ascii_digits(text).strip().upper()
    if not _JAKPRENEUR.fullmatch(cleaned):
        raise ValueError(
            _("Nomor Jakpreneur berisi huruf, angka, titik, garis miring, atau tanda hubung.")
        )
    return cleaned


def clean_rt_rw(text: str) -> str:
    """Return the number of an RT or RW as three digits: "4" is "004"."""
    cleaned = _EDGES.sub("", ascii_digits(text).strip())
    if not re.fullmatch(r"[0-9]{1,3}", cleaned) or int(cleaned) == 0:
        raise ValueError(_("RT dan RW terdiri dari 1 sampai 3 angka, contoh 004."))
    return cleaned.zfill(3)
