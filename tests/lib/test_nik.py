import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm_portal.lib.nik import mask_nik, parse_nik

TODAY = datetime.date(2026, 6, 12)


def read(six: str, *, tail: str = "0001"):
    return parse_nik(f"317409{six}{tail}", today=TODAY)


def test_it_tells_birth_sex_and_region():
    siti = parse_nik("3174094506900003", today=TODAY)
    assert (siti.born_on, siti.sex) == (datetime.date(1990, 6, 5), "P")
    assert (siti.region_code, siti.is_jaksel) == ("31.74.09", True)
    assert read("050690").sex == "L"


def test_another_region_is_normal():
    assert not parse_nik("3276010506900003", today=TODAY).is_jaksel


def test_the_century_is_the_one_that_makes_them_seventeen():
    assert read("120609").born_on == datetime.date(2009, 6, 12)
    assert read("130609").born_on == datetime.date(1909, 6, 13)


def test_29_february_exists_in_leap_years_only():
    assert read("290204").born_on == datetime.date(2004, 2, 29)
    assert read("290200").born_on == datetime.date(2000, 2, 29)
    assert read("690296").born_on == datetime.date(1996, 2, 29)
    with pytest.raises(ValueError, match="Tanggal lahir di dalam NIK tidak mungkin"):
        read("290203")


@pytest.mark.parametrize("day", [0, *range(32, 41), *range(72, 100)])
def test_days_that_cannot_be_are_refused(day):
    with pytest.raises(ValueError, match="Periksa lagi angka ke-7 sampai 12"):
        read(f"{day:02}0190")


@pytest.mark.parametrize("day", [1, 31, 41, 71])
def test_days_at_the_edge_are_taken(day):
    assert read(f"{day:02}0190").born_on.day in {1, 31}


@pytest.mark.parametrize(
    "typed", ["", "317409", "31740905069000031", "3174O90506900003", "x" * 9999]
)
def test_another_length_gets_the_sentence(typed):
    with pytest.raises(ValueError, match=r"^NIK terdiri dari 16 angka, lihat di KTP.$"):
        parse_nik(typed, today=TODAY)


def test_the_serial_starts_at_one():
    with pytest.raises(ValueError, match="0000"):
        read("050690", tail="0000")


@pytest.mark.parametrize(
    "typed",
    [
        "３１７４０９４５０６９００００３",
        "٣١٧٤٠٩٤٥٠٦٩٠٠٠٠٣",
        "3174 0945 0690 0003",
        "317409-450690-0003",
    ],
)
def test_digits_of_other_keyboards_are_the_same_number(typed):
    assert parse_nik(typed, today=TODAY).digits == "3174094506900003"


def test_it_is_masked_and_never_printed():
    siti = parse_nik("3174094506900003", today=TODAY)
    assert mask_nik(siti.digits) == "3174••••••••0003"
    assert siti.digits not in f"{siti!r} {siti}"


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(typed):
    with pytest.raises(ValueError, match=r"\.$"):
        parse_nik(typed, today=TODAY)
