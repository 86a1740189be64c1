import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm_portal.lib.validators import (
    clean_jakpreneur_id,
    clean_name,
    clean_nib,
    clean_rt_rw,
    clean_text,
)


@pytest.mark.parametrize(
    "name",
    [
        "O'Neil",
        "D’Arc",
        "Zoë",
        "I",
        "Hj. Siti, S.E.",
        "Warung 88 & Kopi",
        "A" * 100,
        "Bakso 😀",
        "李",
    ],
)
def test_names_keep_what_people_have(name):
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Batik \t Siti\r\n", "Batik Siti"),
        ("Batik\x00Siti", "BatikSiti"),
        ("\u202eitiS kitaB\u202c", "itiS kitaB"),
        ("Ba\u200btik\ufeff", "Batik"),
        ("Zoe\u0308", "Zoë"),
        ("\ud800Siti", "Siti"),
        ("\u3164\u2800", ""),
        ("\u200b", ""),
    ],
)
def test_what_cannot_be_seen_is_taken_out(typed, kept):
    assert clean_name(typed) == kept


def test_a_name_too_long_is_told_by_how_much():
    with pytest.raises(ValueError, match=r"Paling banyak 100 huruf. Anda menulis 101 huruf."):
        clean_name("A" * 101)


def test_a_description_keeps_its_lines():
    assert (
        clean_text("satu\r\ndua \u200b\n\n\n\n\x07tiga\u2028empat\n") == "satu\ndua\n\ntiga\nempat"
    )


@given(st.text(max_size=80))
def test_every_clean_name_can_be_stored_and_is_clean_already(typed):
    name = clean_name(typed)
    name.encode()
    assert clean_name(name) == name
    assert unicodedata.is_normalized("NFC", name)
    assert not {unicodedata.category(c) for c in name} & {"Cc", "Cf", "Cs"}


@given(st.text(max_size=80))
def test_every_clean_text_is_clean_already(typed):
    assert clean_text(clean_text(typed)) == clean_text(typed)


def test_a_nib_has_thirteen_digits_and_may_begin_with_zero():
    assert clean_nib("0220 1000 12345") == "0220100012345"
    with pytest.raises(ValueError, match=r"^NIB terdiri dari 13 angka. Anda menulis 12 angka.$"):
        clean_nib("123456789012")
    with pytest.raises(ValueError, match="tanpa huruf"):
        clean_nib("12345678901AB")


def test_a_jakpreneur_number_is_letters_digits_and_three_signs():
    assert clean_jakpreneur_id(" jp-2020/01.7 ") == "JP-2020/01.7"
    for bad in ("", "a b", "x" * 41, "<b>"):
        with pytest.raises(ValueError, match="Jakpreneur"):
            clean_jakpreneur_id(bad)


def test_rt_and_rw_are_three_digits():
    assert clean_rt_rw("4") == clean_rt_rw("RT 004") == clean_rt_rw("rw.04") == "004"
    for bad in ("", "0", "1234", "4a"):
        with pytest.raises(ValueError, match="contoh 004"):
            clean_rt_rw(bad)
