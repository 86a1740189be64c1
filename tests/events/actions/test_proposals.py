"""Partners propose an event without an account; staff make it a draft, or say why not."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.actions.proposals import (
    Draft,
    accept_proposal,
    drop_old_proposals,
    propose_event,
    refuse_proposal,
    withdraw_proposal,
)
from events.choices import EventKind, EventStatus, ProposalStatus
from events.models import Event, EventProposal
from members.models import Kecamatan
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib import mail as door
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.strangers import PAUSES, mail_letter

pytestmark = pytest.mark.django_db


def draft(**values) -> Draft:
    known = {
        "organiser": "Kelurahan Cipete",
        "contact_name": "Rina",
        "phone": "+6281200000009",
        "kind": EventKind.EXHIBITION,
        "name": "Pameran kopi",
        "venue": "Balai RW 05",
        "kecamatan": Kecamatan.objects.get(name="Cilandak"),
        "date": timezone.localdate() + timedelta(days=30),
        "opens_at": time(9),
        "closes_at": time(16),
    }
    return Draft(**{**known, **values})


def send(**values) -> EventProposal:
    return propose_event(draft(**values), by=None, via="web")


def test_the_same_proposal_sent_again_is_the_first(petugas) -> None:
    assert send() == send()
    assert send(name="Pameran teh") != send()
    assert AuditEntry.objects.filter(verb="proposal.sent").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_proposal() -> None:
    one = draft()

    assert all_at_once(lambda _n: propose_event(one, by=None, via="web"), range(4)) == ["done"] * 4
    assert EventProposal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_make_one_event(petugas) -> None:
    one = send()

    outcomes = all_at_once(lambda _n: accept_proposal(one, by=petugas, via="admin"), range(4))

    assert outcomes == ["done"] * 4
    assert Event.objects.count() == 1


def test_it_becomes_a_draft_with_its_day(petugas) -> None:
    proposal = send(opens_at=time(19), closes_at=time(1), description="Kopi Cipete.")
    for _press in range(2):
        proposal = accept_proposal(proposal, by=petugas, via="admin")

    event = Event.objects.get()
    assert (proposal.event, proposal.decided_by) == (event, petugas)
    assert (event.published, event.status) == (False, EventStatus.PLANNED)
    assert (event.organiser, event.venue) == ("Kelurahan Cipete", "Balai RW 05")
    assert event.days.get().goes_past_midnight


def test_a_refusal_says_why(petugas) -> None:
    proposal = send()
    with pytest.raises(ActionRefused, match="Tulis alasannya"):
        refuse_proposal(proposal, reason="", by=petugas, via="admin")
    for reason in ("Balai dipakai.", "Lain."):
        proposal = refuse_proposal(proposal, reason=reason, by=petugas, via="admin")

    assert proposal.reason == "Balai dipakai."
    assert not Event.objects.exists()


def test_what_is_decided_stays_decided(petugas) -> None:
    by = {"by": petugas, "via": "admin"}
    refused = refuse_proposal(send(), reason="Penuh.", **by)
    taken_back = withdraw_proposal(send(), by=None, via="tautan")
    withdraw_proposal(taken_back, by=None, via="tautan")
    accepted = accept_proposal(send(name="Lain"), **by)

    for do in (
        lambda: accept_proposal(refused, **by),
        lambda: accept_proposal(taken_back, **by),
        lambda: refuse_proposal(accepted, reason="Maaf.", **by),
        lambda: withdraw_proposal(accepted, by=None, via="tautan"),
    ):
        with pytest.raises(ActionRefused, match="Usulan ini sudah"):
            do()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": EventKind.JBL}, "Pilih pelatihan"),
        ({"kind": EventKind.MEETING}, "Pilih pelatihan"),
        ({"date": timezone.localdate()}, "mulai besok"),
        ({"date": timezone.localdate() + timedelta(days=366)}, "setahun"),
        ({"opens_at": time(16), "closes_at": time(9)}, "Jam selesai"),
    ],
)
def test_what_makes_no_sense_is_refused(values, words) -> None:
    with pytest.raises(ActionRefused, match=words):
        send(**values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "jbl"}, "event_proposal_kind_known"),
        ({"status": "accepted"}, "event_proposal_decided_iff_stamped"),
        ({"status": "refused", "decided_at": timezone.now()}, "event_proposal_refused_with_reason"),
        ({"phone": "0812"}, "event_proposal_phone_e164"),
        ({"closes_at": time(8)}, "event_proposal_closes_after_opening"),
    ],
)
def test_the_database_refuses_it_too(values, constraint) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make.proposal(**values)


def test_who_gave_an_address_is_told_each_step(petugas, settings) -> None:
    proposal = send(email="rina@example.id")
    refuse_proposal(proposal, reason="Balai dipakai.", by=petugas, via="admin")
    send(name="Tanpa alamat")

    subjects = [letter["args"][1] for letter in _queued()]
    assert subjects == [
        "Usulan kami terima: Pameran kopi",
        "Usulan belum bisa diterima: Pameran kopi",
    ]
    address, subject, body, message_id = _queued()[1]["args"]
    mail_letter.call(address, subject, body, message_id)
    assert mail.outbox[0].to == ["rina@example.id"]
    assert "Balai dipakai." in mail.outbox[0].body
    assert proposal.get_absolute_url() in mail.outbox[0].body


def test_a_mail_server_that_is_away_is_asked_again(monkeypatch) -> None:
    def away(**_letter: object) -> None:
        raise OSError("away")

    monkeypatch.setattr(door, "send", away)
    letter = ("rina@example.id", "Usulan", "Isi", "<a@b>")

    assert mail_letter.call(*letter) is False
    assert _queued()[0]["args"][4] == 1
    with pytest.raises(OSError, match="away"):
        mail_letter.call(*letter, len(PAUSES))


def test_names_and_numbers_go_after_a_year(petugas) -> None:
    today = timezone.localdate()
    make.proposal(date=today - timedelta(days=366))
    make.proposal(date=today - timedelta(days=365))

    assert drop_old_proposals(on=today) == 1
    assert EventProposal.objects.get().status == ProposalStatus.WAITING


def _queued() -> list[dict]:
    from django_tasks_db.models import DBTaskResult

    rows = DBTaskResult.objects.filter(task_path__endswith="mail_letter").order_by("enqueued_at")
    return [row.args_kwargs for row in rows]
