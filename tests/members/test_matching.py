from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.matching import Bill, Line, endings_in, numbers_in, propose

DAY = date(2026, 6, 12)


def bill(number: int = 1, **values) -> Bill:
    return Bill(
        **{
            "key": f"tagihan-{number}",
            "number": f"INV-KJS-2026-{number:06}",
            "missing": 120_000,
            "days": ((DAY, DAY),),
            **values,
        }
    )


def line(description: str, *, key: int = 1, on: date = DAY, amount: int = 120_000) -> Line:
    return Line(key, on, amount, description)


def pairs(lines, bills) -> list[tuple[int, str]]:
    return [(m.line.key, m.bill.key) for m in propose(lines, bills)[0]]


@pytest.mark.parametrize(
    "words",
    [
        "INV-KJS-2026-000001",
        "trf inv kjs 2026 000001 siti",
        "INVKJS2026000001",
        "INV.KJS.2026.000001 12/06",
        "TRSF E-BANKING CR 1206/FTSCY/WS95 INV-KJS-2026-00000 1 SITI",
        "inv_kjs_2026_000001",
    ],
)
def test_a_bill_is_found_by_its_number_in_any_spacing_and_case(words) -> None:
    assert pairs([line(words)], [bill(1), bill(2)]) == [(1, "tagihan-1")]


@pytest.mark.parametrize(
    "words", ["INV-KJS-2026-0000011", "INV-KJS-2026-00001", "KJS-2026-000001", "000001", ""]
)
def test_what_is_not_its_number_does_not_find_it(words) -> None:
    assert pairs([line(words)], [bill(1)]) == []


def test_a_bill_is_found_by_the_end_of_the_reference_on_the_proof() -> None:
    waiting = [bill(1, endings=frozenset({"904512"})), bill(2)]
    assert pairs([line("QRIS 616312904512 ISSUER")], waiting) == [(1, "tagihan-1")]
    assert pairs([line("QRIS 9045121 x")], waiting) == []
    assert "904512" in propose([line("RRN 904512")], waiting)[0][0].reason


def test_the_digits_of_a_bill_number_are_no_reference() -> None:
    waiting = [bill(1), bill(2, endings=frozenset({"000001"}))]
    assert endings_in("INV-KJS-2026-000001") == set()
    assert pairs([line("INV-KJS-2026-000001")], waiting) == [(1, "tagihan-1")]


@pytest.mark.parametrize(("days", "found"), [(-2, 0), (-1, 1), (0, 1), (1, 1), (2, 0)])
def test_a_day_may_be_one_off(days, found) -> None:
    on = date(2026, 6, 12 + days)
    assert len(pairs([line("INV-KJS-2026-000001", on=on)], [bill(1)])) == found


@pytest.mark.parametrize("amount", [119_999, 120_001, 60_000, 240_000])
def test_the_amount_must_be_exact(amount) -> None:
    matches, hints = propose([line("INV-KJS-2026-000001", amount=amount)], [bill(1)])
    assert matches == []
    assert hints[0].bill.key == "tagihan-1"
    assert "tagihannya Rp120.000" in hints[0].reason


def test_a_line_that_names_two_bills_is_left_to_a_person() -> None:
    words = "INV-KJS-2026-000001 dan INV-KJS-2026-000002"
    assert pairs([line(words)], [bill(1), bill(2)]) == []
    assert pairs([line(words)], [bill(1)]) == []
    both = [bill(1), bill(2, endings=frozenset({"904512"}))]
    assert pairs([line("INV-KJS-2026-000001 RRN 904512")], both) == []


def test_a_bill_that_two_lines_could_pay_is_left_to_a_person() -> None:
    twice = [line("INV-KJS-2026-000001", key=1), line("inv kjs 2026 000001", key=2)]
    matches, hints = propose(twice, [bill(1)])
    assert matches == []
    assert [hint.line.key for hint in hints] == [1, 2]


def test_two_people_with_the_same_ending_are_left_to_a_person() -> None:
    waiting = [bill(n, endings=frozenset({"904512"})) for n in (1, 2)]
    assert pairs([line("RRN 904512")], waiting) == []


def test_money_booked_by_hand_is_found_by_the_reference_typed_then() -> None:
    booked = bill(1, key="catatan-9", words="TRF 778/Siti")
    assert pairs([line("BI-FAST TRF778 SITI CR")], [booked]) == [(1, "catatan-9")]
    assert pairs([line("BI-FAST TRF779 SITI CR")], [booked]) == []
    short = bill(2, key="catatan-8", words="BCA")
    assert pairs([line("BCA KE KADIN")], [short]) == []


def test_a_number_that_waits_for_nothing_is_said() -> None:
    _matches, hints = propose([line("INV-KJS-2026-000009")], [bill(1)])
    assert hints[0].reason == "INV-KJS-2026-000009 tidak menunggu pembayaran."


def test_each_proposal_explains_itself_in_one_sentence() -> None:
    matches, _hints = propose([line("INV-KJS-2026-000001")], [bill(1)])
    assert matches[0].reason == (
        "Rp120.000 pas, 12 Jun 2026 sesuai, dan nomor INV-KJS-2026-000001 ada di berita."
    )


def test_of_a_hundred_bills_and_97_lines_94_are_proposed_and_none_wrong() -> None:
    waiting = [bill(n) for n in range(1, 101)]
    lines = [
        line(
            f"TRSF {n * 7919:012} INV-KJS-2026-{n:06} USAHA {n}" if n <= 94 else f"SETOR {n}", key=n
        )
        for n in range(1, 98)
    ]
    matches, hints = propose(reversed(lines), waiting)
    assert {(m.line.key, m.bill.key) for m in matches} == {
        (n, f"tagihan-{n}") for n in range(1, 95)
    }
    assert {hint.line.key for hint in hints} == {95, 96, 97}


@given(st.text(max_size=80))
def test_no_words_break_it(words) -> None:
    matches, hints = propose([line(words)], [bill(1, endings=frozenset({"904512"}))])
    assert len(matches) + len(hints) == 1
    assert all(number.startswith("INV-KJS-") for number in numbers_in(words))
