"""Registering as the owner meets it, step by step."""

from __future__ import annotations

import re

import pytest

from members.choices import ApplicationStatus, ConsentPurpose
from members.models import Business, Consent
from tests import make
from tests.members import apply
from tests.members.registering.walk import STEPS, fill, page_of


def test_anybody_reads_what_it_takes(client, db) -> None:
    answer = client.get("/daftar/")

    assert answer.status_code == 200
    for step in ("Pemilik", "Usaha", "Alamat", "Legalitas", "Periksa"):
        assert step in page_of(answer)
    assert "3 hari kerja" in page_of(answer)
    assert "/akun/daftar/?next=/daftar/pemilik/" in page_of(answer)


@pytest.mark.parametrize("path", ["pemilik", "usaha", "alamat", "legalitas", "periksa", "selesai"])
def test_the_steps_ask_for_sign_in(client, db, path) -> None:
    assert client.get(f"/daftar/{path}/").headers["Location"].startswith("/akun/masuk/")


def test_there_is_no_sixth_step(phone) -> None:
    assert phone.get("/daftar/keenam/").status_code == 404


def test_siti_walks_the_five_steps(phone) -> None:
    fill(phone)
    answer = phone.post("/daftar/periksa/", {"keanggotaan": "on"})

    assert answer.headers["Location"] == "/daftar/selesai/"
    business = Business.objects.get()
    assert business.status == ApplicationStatus.SUBMITTED
    assert business.order_phone == "+6281234567890"
    assert (business.rt, business.rw) == ("004", "002")
    assert business.yearly_sales == 120_000_000
    assert business.postcode
    done = page_of(phone.get("/daftar/selesai/"))
    assert business.number in done
    assert "3 hari kerja, paling lambat" in done


def test_each_step_leads_to_the_next(phone) -> None:
    for step, after in zip(STEPS, [*STEPS[1:], "periksa"], strict=True):
        answer = phone.post(f"/daftar/{step}/", apply.TYPED[step])
        assert answer.headers["Location"] == f"/daftar/{after}/"


def test_what_was_saved_is_there_again(phone) -> None:
    fill(phone, ["usaha"])

    page = page_of(phone.get("/daftar/usaha/"))

    assert 'value="Batik Siti"' in page
    assert 'value="120.000.000"' in page


def test_the_nik_is_never_shown_again(phone) -> None:
    fill(phone)

    for path in ("/daftar/pemilik/", "/daftar/periksa/", "/saya/usaha/", "/daftar/"):
        assert make.NIK_SITI not in page_of(phone.get(path)), path
    assert "3174••••••••0001" in page_of(phone.get("/daftar/pemilik/"))


def test_later_keeps_half_a_step(phone) -> None:
    answer = phone.post("/daftar/usaha/", {"name": "Batik Siti", "nanti": "1"})

    assert answer.headers["Location"] == "/daftar/nanti/"
    assert Business.objects.get().name == "Batik Siti"


def test_an_empty_step_says_what_to_write(phone) -> None:
    answer = phone.post("/daftar/usaha/", {})

    page = page_of(answer)
    assert answer.status_code == 200
    assert "<title>Kesalahan:" in page
    assert "Tulis nama usaha." in page
    assert 'href="#id_name"' in page
    assert not Business.objects.exists()


def test_no_consent_is_ticked_beforehand(phone) -> None:
    fill(phone)

    page = page_of(phone.get("/daftar/periksa/"))

    boxes = re.findall(r'<input type="checkbox"[^>]*>', page)
    assert len(boxes) == len(ConsentPurpose)
    assert not any("checked" in box for box in boxes)


def test_sending_needs_the_consent_and_keeps_the_others(phone) -> None:
    fill(phone)

    answer = phone.post("/daftar/periksa/", {"acara": "on"})

    assert "Centang persetujuan keanggotaan" in page_of(answer)
    assert re.search(r'name="acara"[^>]* checked', page_of(answer))
    assert not Consent.objects.exists()


def test_an_incomplete_draft_is_not_sent(phone) -> None:
    fill(phone, ["usaha"])

    answer = phone.post("/daftar/periksa/", {"keanggotaan": "on"})

    assert "Masih kosong: Nama sesuai KTP" in page_of(answer)
    assert Business.objects.get().status == ApplicationStatus.DRAFT


def test_back_and_a_second_post_are_harmless(phone) -> None:
    fill(phone)
    for _press in range(2):
        answer = phone.post("/daftar/periksa/", {"keanggotaan": "on"})
        assert answer.headers["Location"] == "/daftar/selesai/"
    for step in STEPS:
        answer = phone.post(f"/daftar/{step}/", apply.TYPED[step])
        assert answer.headers["Location"] == "/daftar/selesai/"

    assert Business.objects.count() == 1
