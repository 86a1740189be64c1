"""What a proposal says: no nonsense, what it becomes, and the bills that follow from it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from members.actions.proposals import confirm_change, propose_change
from members.choices import ProposalKind, RateSize, ValidityMode
from members.models import BankAccount, DuesRate, DuesRules, QrisCode
from tests import make
from tests.members.money import bill, member
from tests.members.two_people import STATIC_QRIS, changed, coming, content, proposed
from umkm_portal.lib.errors import ActionRefused

pytestmark = pytest.mark.django_db


def test_each_kind_becomes_its_row(bendahara, sekretariat) -> None:
    two = {"by": bendahara, "and_by": sekretariat}
    changed(ProposalKind.FEE, size=RateSize.KECIL, joining_fee=250_000, **two)
    changed(ProposalKind.RULES, **two)
    changed(ProposalKind.BANK, **two)
    changed(ProposalKind.QRIS, **two)

    rate = DuesRate.objects.in_force(on=coming(), size="kecil")
    assert (rate.amount, rate.joining_fee) == (150_000, 250_000)
    assert DuesRate.objects.in_force(on=coming(), size="mikro").amount == 120_000
    assert DuesRate.objects.in_force(on=timezone.localdate(), size="kecil").amount == 120_000
    rules = DuesRules.objects.in_force(on=coming())
    assert (rules.mode, rules.grace_days, rules.window_days) == (ValidityMode.CALENDAR, 14, 45)
    assert DuesRules.objects.in_force(on=timezone.localdate()).mode == ValidityMode.ROLLING
    account = BankAccount.objects.in_force(at=timezone.now())
    assert account
    assert (account.bank_name, account.number) == ("Bank Contoh", "123-45-67890-1")
    code = QrisCode.objects.in_force(at=timezone.now())
    assert code
    assert (code.payload, code.merchant_name, code.nmid) == (
        STATIC_QRIS,
        "DAPUR MPOK CONTOH",
        "ID1099900000017",
    )


def test_a_day_that_has_come_meanwhile_is_too_late(bendahara, sekretariat) -> None:
    proposal = proposed(ProposalKind.FEE, by=bendahara)
    with (
        time_machine.travel(timezone.now() + timedelta(days=2)),
        pytest.raises(ActionRefused, match="paling cepat besok"),
    ):
        confirm_change(proposal, by=sekretariat, via="admin")


@pytest.mark.parametrize(
    ("kind", "wrong", "sentence"),
    [
        (ProposalKind.FEE, {"amount": 0}, "paling sedikit Rp1"),
        (ProposalKind.FEE, {"joining_fee": -1}, "paling sedikit Rp1"),
        (ProposalKind.FEE, {"size": "raksasa"}, "ukuran usaha"),
        (ProposalKind.FEE, {"starts_on": coming(0)}, "paling cepat besok"),
        (ProposalKind.RULES, {"grace_days": 181}, "antara 0 dan 180"),
        (ProposalKind.RULES, {"window_days": -1}, "antara 0 dan 180"),
        (ProposalKind.RULES, {"mode": "selamanya"}, "masa berlaku"),
        (ProposalKind.RULES, {"starts_on": coming(0)}, "paling cepat besok"),
        (ProposalKind.BANK, {"number": "rekening saya"}, "nomor rekening"),
        (ProposalKind.BANK, {"holder": " "}, "nama"),
        (ProposalKind.QRIS, {"payload": STATIC_QRIS[:-4] + "0000"}, "CRC"),
        (ProposalKind.QRIS, {"payload": STATIC_QRIS[6:]}, "00"),
        (ProposalKind.QRIS, {"payload": ""}, "00"),
    ],
)
def test_nonsense_is_not_even_proposed(bendahara, kind, wrong, sentence) -> None:
    with pytest.raises(ActionRefused, match=sentence):
        proposed(kind, by=bendahara, **wrong)


def test_a_reason_is_needed(bendahara) -> None:
    with pytest.raises(ActionRefused, match="alasannya"):
        propose_change(
            ProposalKind.FEE,
            payload=content(ProposalKind.FEE),
            reason=" ",
            by=bendahara,
            via="admin",
        )


@pytest.mark.parametrize("kind", [ProposalKind.BANK, ProposalKind.QRIS])
def test_what_is_in_force_is_not_proposed_again(bendahara, sekretariat, kind) -> None:
    changed(kind, by=bendahara, and_by=sekretariat)
    with pytest.raises(ActionRefused, match="sudah dipakai sekarang"):
        proposed(kind, by=sekretariat)


def test_old_bills_keep_their_amount_and_new_ones_take_the_rate_of_their_size(
    siti, budi, bendahara, sekretariat
) -> None:
    old = member(make.business(siti, yearly_sales=3_000_000_000), by=sekretariat).invoices.get()
    two = {"by": bendahara, "and_by": sekretariat}
    changed(ProposalKind.FEE, size="kecil", amount=300_000, joining_fee=250_000, **two)
    changed(ProposalKind.FEE, size="mikro", amount=100_000, joining_fee=20_000, **two)

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        small = make.business(siti, name="Batik Kecil", yearly_sales=3_000_000_000)
        unknown = make.business(budi, name="Kue Budi")
        bills = [member(business, by=sekretariat).invoices.get() for business in (small, unknown)]

    old.refresh_from_db()
    assert (old.amount, old.joining_fee) == (120_000, 0)
    assert [(i.amount, i.dues_amount, i.joining_fee) for i in bills] == [
        (550_000, 300_000, 250_000),
        (120_000, 100_000, 20_000),
    ]


def test_the_joining_fee_is_charged_once_in_a_members_life(batik, bendahara, sekretariat) -> None:
    changed(ProposalKind.FEE, by=bendahara, and_by=sekretariat, amount=100_000, joining_fee=20_000)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        membership = member(batik, by=sekretariat)
        first = membership.invoices.get()
        first.status = "void"
        first.save(update_fields=["status"])
        again = bill(membership)
        again.status = "waived"
        again.save(update_fields=["status"])
        third = bill(membership)

    assert [(i.amount, i.joining_fee) for i in (first, again, third)] == [
        (120_000, 20_000),
        (120_000, 20_000),
        (100_000, 0),
    ]
