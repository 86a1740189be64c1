from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm_portal.lib.rupiah import MOST_RUPIAH, parse_rupiah, rupiah, terbilang


def test_money_is_written_the_indonesian_way():
    assert rupiah(120_000) == "Rp120.000"
    assert rupiah(0) == "Rp0"
    assert rupiah(-1_500) == "-Rp1.500"


def test_a_receipt_spells_the_amount():
    assert terbilang(120_000) == "seratus dua puluh ribu rupiah"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("120000", 120_000),
        ("120.000", 120_000),
        ("Rp120.000", 120_000),
        ("rp 120.000", 120_000),
        ("Rp. 120.000,-", 120_000),
        ("Rp\u00a01.500.000,00", 1_500_000),
        ("120,000", 120_000),
        ("1 500 000", 1_500_000),
        ("120 rb", 120_000),
        ("120rb", 120_000),
        ("1,5 juta", 1_500_000),
        ("2jt", 2_000_000),
        ("１２０.０００", 120_000),
        ("0", 0),
    ],
)
def test_people_write_money_in_many_ways(typed, amount):
    assert parse_rupiah(typed) == amount


@pytest.mark.parametrize(
    "typed",
    ["", "-5", "12a", "1.2345", "1.500,50", "1.50", "1.000,000", "NaN", "1e9", "9" * 40, "Rp", "²"],
)
def test_what_is_no_amount_gets_a_sentence(typed):
    with pytest.raises(ValueError, match=r"\.$"):
        parse_rupiah(typed)


@given(st.integers(0, MOST_RUPIAH))
def test_what_we_write_we_can_read(amount):
    assert parse_rupiah(rupiah(amount)) == amount


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(typed):
    with suppress(ValueError):
        assert 0 <= parse_rupiah(typed) <= MOST_RUPIAH
