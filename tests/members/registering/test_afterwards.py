"""A sent application: mended, withdrawn, looked at, found by its owner alone."""

from __future__ import annotations

import pytest

from members.actions.registration import save_draft
from members.actions.verification import reject_business, return_for_repair, verify_business
from members.choices import ApplicationStatus
from members.models import Business, Owner
from tests import make
from tests.members import apply
from tests.members.registering.walk import page_of


def test_repair_shows_only_what_was_named(phone, siti, petugas) -> None:
    business = apply.sent(siti)
    return_for_repair(business, fields=["street", "nib"], reason="Cek", by=petugas, via="admin")

    assert phone.get("/daftar/usaha/").headers["Location"] == "/daftar/alamat/"
    form = phone.get("/daftar/alamat/").context["form"]
    assert list(form.fields) == ["street"]
    answer = phone.post(
        "/daftar/alamat/", {"street": "Jl. Baru", "kelurahan": "31.74.01.1001", "name": "Lain"}
    )
    assert answer.headers["Location"] == "/daftar/legalitas/"
    phone.post("/daftar/legalitas/", {"nib": "1234567890123"})
    assert phone.post("/daftar/periksa/").headers["Location"] == "/daftar/selesai/"

    business.refresh_from_db()
    assert (business.street, business.nib) == ("Jl. Baru", "1234567890123")
    assert (business.name, business.kelurahan) == ("Batik Siti", make.kelurahan())
    assert business.status == ApplicationStatus.SUBMITTED


def test_the_start_page_knows_where_she_is(phone, siti, petugas) -> None:
    assert "Mulai" in page_of(phone.get("/daftar/"))
    save_draft(siti, data={"name": "Batik"}, by=siti, via="web")
    assert "Lanjutkan pendaftaran" in page_of(phone.get("/daftar/"))
    business = apply.sent(siti)
    assert "Lihat status pendaftaran" in page_of(phone.get("/daftar/"))
    verify_business(business, by=petugas, via="admin")
    assert "Daftarkan usaha lain" in page_of(phone.get("/daftar/"))
    assert phone.get("/daftar/selesai/").headers["Location"] == "/saya/usaha/"


def test_she_withdraws_and_begins_again(phone, siti) -> None:
    apply.sent(siti)
    phone.post("/daftar/batal/")

    assert Business.objects.get().status == ApplicationStatus.CANCELLED
    assert phone.post("/daftar/batal/").status_code == 404
    answer = phone.post("/daftar/usaha-lain/")
    assert answer.headers["Location"] == "/daftar/periksa/"
    assert Business.objects.count() == 2


@pytest.mark.parametrize("path", ["/daftar/batal/", "/daftar/usaha-lain/"])
def test_looking_changes_nothing(phone, siti, path) -> None:
    apply.sent(siti)

    assert phone.get(path).status_code == 405


def test_the_profile_says_what_to_do(phone, siti, petugas) -> None:
    assert "Belum ada usaha." in page_of(phone.get("/saya/usaha/"))
    business = apply.sent(siti)
    assert "sedang diperiksa" in page_of(phone.get("/saya/usaha/"))
    reject_business(business, reason="Di luar wilayah", by=petugas, via="admin")
    page = page_of(phone.get("/saya/usaha/"))
    assert "Di luar wilayah" in page
    assert "Keberatan?" in page


def test_she_switches_her_address_on(phone, batik) -> None:
    answer = phone.post(
        f"/saya/usaha/{batik.pk}/tampilan/",
        {"show_address": "on", "order_phone": "0812 1111 2222", "status": "rejected"},
    )

    batik.refresh_from_db()
    assert answer.headers["Location"] == "/saya/usaha/"
    assert (batik.show_address, batik.order_phone) == (True, "+6281211112222")
    assert batik.status == ApplicationStatus.APPROVED


def test_another_owner_sees_nothing_of_it(client, budi, batik) -> None:
    client.force_login(budi)

    for send in (client.get, client.post):
        assert send(f"/saya/usaha/{batik.pk}/tampilan/").status_code == 404
    assert "Batik Siti" not in page_of(client.get("/saya/usaha/"))
    assert client.post("/daftar/batal/").status_code == 404


def test_a_disabled_account_is_out_at_once(phone, siti) -> None:
    siti.is_active = False
    siti.save()

    assert phone.get("/daftar/pemilik/").status_code == 302


def test_the_sheet_of_the_step_costs_the_same_for_every_draft(
    phone, siti, django_assert_max_num_queries
) -> None:
    apply.draft(siti)

    with django_assert_max_num_queries(15):
        phone.get("/daftar/periksa/")
    assert Owner.objects.count() == 1
