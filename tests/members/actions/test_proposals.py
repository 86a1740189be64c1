"""Two people change what everybody pays: never one alone, never after seven days, never twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.actions.proposals import confirm_change, refuse_change, withdraw_change
from members.choices import ProposalKind, ProposalState
from members.models import BankAccount, ChangeProposal, DuesRate, DuesRules, QrisCode, User
from tests import make
from tests.members.two_people import changed, coming, proposed
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
