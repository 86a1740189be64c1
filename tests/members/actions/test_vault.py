"""Licences: sent, checked, replaced, and told about before they end."""

from __future__ import annotations

import datetime
from datetime import date

import pytest
import time_machine
from django.utils import timezone

from members.actions.document_reminders import remind_of_expiring_documents
from members.actions.documents import delete_expired_documents, keep_ktp
from members.actions.vault import (
    Licence,
    begin_check,
    refuse_document,
    upload_document,
    verify_document,
)
from members.choices import ApplicationStatus, DocumentKind, DocumentState, DocumentStatus, Role
from members.models import Business, Document, User
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.4 " + b"a" * 60
PIRT = "2063171010123-29"
END = date(2029, 12, 31)


def send(business: Business, *, content: bytes = SCAN, end: date | None = END, **facts) -> Document:
    licence = Licence(
        facts.pop("kind", DocumentKind.PIRT), facts.pop("number", PIRT), expires_on=end
    )
    return upload_document(
        business, licence=licence, content=content, by=business.owner, via="web", **facts
    )


def verify(document: Document, *, by: User, end: date | None = END) -> Document:
    return verify_document(document, expires_on=end, by=by, via="admin")


def test_siti_sends_a_licence_and_an_officer_finds_it_good(batik, siti, petugas) -> None:
    document = send(batik)
    assert document.state(on=timezone.localdate()) == DocumentState.UPLOADED
    assert not Document.objects.valid(on=END).exists()

    begin_check(document, by=petugas, via="admin")
    document.refresh_from_db()
    assert document.state(on=timezone.localdate()) == DocumentState.CHECKING
    verify(document, by=petugas)

    assert list(Document.objects.valid(on=END)) == [document]
    assert not Document.objects.valid(on=END + datetime.timedelta(1)).exists()
    assert "sah" in siti.notices.get(purpose="document_verified").body
    verbs = AuditEntry.objects.filter(verb__startswith="document.").values_list("verb", flat=True)
    assert sorted(verbs) == ["document.check_begun", "document.uploaded", "document.verified"]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (END - datetime.timedelta(61), DocumentState.VALID),
        (END - datetime.timedelta(60), DocumentState.SOON),
        (END, DocumentState.SOON),
        (END + datetime.timedelta(1), DocumentState.EXPIRED),
    ],
)
def test_its_state_follows_the_calendar(batik, petugas, day, state) -> None:
    document = verify(send(batik), by=petugas)

    assert document.state(on=day) == state
    assert Document.objects.valid(on=day).exists() is (state != DocumentState.EXPIRED)


def test_a_licence_without_end_stays_good(batik, petugas) -> None:
    sent = send(batik, kind=DocumentKind.NIB, number="1234567890123", end=None)
    document = verify(sent, by=petugas, end=None)

    assert Document.objects.valid(on=date(2099, 1, 1)).exists()
    assert document.state(on=date(2099, 1, 1)) == DocumentState.VALID


def test_pressing_twice_is_once(batik, siti, petugas) -> None:
    assert send(batik) == send(batik)
    document = Document.objects.get()
    assert verify(document, by=petugas) == verify(document, by=petugas)
    assert siti.notices.filter(purpose="document_verified").count() == 1


def test_a_new_one_keeps_the_old_good_until_it_is_verified_itself(batik, petugas) -> None:
    old = verify(send(batik), by=petugas)

    new = send(batik, content=SCAN + b"2", end=date(2030, 6, 1))
    assert list(Document.objects.valid(on=timezone.localdate())) == [old]
    verify(new, by=petugas, end=date(2030, 6, 1))

    assert list(Document.objects.valid(on=timezone.localdate())) == [new]
    old.refresh_from_db()
    assert old.replaced_at


def test_a_refused_one_says_why_and_gives_way_to_the_next(batik, siti, petugas) -> None:
    bad = refuse_document(send(batik), reason="Nomor buram", by=petugas, via="admin")
    refuse_document(bad, reason="Nomor buram", by=petugas, via="admin")
    assert "Nomor buram" in siti.notices.get(purpose="document_refused").body

    send(batik, content=SCAN + b"2")

    bad.refresh_from_db()
    assert bad.replaced_at
    assert Document.objects.waiting().count() == 1


def test_what_an_officer_may_not_decide(batik, siti, petugas) -> None:
    document = send(batik)
    with pytest.raises(ActionRefused, match="petugas lain"):
        verify(document, by=siti)
    with pytest.raises(ActionRefused, match="Tulis alasannya"):
        refuse_document(document, reason=" ", by=petugas, via="admin")
    with pytest.raises(ActionRefused, match="sudah lewat"):
        verify(document, by=petugas, end=date(2020, 1, 1))
    verify(document, by=petugas)
    with pytest.raises(ActionRefused, match="sudah diputuskan: Sah"):
        refuse_document(document, reason="Salah", by=petugas, via="admin")
    unnumbered = send(batik, kind=DocumentKind.HALAL, number="", end=None)
    with pytest.raises(ActionRefused, match="Nomornya belum ada"):
        verify(unnumbered, by=petugas, end=None)
    ktp = keep_ktp(batik, content=SCAN, by=siti, via="web")
    with pytest.raises(ActionRefused, match="bersama pendaftaran"):
        verify(ktp, by=petugas)


def test_an_overtaken_upload_is_not_decided_any_more(batik, petugas) -> None:
    first = send(batik)
    send(batik, content=SCAN + b"2")

    with pytest.raises(ActionRefused, match="lebih baru"):
        verify(first, by=petugas)


def test_what_cannot_be_sent(batik, settings) -> None:
    with pytest.raises(ActionRefused, match="bersama pendaftaran"):
        send(batik, kind=DocumentKind.KTP)
    with pytest.raises(ActionRefused, match="sudah lewat"):
        send(batik, end=date(2020, 1, 1))
    settings.MEMBER_PRIVATE_BYTES = 10
    with pytest.raises(ActionRefused, match="penuh"):
        send(batik)
    Business.objects.update(status=ApplicationStatus.DRAFT)
    with pytest.raises(ActionRefused, match="Kirim dulu"):
        send(batik)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_keep_one(batik) -> None:
    assert all_at_once(lambda _n: send(batik), range(2)) == ["done", "done"]
    assert Document.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_verified_or_refused_but_never_both(batik, petugas) -> None:
    document = send(batik)
    other = make.staff("petugas2", Role.PETUGAS)

    outcomes = all_at_once(
        lambda decide: decide(),
        [
            lambda: verify(document, by=petugas),
            lambda: refuse_document(document, reason="Buram", by=other, via="admin"),
        ],
    )

    assert outcomes == ["done", "refused"]
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("left", "letters"), [(61, 0), (60, 1), (15, 1), (14, 1), (0, 1), (-1, 1), (-7, 1), (-8, 0)]
)
def test_letters_come_once_each_before_and_after_the_end(
    batik, siti, petugas, left, letters
) -> None:
    verify(send(batik), by=petugas)
    day = END - datetime.timedelta(left)

    assert remind_of_expiring_documents(on=day, by=None, via="jadwal") == letters
    assert remind_of_expiring_documents(on=day, by=None, via="jadwal") == 0
    assert siti.notices.filter(purpose="document_expiring").count() == letters


def test_three_letters_in_all_and_none_about_a_replaced_one(batik, siti, petugas) -> None:
    old = verify(send(batik), by=petugas)
    for left in range(70, -9, -1):
        remind_of_expiring_documents(on=END - datetime.timedelta(left), by=None, via="jadwal")
    subjects = siti.notices.filter(purpose="document_expiring").values_list("subject", flat=True)
    assert sorted(subjects) == [
        "P-IRT akan berakhir",
        "P-IRT akan berakhir",
        "P-IRT sudah berakhir",
    ]

    Document.objects.filter(pk=old.pk).update(replaced_at=timezone.now())
    Notice.objects.all().delete()
    assert remind_of_expiring_documents(on=END, by=None, via="jadwal") == 0


def test_only_the_ktp_goes_with_the_decision(batik, siti) -> None:
    keep_ktp(batik, content=SCAN, by=siti, via="web")
    send(batik)
    Document.objects.filter(kind="ktp").update(delete_after=date(2026, 1, 1))

    assert delete_expired_documents(on=timezone.localdate(), by=None, via="jadwal") == 1
    assert Document.objects.get().kind == DocumentKind.PIRT


@pytest.mark.parametrize("status", [ApplicationStatus.DRAFT, ApplicationStatus.CANCELLED])
def test_scans_of_an_application_never_sent_go_after_90_days(batik, siti, status) -> None:
    keep_ktp(batik, content=SCAN, by=siti, via="web")
    Business.objects.update(status=status)
    today = timezone.localdate()

    assert delete_expired_documents(on=today + datetime.timedelta(90), by=None, via="jadwal") == 0
    assert delete_expired_documents(on=today + datetime.timedelta(91), by=None, via="jadwal") == 1


def test_another_photo_of_the_ktp_begins_its_90_days_again(batik, siti) -> None:
    keep_ktp(batik, content=SCAN, by=siti, via="web")
    with time_machine.travel(timezone.now() + datetime.timedelta(50), tick=False):
        assert keep_ktp(batik, content=SCAN, by=siti, via="web").uploaded_at == timezone.now()
    assert DocumentStatus.VERIFIED not in Document.objects.values_list("status", flat=True)
