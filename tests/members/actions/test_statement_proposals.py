"""Which line is proposed for which bill: sure ones only, and never twice."""

from __future__ import annotations

import pytest

from members.actions.dues import submit_proof
from members.models import DuesInvoice, DuesPayment, StatementLine
from members.reports.statement import proposals_of
from tests.members import bank
from tests.members.bank import book
from tests.members.money import pay, picture

pytestmark = pytest.mark.django_db


def test_of_100_bills_and_97_lines_94_are_proposed_none_wrong_and_again_nothing(
    siti, sekretariat, bendahara
) -> None:
    bills = bank.bills(100, owner=siti, by=sekretariat)
    rows = [
        bank.row(bank.today(), f"BI-FAST CR {bill.number.replace('-', ' ')} {n}")
        for n, bill in enumerate(bills[:94])
    ]
    rows += [bank.row(bank.today(), f"SETORAN {n}") for n in range(3)]
    statement = bank.read(rows, by=bendahara)

    matches, hints = proposals_of(statement)
    assert (len(matches), len(hints)) == (94, 3)
    for match in matches:
        words = match.bill.number.replace("-", " ")
        assert words in match.line.description
        book(StatementLine.objects.get(pk=match.line.key), _bill(match.bill.key), bendahara)
    assert DuesPayment.objects.total() == 94 * 120_000

    again = bank.kept(rows, by=bendahara, name="sekali-lagi.csv")
    bank.told(again, by=bendahara)
    longer = bank.read([*rows, bank.row(bank.today(), "SETORAN baru")], by=bendahara)
    assert StatementLine.objects.count() == 98
    assert (longer.added, longer.known) == (1, 97)
    assert proposals_of(longer)[0] == []
    assert DuesPayment.objects.count() == 94


def _bill(key: str) -> DuesInvoice:
    return DuesInvoice.objects.get(pk=key.removeprefix("tagihan-"))


def test_a_proof_with_its_reference_finds_its_line(invoice, siti, bendahara) -> None:
    submit_proof(invoice, picture(), reference_end="904512", by=siti, via="web")
    rows = [
        bank.row(bank.today(-1), "QRIS 616312904512"),
        bank.row(bank.today(-1), "QRIS 616312904513"),
    ]
    matches, _hints = proposals_of(bank.read(rows, by=bendahara))
    assert [match.line.description for match in matches] == ["QRIS 616312904512"]


def test_money_booked_by_hand_is_proposed_to_be_tied(invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara, reference="TRF 778 SITI")
    statement = bank.read([bank.row(bank.today(), "BI-FAST TRF 778 SITI")], by=bendahara)
    matches, _hints = proposals_of(statement)
    assert [match.bill.key for match in matches] == [f"catatan-{payment.pk}"]


@pytest.mark.parametrize("count", [1, 3])
def test_proposals_cost_the_same_for_one_and_three(
    count, siti, sekretariat, bendahara, django_assert_num_queries
) -> None:
    bills = bank.bills(count, owner=siti, by=sekretariat)
    rows = [bank.row(bank.today(), bill.number) for bill in bills]
    statement = bank.read(rows, by=bendahara)
    with django_assert_num_queries(4):
        assert len(proposals_of(statement)[0]) == count
