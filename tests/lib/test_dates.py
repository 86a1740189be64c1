import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm_portal.lib.dates import (
    add_working_days,
    add_years,
    jam,
    parse_tanggal,
    pukul,
    tanggal,
    tanggal_pendek,
)

FRIDAY = datetime.date(2026, 6, 12)


def test_days_are_written_in_full_and_short():
    assert tanggal(FRIDAY) == "Jumat, 12 Juni 2026"
    assert tanggal_pendek(FRIDAY) == "12 Jun 2026"


def test_a_moment_counts_as_its_day_and_hour_in_jakarta():
    late = datetime.datetime(2026, 12, 31, 17, 0, tzinfo=datetime.UTC)
    assert tanggal(late) == "Jumat, 1 Januari 2027"
    assert jam(late) == "00.00"
    assert pukul(datetime.time(9, 0)) == "pukul 09.00 WIB"


@pytest.mark.parametrize(
    "typed",
    [
        "12/06/2026",
        "12/6/2026",
        "12-06-2026",
        "12.06.2026",
        "12 06 2026",
        "2026-06-12",
        "12 Juni 2026",
        "12 jun 2026",
        "12-Jun-2026",
        "Jumat, 12 Juni 2026",
        "  12 JUNI 2026 ",
        "١٢/٠٦/٢٠٢٦",
    ],
)
def test_people_write_days_in_many_ways(typed):
    assert parse_tanggal(typed) == FRIDAY


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "31/02/2026",
        "29/02/2026",
        "06/13/2026",
        "1/1/26",
        "12 Foo 2026",
        "0/0/0000",
        "9999-99-99",
    ],
)
def test_an_impossible_day_gets_a_sentence(typed):
    with pytest.raises(ValueError, match=r"\.$"):
        parse_tanggal(typed)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 12, 31)))
def test_what_we_write_we_can_read(day):
    assert parse_tanggal(tanggal(day)) == day
    assert parse_tanggal(tanggal_pendek(day)) == day


def test_a_year_after_29_february_is_28_february():
    leap = datetime.date(2028, 2, 29)
    assert add_years(leap, 1) == datetime.date(2029, 2, 28)
    assert add_years(leap, 4) == datetime.date(2032, 2, 29)
    assert add_years(FRIDAY, -1) == datetime.date(2025, 6, 12)


def test_working_days_skip_weekends_and_holidays():
    # Tuesday 16 June 2026 is 1 Muharam.
    assert add_working_days(FRIDAY, 1) == datetime.date(2026, 6, 15)
    assert add_working_days(FRIDAY, 2) == datetime.date(2026, 6, 17)
    assert add_working_days(datetime.date(2026, 6, 15), -1) == FRIDAY


def test_working_days_of_a_year_without_a_decree_know_weekends():
    assert add_working_days(datetime.date(2040, 6, 15), 1) == datetime.date(2040, 6, 18)
