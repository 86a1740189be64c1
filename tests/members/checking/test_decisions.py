"""The officers' desk: what waits, what it shows, and each decision."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from members.actions.registration import submit_business
from members.actions.verification import return_for_repair, verify_business
from members.choices import ApplicationStatus
from members.models import Business
from tests import make
from tests.members import apply
from tests.members.checking.desk import LIST, approve, page, page_of
from umkm_portal.audit.models import AuditEntry


def test_the_first_page_counts_what_waits(desk, waiting) -> None:
    answer = desk.get("/admin/")

    line = answer.context["queue"][0]
    assert (line["count"], line["oldest"]) == (1, waiting.submitted_at)
    assert f"{LIST}?status__exact=submitted" in page_of(answer)


def test_an_empty_desk_says_so(desk) -> None:
    assert "Tidak ada yang menunggu. Bagus." in page_of(desk.get("/admin/"))


def test_the_oldest_application_stands_first(desk, siti, budi, waiting) -> None:
    second = apply.sent(budi, nik=apply.nik(make.NIK_BUDI), name="Keripik Budi")
    Business.objects.filter(pk=second.pk).update(submitted_at=timezone.now() - timedelta(days=3))

    rows = desk.get(f"{LIST}?status__exact=submitted").context["cl"].result_list

    assert [row.name for row in rows] == ["Keripik Budi", "Batik Siti"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    desk, siti, rows, django_assert_num_queries
) -> None:
    for n in range(rows):
        make.business(siti, name=f"Usaha {n}")
    desk.get(LIST)

    with django_assert_num_queries(8) as counted:
        desk.get(LIST)
    assert len(counted) <= 12


def test_a_draft_is_the_owners_alone(desk, siti) -> None:
    business = apply.draft(siti)

    assert "Batik Siti" not in page_of(desk.get(LIST))
    assert desk.get(page(business)).status_code == 404


def test_the_page_shows_what_the_nik_says_beside_what_was_typed(desk, waiting) -> None:
    shown = page_of(desk.get(page(waiting)))

    assert "5 Juli 1985" in shown
    assert "Perempuan" in shown
    assert "31.74.99 · Kota Administrasi Jakarta Selatan" in shown
    assert "3174••••••••0001" in shown
    assert make.NIK_SITI not in shown
    assert "Siti Contoh" in shown
    assert "Buka foto KTP" in shown
    assert "Pendaftaran dikirim" in shown
    assert "Setujui" in shown


def test_petugas_approves(desk, waiting, petugas) -> None:
    answer = approve(desk, waiting, follow=True)

    waiting.refresh_from_db()
    assert waiting.status == ApplicationStatus.APPROVED
    assert waiting.decided_by == petugas
    assert "Batik Siti: Disetujui." in page_of(answer)
    assert AuditEntry.objects.get(verb="business.approved").via == "admin"
    assert "Setujui" not in page_of(answer)


def test_nobody_approves_a_repair_unseen(desk, waiting, siti, petugas) -> None:
    seen = str(waiting.submitted_at)
    return_for_repair(waiting, fields=["street"], reason="Cek", by=petugas, via="admin")
    submit_business(waiting, consents=[], by=siti, via="web")

    answer = desk.post(page(waiting, "setujui"), {"seen": seen}, follow=True)

    assert "Periksa sekali lagi" in page_of(answer)
    waiting.refresh_from_db()
    assert waiting.status == ApplicationStatus.SUBMITTED


def test_looking_approves_nothing(desk, waiting) -> None:
    assert desk.get(page(waiting, "setujui")).status_code == 405

    waiting.refresh_from_db()
    assert waiting.status == ApplicationStatus.SUBMITTED


def test_petugas_asks_for_repair_of_named_fields(desk, waiting) -> None:
    desk.post(
        page(waiting, "perbaikan"),
        {"fields_to_repair": ["street", "nib"], "reason": "Nomor rumah?"},
    )

    waiting.refresh_from_db()
    assert waiting.status == ApplicationStatus.NEEDS_REPAIR
    assert waiting.repair_fields == ["street", "nib"]
    assert waiting.decision_reason == "Nomor rumah?"


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("perbaikan", {"reason": "Cek"}, "Pilih paling sedikit satu isian"),
        ("perbaikan", {"fields_to_repair": ["status"], "reason": "C"}, "Pilih dari isian yang ada"),
        ("perbaikan", {"fields_to_repair": ["nib"], "reason": ""}, "Tulis apa yang perlu"),
        ("tolak", {"reason": "  "}, "Tulis alasannya"),
        ("tolak", {"reason": "x" * 1001}, "Paling banyak 1000 huruf"),
        ("nik", {"reason": ""}, "Tulis untuk apa NIK ini perlu dibuka."),
        ("nik", {"reason": "cek"}, "Tulis untuk apa NIK ini perlu dibuka."),
    ],
)
def test_a_decision_without_its_parts_is_asked_again(desk, waiting, name, typed, sentence) -> None:
    answer = desk.post(page(waiting, name), typed)

    assert answer.status_code == 200
    assert sentence in page_of(answer)
    waiting.refresh_from_db()
    assert waiting.status == ApplicationStatus.SUBMITTED


def test_petugas_refuses_with_a_reason(desk, waiting) -> None:
    desk.post(page(waiting, "tolak"), {"reason": "Di luar <wilayah>"})

    waiting.refresh_from_db()
    assert waiting.status == ApplicationStatus.REJECTED
    assert "Di luar &lt;wilayah&gt;" in page_of(desk.get(page(waiting)))


def test_a_late_press_is_told_so(desk, waiting, petugas) -> None:
    verify_business(waiting, by=petugas, via="admin")

    answer = desk.post(page(waiting, "tolak"), {"reason": "Tidak"}, follow=True)

    assert "baru saja diubah petugas lain" in page_of(answer)
    waiting.refresh_from_db()
    assert waiting.status == ApplicationStatus.APPROVED


def test_the_whole_nik_is_shown_once_for_a_reason(desk, waiting) -> None:
    assert make.NIK_SITI not in page_of(desk.get(page(waiting, "nik")))
    answer = desk.post(page(waiting, "nik"), {"reason": "Cocokkan dengan KTP"})

    assert make.NIK_SITI in page_of(answer)
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert AuditEntry.objects.get(verb="nik.viewed").data == {"reason": "Cocokkan dengan KTP"}
    assert make.NIK_SITI not in page_of(desk.get(page(waiting)))


def test_the_photo_of_the_card_opens_as_a_file_and_is_logged(desk, waiting, petugas) -> None:
    answer = desk.get(page(waiting, "ktp"))

    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    line = AuditEntry.objects.get(verb="document.viewed")
    assert (line.by_id, line.via) == (petugas.pk, "admin")
