"""What may be typed while registering, and what gets a sentence."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members.choices import ApplicationStatus
from members.models import Business, Document
from members.views.registration import NIK_TRIES
from tests.members import apply
from tests.members.registering.walk import STEPS, page_of
from umkm_portal.audit.models import AuditEntry

NASTY = [
    "",
    "x" * 20_000,
    "a\x00b",
    "\u202eatik\u200b\u2066",
    "🧵🔥👩‍👩‍👧",
    "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦",
    "１２３４",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% debug %}",
    "'; DROP TABLE members_business; --",
    "../../etc/passwd",
    "a\r\nBcc: x@example.id",
    "=cmd|' /C calc'!A0",
    "O'Neill & Søn",
    "-1",
    "1e999",
    "\ud800",
]


@pytest.mark.parametrize(
    ("step", "field", "typed", "sentence"),
    [
        ("pemilik", "nik", "123", "NIK terdiri dari 16 angka, lihat di KTP."),
        ("pemilik", "nik", "3174093502850001", "Tanggal lahir di dalam NIK tidak mungkin"),
        ("pemilik", "phone", "021-555", "Nomor HP harus diawali 08 atau +62"),
        ("pemilik", "ktp_dki", "mungkin", "Pilih KTP Jakarta atau kota lain."),
        ("usaha", "name", "   ", "Tulis nama usaha."),
        ("usaha", "name", "x" * 121, "Paling banyak 120 huruf"),
        ("usaha", "sector", "bank", "Pilih bidang usaha."),
        ("usaha", "started_year", "besok", "Tulis tahun dengan empat angka"),
        ("usaha", "started_year", "2999", "Tulis tahun dengan empat angka"),
        ("usaha", "yearly_sales", "banyak", "Tulis jumlah dalam rupiah"),
        ("usaha", "yearly_sales", "9" * 25, "terlalu besar"),
        ("alamat", "kelurahan", "99.99", "Pilih kelurahan tempat usaha."),
        ("alamat", "postcode", "1263", "Kode pos terdiri dari 5 angka"),
        ("alamat", "rt", "abc", "RT dan RW terdiri dari"),
        ("legalitas", "nib", "123456789012", "NIB terdiri dari 13 angka. Anda menulis 12 angka."),
        ("legalitas", "jakpreneur_id", "a b!", "Nomor Jakpreneur berisi"),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_stays(phone, step, field, typed, sentence) -> None:
    answer = phone.post(f"/daftar/{step}/", {**apply.TYPED[step], field: typed})

    assert answer.status_code == 200
    assert sentence in page_of(answer)
    assert not Business.objects.exists()


@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("step", STEPS)
def test_nasty_values_in_every_field_break_nothing(phone, step, value) -> None:
    value = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for field in apply.TYPED[step]:
        answer = phone.post(f"/daftar/{step}/", {**apply.TYPED[step], field: value})

        assert answer.status_code in {200, 302}
        if answer.status_code == 200:
            assert "<script>alert" not in page_of(answer)
    for path in ("/daftar/periksa/", "/saya/usaha/"):
        shown = phone.get(path, follow=True)
        assert shown.status_code == 200
        assert "<script>alert" not in page_of(shown)
        assert "49" not in re.findall(r"<dd>(\d+)", page_of(shown))


@pytest.mark.parametrize("name", ["Ñ", "O'Neill & Søn", "Đặng’s", "x" * 120])
def test_names_keep_what_people_have(phone, name) -> None:
    phone.post("/daftar/usaha/", {**apply.TYPED["usaha"], "name": name})

    assert Business.objects.get().name == name


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "ktp.jpg"),
        (b"not a picture", "ktp.jpg"),
        (apply.picture(form="PNG"), "ktp.docx"),
        (apply.picture(60, 40), "ktp.jpg"),
        (b"\xff" * (9 * 1024 * 1024), "ktp.jpg"),
    ],
    ids=["empty", "text", "ending", "small", "big"],
)
def test_a_file_that_is_no_card_gets_a_sentence(phone, content, name) -> None:
    upload = SimpleUploadedFile(name, content, content_type="image/jpeg")
    answer = phone.post("/daftar/legalitas/", {**apply.TYPED["legalitas"], "ktp": upload})

    assert answer.status_code == 200
    assert answer.context["form"].errors["ktp"]
    assert 'value="1234567890123"' in page_of(answer)
    assert not Document.objects.exists()


def test_the_photo_of_the_card_is_hers_alone(phone, budi, petugas) -> None:
    upload = SimpleUploadedFile("ktp.jpg", apply.picture(), content_type="image/jpeg")
    phone.post("/daftar/legalitas/", {**apply.TYPED["legalitas"], "ktp": upload})
    pk = Document.objects.get().pk

    answer = phone.get(f"/saya/berkas/{pk}/", follow=True)

    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    assert AuditEntry.objects.get(verb="document.viewed").via == "tautan"
    for other in (budi, petugas):
        phone.force_login(other)
        assert phone.get(f"/saya/berkas/{pk}/").status_code == 404


@pytest.mark.usefixtures("fresh_limits")
def test_nobody_tries_number_after_number_to_learn_who_is_registered(phone, budi) -> None:
    apply.draft(budi)
    for _try in range(NIK_TRIES):
        phone.post("/daftar/pemilik/", apply.TYPED["pemilik"])

    answer = phone.post("/daftar/pemilik/", apply.TYPED["pemilik"])

    assert answer.status_code == 200
    assert "Terlalu banyak percobaan" in str(answer.context["form"].errors["nik"])
    assert answer.context["form"].data["full_name"]


def test_the_nik_of_another_is_an_error_of_its_field(phone, budi) -> None:
    apply.draft(budi)

    answer = phone.post("/daftar/pemilik/", apply.TYPED["pemilik"])

    assert "NIK ini sudah dipakai akun lain" in str(answer.context["form"].errors["nik"])


def test_extra_fields_decide_nothing(phone, siti, budi) -> None:
    extra = {
        "status": "approved",
        "owner": str(budi.pk),
        "number": "JKP-2026-000999",
        "is_staff": "on",
        "is_superuser": "on",
        "verified": "on",
        "decided_at": "2026-01-01",
    }
    for step in STEPS:
        phone.post(f"/daftar/{step}/", {**apply.TYPED[step], **extra})
    phone.post("/daftar/periksa/", {"keanggotaan": "on", **extra})

    business = Business.objects.get()
    siti.refresh_from_db()
    assert business.status == ApplicationStatus.SUBMITTED
    assert business.owner == siti
    assert business.number != "JKP-2026-000999"
    assert not siti.is_staff
    assert not siti.is_superuser
