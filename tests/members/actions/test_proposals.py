"""Two people change what everybody pays: never one alone, never after seven days, never twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.actions.proposals import (
    confirm_change,
    propose_change,
    refuse_change,
    withdraw_change,
)
from members.choices import ProposalKind, ProposalState, RateSize, ValidityMode
from members.models import BankAccount, ChangeProposal, DuesRate, DuesRules, QrisCode, User
from tests import make
from tests.members.money import bill, member
from tests.members.two_people import STATIC_QRIS, changed, coming, content, proposed
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

pytestmark = pytest.mark.django_db
KINDS = list(ProposalKind)
ROWS = {
    ProposalKind.FEE: DuesRate,
    ProposalKind.RULES: DuesRules,
    ProposalKind.BANK: BankAccount,
    ProposalKind.QRIS: QrisCode,
}


def inbox(user: User) -> list[str]:
    return list(user.notices.order_by("-pk").values_list("purpose", flat=True))


@pytest.mark.parametrize("kind", KINDS)
def test_one_proposes_and_nothing_changes_until_another_confirms(
    bendahara, sekretariat, kind
) -> None:
    before = ROWS[kind].objects.count()
    proposal = proposed(kind, by=bendahara)
    assert ROWS[kind].objects.count() == before

    done = confirm_change(proposal, by=sekretariat, via="admin")

    assert ROWS[kind].objects.count() == before + 1
    assert done.status == ProposalState.CONFIRMED
    line = AuditEntry.objects.about(proposal).get(verb="change_proposal.confirmed")
    assert (line.by, line.data["old"], line.data["new"]) == (
        sekretariat,
        proposal.before,
        proposal.payload,
    )
    assert line.data["proposed_by"] == bendahara.pk


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


def test_the_others_are_asked_and_the_proposer_is_told(
    bendahara, sekretariat, admin, petugas, kurator
) -> None:
    proposal = proposed(ProposalKind.FEE, by=bendahara)
    for colleague in (sekretariat, admin):
        assert inbox(colleague) == ["change_proposed"]
    for nobody in (bendahara, petugas, kurator):
        assert inbox(nobody) == []

    confirm_change(proposal, by=sekretariat, via="admin")
    assert inbox(bendahara) == ["change_decided"]
    assert "Sekretariat" in bendahara.notices.get().body


def test_twice_is_once(bendahara, sekretariat) -> None:
    first = proposed(ProposalKind.BANK, by=bendahara)
    assert proposed(ProposalKind.BANK, by=bendahara) == first
    confirm_change(first, by=sekretariat, via="admin")
    confirm_change(first, by=sekretariat, via="admin")

    assert BankAccount.objects.filter(bank_name="Bank Contoh").count() == 1
    assert AuditEntry.objects.filter(verb="change_proposal.confirmed").count() == 1
    assert inbox(sekretariat) == ["change_proposed"]


@pytest.mark.parametrize("decide", [confirm_change, refuse_change])
def test_nobody_decides_his_own_a_superuser_neither(db, decide) -> None:
    chief = make.user("kepala", is_staff=True, is_superuser=True)
    proposal = proposed(ProposalKind.FEE, by=chief)

    with pytest.raises(ActionRefused, match="orang lain"):
        decide(
            proposal, by=chief, via="admin", **({"reason": "x"} if decide is refuse_change else {})
        )
    assert DuesRate.objects.count() == 1


def test_the_database_too_refuses_one_and_the_same(bendahara) -> None:
    proposal = proposed(ProposalKind.FEE, by=bendahara)
    with pytest.raises(IntegrityError, match="proposal_decided_by_another"), transaction.atomic():
        ChangeProposal.objects.filter(pk=proposal.pk).update(
            status=ProposalState.CONFIRMED, decided_by=bendahara, decided_at=timezone.now()
        )


def test_only_staff_of_kadin_and_the_admin_may(petugas, kurator, siti, bendahara) -> None:
    proposal = proposed(ProposalKind.FEE, by=bendahara)
    for other in (petugas, kurator, siti):
        with pytest.raises(ActionRefused, match="petugas Kadin"):
            proposed(ProposalKind.BANK, by=other)
        with pytest.raises(ActionRefused, match="petugas Kadin"):
            confirm_change(proposal, by=other, via="admin")


def test_a_right_taken_away_is_gone_at_once(bendahara, sekretariat) -> None:
    proposal = proposed(ProposalKind.FEE, by=bendahara)
    sekretariat.groups.clear()
    again = User.objects.get(pk=sekretariat.pk)

    with pytest.raises(ActionRefused, match="petugas Kadin"):
        confirm_change(proposal, by=again, via="admin")


def test_after_seven_days_it_is_too_late(bendahara, sekretariat) -> None:
    proposal = proposed(ProposalKind.RULES, by=bendahara, starts_on=coming(30))
    now = timezone.now()
    assert proposal.state(at=now + timedelta(days=6, hours=23)) == ProposalState.PROPOSED
    assert proposal.state(at=now + timedelta(days=7, minutes=1)) == ProposalState.EXPIRED

    with time_machine.travel(now + timedelta(days=7, minutes=1)):
        for decide in (
            lambda: confirm_change(proposal, by=sekretariat, via="admin"),
            lambda: refuse_change(proposal, reason="Tidak", by=sekretariat, via="admin"),
            lambda: withdraw_change(proposal, by=bendahara, via="admin"),
        ):
            with pytest.raises(ActionRefused, match="lewat waktu"):
                decide()
        assert not ChangeProposal.objects.waiting_for(sekretariat, at=timezone.now()).exists()
    assert ChangeProposal.objects.waiting_for(sekretariat, at=now).get() == proposal
    assert not ChangeProposal.objects.waiting_for(bendahara, at=now).exists()


def test_a_refusal_says_why_and_ends_it(bendahara, sekretariat, admin) -> None:
    proposal = proposed(ProposalKind.FEE, by=bendahara)
    with pytest.raises(ActionRefused, match="alasannya"):
        refuse_change(proposal, reason=" ", by=sekretariat, via="admin")

    refuse_change(proposal, reason="Belum dibahas rapat", by=sekretariat, via="admin")
    refuse_change(proposal, reason="Belum dibahas rapat", by=sekretariat, via="admin")

    assert "Belum dibahas rapat" in bendahara.notices.get(purpose="change_decided").body
    with pytest.raises(ActionRefused, match="sudah diputuskan: ditolak"):
        confirm_change(proposal, by=admin, via="admin")
    assert DuesRate.objects.count() == 1


def test_only_the_proposer_takes_it_back(bendahara, sekretariat) -> None:
    proposal = proposed(ProposalKind.FEE, by=bendahara)
    with pytest.raises(ActionRefused, match="Hanya pengusul"):
        withdraw_change(proposal, by=sekretariat, via="admin")

    withdraw_change(proposal, by=bendahara, via="admin")
    withdraw_change(proposal, by=bendahara, via="admin")

    proposal.refresh_from_db()
    assert (proposal.status, proposal.decided_by) == (ProposalState.WITHDRAWN, None)
    with pytest.raises(ActionRefused, match="ditarik kembali"):
        confirm_change(proposal, by=sekretariat, via="admin")


def test_what_was_seen_is_what_is_confirmed(bendahara, sekretariat, admin) -> None:
    mine = proposed(ProposalKind.BANK, by=bendahara)
    changed(ProposalKind.BANK, by=sekretariat, and_by=admin, number="999-00-11111-1")

    with pytest.raises(ActionRefused, match="sudah berubah"):
        confirm_change(mine, by=sekretariat, via="admin")


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


# --- two at once ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_write_one_row(bendahara, sekretariat, admin) -> None:
    proposal = proposed(ProposalKind.QRIS, by=bendahara)
    outcomes = all_at_once(
        lambda user: confirm_change(proposal, by=user, via="admin"), [sekretariat, admin]
    )

    assert outcomes == ["done", "refused"]
    assert QrisCode.objects.count() == 1
    assert AuditEntry.objects.filter(verb="change_proposal.confirmed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_proposals_for_one_day_confirmed_at_once_become_one(
    bendahara, sekretariat, admin
) -> None:
    ours = [
        proposed(ProposalKind.FEE, by=bendahara, amount=amount) for amount in (130_000, 140_000)
    ]
    outcomes = all_at_once(lambda it: confirm_change(it, by=sekretariat, via="admin"), ours)

    assert outcomes == ["done", "refused"]
    assert DuesRate.objects.filter(starts_on=coming()).count() == 1


@pytest.mark.django_db(transaction=True)
def test_confirming_against_refusing_has_one_winner(bendahara, sekretariat, admin) -> None:
    proposal = proposed(ProposalKind.BANK, by=bendahara)
    outcomes = all_at_once(
        lambda do: do(),
        [
            lambda: confirm_change(proposal, by=sekretariat, via="admin"),
            lambda: refuse_change(proposal, reason="Salah", by=admin, via="admin"),
        ],
    )

    proposal.refresh_from_db()
    assert outcomes == ["done", "refused"]
    won = proposal.status == ProposalState.CONFIRMED
    assert BankAccount.objects.filter(bank_name="Bank Contoh").exists() is won


@pytest.mark.django_db(transaction=True)
def test_a_double_click_proposes_once(bendahara) -> None:
    outcomes = all_at_once(lambda _n: proposed(ProposalKind.FEE, by=bendahara), range(3))

    assert outcomes == ["done", "done", "done"]
    assert ChangeProposal.objects.count() == 1
