"""The officer's side of an application."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from members.actions.documents import delete_expired_documents, note_viewed
from members.actions.profile import PublicDetails, change_public_details
from members.actions.verification import (
    reject_business,
    return_for_repair,
    verify_business,
    view_nik,
)
from members.choices import ApplicationStatus, Role
from members.models import Business, Document, JakpreneurMembership
from tests import make
from tests.members import apply
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice


def test_approval_enters_the_programme_and_tells_the_owner(siti, petugas) -> None:
    business = verify_business(apply.sent(siti), by=petugas, via="admin")

    assert business.status == ApplicationStatus.APPROVED
    assert business.decided_by == petugas
    assert JakpreneurMembership.objects.get().business == business
    assert JakpreneurMembership.objects.get().joined_on == timezone.localdate()
    notice = Notice.objects.get(purpose="application_approved")
    assert notice.recipient_id == siti.pk
    assert business.number in notice.body


def test_approving_twice_is_once(siti, petugas) -> None:
    business = apply.sent(siti)
    verify_business(business, by=petugas, via="admin")
    verify_business(business, by=petugas, via="admin")

    assert AuditEntry.objects.filter(verb="business.approved").count() == 1
    assert Notice.objects.filter(purpose="application_approved").count() == 1


def test_the_trail_says_from_what_to_what_and_who(siti, petugas) -> None:
    business = apply.sent(siti)
    reject_business(business, reason="Di luar wilayah", by=petugas, via="admin")

    line = AuditEntry.objects.get(verb="business.rejected")
    assert line.by_id == petugas.pk
    assert line.data == {"old": "submitted", "new": "rejected", "reason": "Di luar wilayah"}


def test_the_owner_reads_what_to_repair(siti, petugas) -> None:
    business = apply.sent(siti, name="Siti's & Anak")
    return_for_repair(
        business, fields=["nik", "street"], reason="Foto buram <b>", by=petugas, via="admin"
    )

    notice = Notice.objects.get(purpose="application_needs_repair")
    assert notice.subject == "Perlu dilengkapi: 2 hal"
    assert "- NIK\n- Jalan dan nomor" in notice.body
    assert "Foto buram <b>" in notice.body
    assert "Siti's & Anak" in notice.body
    assert notice.link == "/daftar/pemilik/"


def test_the_same_request_for_repair_twice_is_once(siti, petugas) -> None:
    business = apply.sent(siti)
    for _press in range(2):
        return_for_repair(business, fields=["nib"], reason="Cek", by=petugas, via="admin")

    assert Notice.objects.filter(purpose="application_needs_repair").count() == 1


@pytest.mark.parametrize("fields", [[], ["status"], ["is_staff", "owner", "number"]])
def test_repair_needs_a_field_an_owner_may_write(siti, petugas, fields) -> None:
    business = apply.sent(siti)

    with pytest.raises(ActionRefused, match="Pilih paling sedikit satu"):
        return_for_repair(business, fields=fields, reason="Cek", by=petugas, via="admin")


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_a_refusal_needs_a_reason(siti, petugas, reason) -> None:
    business = apply.sent(siti)

    with pytest.raises(ActionRefused, match="Tulis alasannya"):
        reject_business(business, reason=reason, by=petugas, via="admin")
    with pytest.raises(ActionRefused, match="Tulis alasannya"):
        return_for_repair(business, fields=["nib"], reason=reason, by=petugas, via="admin")


def test_the_refused_owner_learns_why_and_how_to_object(siti, petugas) -> None:
    reject_business(apply.sent(siti), reason="Di luar wilayah", by=petugas, via="admin")

    body = Notice.objects.get(purpose="application_refused").body
    assert "Di luar wilayah" in body
    assert "Keberatan?" in body
    assert "/kontak/" in body


def test_a_decided_application_is_not_decided_again(siti, petugas) -> None:
    business = apply.sent(siti)
    verify_business(business, by=petugas, via="admin")

    for decide in (
        lambda: reject_business(business, reason="Tidak", by=petugas, via="admin"),
        lambda: return_for_repair(business, fields=["nib"], reason="C", by=petugas, via="admin"),
    ):
        with pytest.raises(ActionRefused, match="baru saja diubah petugas lain"):
            decide()


def test_a_draft_is_not_approved(siti, petugas) -> None:
    with pytest.raises(ActionRefused):
        verify_business(apply.draft(siti), by=petugas, via="admin")


def test_an_officer_does_not_decide_about_himself(petugas) -> None:
    business = apply.sent(petugas)

    with pytest.raises(ActionRefused, match="usaha sendiri"):
        verify_business(business, by=petugas, via="admin")


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_end_in_one_decision(siti, petugas) -> None:
    colleague = make.staff("rekan", Role.PETUGAS)
    business = apply.sent(siti)

    outcomes = all_at_once(
        lambda do: do(),
        [
            lambda: verify_business(business, by=petugas, via="admin"),
            lambda: reject_business(business, reason="Tidak", by=colleague, via="admin"),
        ],
    )

    assert outcomes == ["done", "refused"]
    status = Business.objects.get().status
    decisions = AuditEntry.objects.filter(verb__in=["business.approved", "business.rejected"])
    assert [line.verb for line in decisions] == [f"business.{status}"]
    told = Notice.objects.exclude(purpose__in=["application_sent", "consent_given"]).values_list(
        "purpose", flat=True
    )
    assert list(told) == ["application_approved" if status == "approved" else "application_refused"]
    assert JakpreneurMembership.objects.exists() == (status == "approved")


@pytest.mark.django_db(transaction=True)
def test_five_approvals_at_once_are_one(siti, petugas) -> None:
    business = apply.sent(siti)

    outcomes = all_at_once(lambda n: verify_business(business, by=petugas, via="admin"), range(5))

    assert outcomes == ["done"] * 5
    assert JakpreneurMembership.objects.count() == 1
    assert AuditEntry.objects.filter(verb="business.approved").count() == 1


def test_the_scan_goes_thirty_days_after_the_decision(
    siti, petugas, django_capture_on_commit_callbacks
) -> None:
    business = verify_business(apply.sent(siti, ktp=apply.picture()), by=petugas, via="admin")
    scan = Document.objects.get().file
    day = timezone.localdate() + timedelta(days=30)
    assert Document.objects.get().delete_after == day

    assert delete_expired_documents(on=day, by=None, via="jadwal") == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_expired_documents(on=day + timedelta(days=1), by=None, via="jadwal") == 1

    assert not Document.objects.exists()
    assert not scan.storage.exists(scan.name)
    assert AuditEntry.objects.get(verb="document.expired").data["business"] == business.pk
    assert delete_expired_documents(on=day + timedelta(days=1), by=None, via="jadwal") == 0


def test_the_minute_tick_deletes_what_is_due(siti) -> None:
    apply.draft(siti, ktp=apply.picture())
    Document.objects.update(delete_after=timezone.localdate() - timedelta(days=1))

    call_command("tick")

    assert not Document.objects.exists()


def test_the_command_says_what_it_deleted(siti, capsys) -> None:
    apply.draft(siti, ktp=apply.picture())
    Document.objects.update(delete_after=timezone.localdate() - timedelta(days=1))

    call_command("purge_documents")

    assert "1 berkas" in capsys.readouterr().out


def test_opening_a_scan_is_written_down(siti, petugas) -> None:
    apply.draft(siti, ktp=apply.picture())
    note_viewed(Document.objects.get(), by=petugas, via="admin")

    assert AuditEntry.objects.get(verb="document.viewed").by_id == petugas.pk


def test_a_nik_is_opened_with_a_reason_that_stays(siti, petugas) -> None:
    business = apply.sent(siti)

    digits = view_nik(business, reason="Cocokkan dengan KTP", by=petugas, via="admin")

    assert digits == make.NIK_SITI
    line = AuditEntry.objects.get(verb="nik.viewed")
    assert (line.by_id, line.data) == (petugas.pk, {"reason": "Cocokkan dengan KTP"})


@pytest.mark.parametrize("reason", ["", "  ", "cek"])
def test_a_nik_stays_shut_without_a_reason(siti, petugas, reason) -> None:
    business = apply.sent(siti)

    with pytest.raises(ActionRefused):
        view_nik(business, reason=reason, by=petugas, via="admin")

    assert not AuditEntry.objects.filter(verb="nik.viewed").exists()


def test_shoppers_see_the_address_only_when_the_owner_says_so(siti, batik) -> None:
    change_public_details(batik, details=PublicDetails(show_address=True), by=siti, via="web")
    change_public_details(batik, details=PublicDetails(show_address=True), by=siti, via="web")

    batik.refresh_from_db()
    assert batik.show_address
    assert AuditEntry.objects.filter(verb="business.details_changed").count() == 1


def test_the_switches_open_only_with_approval(siti) -> None:
    business = apply.sent(siti)

    with pytest.raises(ActionRefused):
        change_public_details(
            business, details=PublicDetails(show_address=True), by=siti, via="web"
        )
