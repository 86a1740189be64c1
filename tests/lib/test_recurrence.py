"""Rules as people say them: weeks, months that end early, leap days."""

from __future__ import annotations

from datetime import date

import pytest

from umkm_portal.lib.dates import holiday_name
from umkm_portal.lib.recurrence import Every, Pattern, days, is_rule, read, say


def dates(pattern: Pattern, to: date) -> list[date]:
    return list(days(pattern.rule(), first=pattern.first, to=to))


def test_every_friday_over_the_new_year() -> None:
    pattern = Pattern(Every.WEEK, date(2026, 12, 18), (4,), date(2027, 1, 8))

    assert pattern.rule() == "FREQ=WEEKLY;WKST=MO;BYDAY=FR;UNTIL=20270108"
    assert dates(pattern, date(2028, 1, 1)) == [
        date(2026, 12, 18),
        date(2026, 12, 25),
        date(2027, 1, 1),
        date(2027, 1, 8),
    ]


def test_a_first_day_that_is_no_friday_is_not_one_of_the_fridays() -> None:
    assert dates(Pattern(Every.WEEK, date(2026, 6, 10), (4,)), date(2026, 6, 20)) == [
        date(2026, 6, 12),
        date(2026, 6, 19),
    ]


def test_every_second_week_is_counted_in_weeks_from_monday_over_week_53() -> None:
    """2026 has 53 weeks: week 53 is followed by week 1, one week later all the same."""
    pattern = Pattern(Every.FORTNIGHT, date(2026, 12, 21), (0, 6))

    assert dates(pattern, date(2027, 1, 20)) == [
        date(2026, 12, 21),
        date(2026, 12, 27),
        date(2027, 1, 4),
        date(2027, 1, 10),
        date(2027, 1, 18),
    ]


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (date(2027, 12, 31), [(12, 31), (1, 31), (2, 29), (3, 31), (4, 30), (5, 31)]),
        (date(2027, 12, 30), [(12, 30), (1, 30), (2, 29), (3, 30), (4, 30), (5, 30)]),
        (date(2027, 12, 28), [(12, 28), (1, 28), (2, 28), (3, 28), (4, 28), (5, 28)]),
    ],
)
def test_the_31st_is_the_last_day_of_shorter_months(first, expected) -> None:
    found = dates(Pattern(Every.MONTH_DATE, first), date(2028, 5, 31))

    assert [(day.month, day.day) for day in found] == expected


def test_29_february_is_the_28th_in_a_common_year() -> None:
    found = dates(Pattern(Every.YEAR, date(2028, 2, 29)), date(2033, 1, 1))

    assert [str(day) for day in found] == [
        "2028-02-29",
        "2029-02-28",
        "2030-02-28",
        "2031-02-28",
        "2032-02-29",
    ]


def test_a_fifth_friday_is_the_last_one() -> None:
    found = dates(Pattern(Every.MONTH_WEEKDAY, date(2026, 5, 29)), date(2026, 8, 31))

    assert [day.day for day in found] == [29, 26, 31, 28]


@pytest.mark.parametrize("every", Every)
@pytest.mark.parametrize("until", [None, date(2030, 12, 31)])
def test_a_rule_reads_back_as_it_was_said(every, until) -> None:
    weekdays = (0, 4) if every in {Every.WEEK, Every.FORTNIGHT} else ()
    pattern = Pattern(every, date(2028, 2, 29), weekdays, until)

    assert read(pattern.rule(), first=pattern.first) == pattern
    assert is_rule(pattern.rule())


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (Pattern(Every.WEEK, date(2026, 6, 12), (4,)), "Tiap Jumat"),
        (
            Pattern(Every.WEEK, date(2026, 6, 12), (0, 2, 4), date(2026, 12, 25)),
            "Tiap Senin, Rabu dan Jumat sampai 25 Desember 2026",
        ),
        (Pattern(Every.FORTNIGHT, date(2026, 6, 12), (4,)), "Tiap dua minggu, Jumat"),
        (Pattern(Every.MONTH_DATE, date(2026, 1, 31)), "Tiap bulan, hari terakhir"),
        (Pattern(Every.MONTH_DATE, date(2026, 1, 15)), "Tiap bulan, tanggal 15"),
        (Pattern(Every.MONTH_WEEKDAY, date(2026, 6, 12)), "Tiap bulan, Jumat kedua"),
        (Pattern(Every.YEAR, date(2026, 8, 17)), "Tiap tahun, 17 Agustus"),
    ],
)
def test_it_is_said_in_plain_words(pattern, words) -> None:
    assert say(pattern.rule(), first=pattern.first) == words


def test_lebaran_is_named_and_unknown_years_are_not() -> None:
    assert holiday_name(date(2026, 3, 21)).startswith("Idulfitri 1447 H")
    assert holiday_name(date(2026, 3, 20)) == "Idulfitri 1447 H (cuti bersama)"
    assert holiday_name(date(2026, 3, 17)) == ""
    assert holiday_name(date(2040, 1, 1)) == ""
