"""Seven steps as flags: shown by evidence, fallen without it, in no order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.actions.erasure import erase_person
from members.actions.programme import change_stage, record_evidence, remove_evidence
from members.actions.verification import verify_business
from members.choices import ApplicationStatus, DocumentStatus, EvidenceKind
from members.models import Business, JakpreneurMembership, Office, ProgrammeStage, StageEvidence
from members.reports.programme import Step, distribution_for, next_of, steps_of
from members.reports.programme_data import sections_of
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def evidence(business: Business, stage: str = "P2", **changes) -> StageEvidence:
    return record_evidence(
        business,
        stage,
        **{
            "kind": EvidenceKind.TRAINING,
            "source": "training:12",
            "on": TODAY,
            "label": "Pelatihan kemasan",
            "by": None,
            "via": "admin",
            **changes,
        },
    )


def steps(business: Business) -> dict[str, Step]:
    """By code; and the question to the database agrees about every one of them."""
    today = timezone.localdate()
    found = {step.stage.code: step for step in steps_of(business, on=today)}
    for step in found.values():
        asked = Business.objects.filter(step.stage.reached(on=today), pk=business.pk).exists()
        assert asked is step.is_reached, step.stage.code
    return found


def licence(business: Business, kind: str = "nib", **values) -> None:
    business.documents.create(
        **{
            "kind": kind,
            "file": "berkas/ada.pdf",
            "size": 9,
            "uploaded_by": business.owner,
            "status": DocumentStatus.VERIFIED,
            "decided_at": timezone.now(),
            **values,
        }
    )


def test_approval_is_the_first_step(siti, petugas) -> None:
    business = make.business(siti, status=ApplicationStatus.SUBMITTED, decided_at=None)
    assert not steps(business)["P1"].is_reached

    verify_business(business, by=petugas, via="admin")

    assert steps(business)["P1"].since == timezone.localdate()
    assert not any(step.is_reached for code, step in steps(business).items() if code != "P1")


def test_a_training_is_the_second_step_with_day_and_office(batik, petugas) -> None:
    office = Office.objects.get(short_name="PPKUKM")
    evidence(batik, office=office, by=petugas)

    step = steps(batik)["P2"]
    assert (step.since, step.office, step.shown_by.label) == (TODAY, "PPKUKM", "Pelatihan kemasan")
    line = AuditEntry.objects.get(verb="programme_evidence.recorded")
    assert (line.by, line.data["stage"]) == (petugas, "P2")


def test_the_same_thing_counts_once(batik) -> None:
    assert evidence(batik) == evidence(batik)
    assert StageEvidence.objects.count() == 1


def test_what_is_taken_back_makes_the_step_fall_and_says_why(batik, petugas) -> None:
    row = evidence(batik)
    with pytest.raises(ActionRefused, match="alasannya"):
        remove_evidence(row, reason=" ", by=petugas, via="admin")
    for _again in range(2):
        remove_evidence(row, reason="Salah orang di daftar hadir.", by=petugas, via="admin")

    step = steps(batik)["P2"]
    assert not step.is_reached
    assert step.fallen_because == "Salah orang di daftar hadir."
    assert AuditEntry.objects.filter(verb="programme_evidence.removed").count() == 1
    evidence(batik)
    assert steps(batik)["P2"].is_reached


def test_a_second_evidence_keeps_the_step(batik, petugas) -> None:
    row = evidence(batik, on=TODAY - timedelta(days=30))
    evidence(batik, source="training:13")
    assert steps(batik)["P2"].since == TODAY - timedelta(days=30)

    remove_evidence(row, reason="Salah.", by=petugas, via="admin")
    assert steps(batik)["P2"].since == TODAY


@pytest.mark.parametrize("kind", ["nib", "pirt", "halal"])
def test_a_verified_licence_is_the_fourth_step_as_long_as_it_holds(batik, kind) -> None:
    licence(batik, kind, expires_on=timezone.localdate())
    assert steps(batik)["P4"].is_reached

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        step = steps(batik)["P4"]
        assert not step.is_reached
        assert "berakhir" in step.fallen_because


def test_other_papers_and_unchecked_ones_show_nothing(batik) -> None:
    licence(batik, "merek")
    licence(batik, "nib", status=DocumentStatus.UPLOADED, decided_at=None)
    assert not steps(batik)["P4"].is_reached


def test_three_months_of_reports_are_needed_or_an_officers_word(batik, petugas) -> None:
    for month in (7, 8):
        evidence(
            batik,
            "P6",
            kind=EvidenceKind.SALES_REPORT,
            source=f"sales:2026-{month}",
            on=date(2026, month, 28),
        )
    assert steps(batik)["P6"].progress == "2 dari 3 bukti"
    third = evidence(
        batik, "P6", kind=EvidenceKind.SALES_REPORT, source="sales:2026-9", on=date(2026, 9, 30)
    )
    assert steps(batik)["P6"].since == date(2026, 9, 30)

    remove_evidence(third, reason="Ganda.", by=petugas, via="admin")
    assert not steps(batik)["P6"].is_reached
    evidence(batik, "P6", kind=EvidenceKind.STAFF, source="petugas:1", by=petugas)
    assert steps(batik)["P6"].is_reached


@pytest.mark.parametrize(
    ("stage", "kind"),
    [("P5", EvidenceKind.MARKET), ("P7", EvidenceKind.REFERRAL), ("P3", EvidenceKind.MENTORING)],
)
def test_each_kind_shows_its_step_and_no_other(batik, stage, kind) -> None:
    evidence(batik, stage, kind=kind)
    assert {code for code, step in steps(batik).items() if step.is_reached} == {stage}


@pytest.mark.parametrize(
    ("stage", "kind"),
    [
        ("P5", EvidenceKind.TRAINING),
        ("P1", EvidenceKind.REGISTERED),
        ("P4", EvidenceKind.LICENCE),
        ("P9", EvidenceKind.STAFF),
    ],
)
def test_what_does_not_fit_is_refused(batik, stage, kind) -> None:
    with pytest.raises(ActionRefused, match="tidak berlaku"):
        evidence(batik, stage, kind=kind)


def test_it_refuses_the_future_strangers_and_oneself(siti, batik) -> None:
    with pytest.raises(ActionRefused, match="belum terjadi"):
        evidence(batik, on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(ActionRefused, match="petugas lain"):
        evidence(batik, by=siti)
    waiting = make.business(siti, name="Menunggu", status=ApplicationStatus.SUBMITTED)
    with pytest.raises(ActionRefused, match="belum terdaftar"):
        evidence(waiting)
    with pytest.raises(ActionRefused, match="petugas lain"):
        remove_evidence(evidence(batik), reason="Iseng", by=siti, via="web")


def test_the_database_keeps_derived_kinds_out(batik) -> None:
    row = evidence(batik)
    with pytest.raises(IntegrityError, match="evidence_kind_is_recorded"), transaction.atomic():
        StageEvidence.objects.filter(pk=row.pk).update(kind=EvidenceKind.LICENCE)


def test_the_next_step_is_the_first_open_one_in_the_citys_order(batik, admin) -> None:
    JakpreneurMembership.objects.create(business=batik, joined_on=TODAY)
    evidence(batik)
    found = steps_of(batik, on=timezone.localdate())
    assert next_of(found).stage.code == "P3"

    market = ProgrammeStage.objects.get(code="P5")
    change_stage(market, values={"position": 2, "name": "Pasar"}, by=admin, via="admin")
    change_stage(market, values={"position": 2, "name": "Pasar"}, by=admin, via="admin")
    assert str(next_of(steps_of(batik, on=timezone.localdate())).stage) == "P5 Pasar"
    line = AuditEntry.objects.get(verb="programme_stage.changed")
    assert line.data["old"]["name"] == "Pemasaran"


def test_the_rules_are_data(batik, admin) -> None:
    evidence(batik)
    stage = ProgrammeStage.objects.get(code="P2")
    change_stage(stage, values={"kinds": ["staff"]}, by=admin, via="admin")

    assert not steps(batik)["P2"].is_reached


def test_the_distribution_counts_by_step_and_kecamatan(
    siti, budi, batik, petugas, django_assert_num_queries
) -> None:
    other = make.business(budi, name="Kue", kelurahan=make.kelurahan("Manggarai"))
    for business in (batik, other):
        JakpreneurMembership.objects.create(business=business, joined_on=TODAY)
    evidence(batik)
    make.business(siti, name="Ditangguhkan", suspended_at=timezone.now())

    with django_assert_num_queries(10):
        found = distribution_for(petugas, on=timezone.localdate())
    assert (found.total, found.counts) == (2, [2, 1, 0, 0, 0, 0, 0])
    assert {name: counts[:2] for name, total, counts in found.districts if total} == {
        "Jagakarsa": [1, 1],
        "Tebet": [1, 0],
    }

    petugas.kecamatan = make.kelurahan().kecamatan
    own = distribution_for(petugas, on=timezone.localdate())
    assert (own.total, [name for name, _total, _counts in own.districts]) == (1, ["Jagakarsa"])


def test_a_copy_of_ones_data_holds_the_steps_and_erasure_takes_the_words(
    siti, batik, petugas
) -> None:
    row = evidence(batik, "P3", kind=EvidenceKind.MENTORING, note="Ragu soal harga.", by=petugas)
    (section,) = sections_of(siti)
    assert section.rows[0][-1] == "Ragu soal harga."

    erase_person(siti, by=None, via="jadwal")
    row.refresh_from_db()
    assert (row.label, row.note, row.on) == ("", "", TODAY)


@pytest.mark.django_db(transaction=True)
def test_the_same_evidence_from_three_sides_at_once_is_one(batik) -> None:
    assert all_at_once(lambda _n: evidence(batik), range(3)) == ["done"] * 3
    assert StageEvidence.objects.count() == 1
