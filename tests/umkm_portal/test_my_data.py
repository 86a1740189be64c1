"""Siti looks at what is held of her, takes a copy, and asks."""

from __future__ import annotations

import io
import json

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from members.actions.data_requests import ask_erasure
from members.actions.verification import view_nik
from members.models import DataRequest, Owner
from tests import make
from umkm_portal.lib.crypto import digest, encrypt

PAGE = "/saya/data/"


@pytest.fixture
def with_nik(siti) -> Owner:
    owner = make.owner(siti)
    owner.nik_encrypted, owner.nik_digest = encrypt(make.NIK_SITI), digest(make.NIK_SITI)
    owner.save()
    return owner


def test_she_sees_everything_and_who_looked(client, siti, batik, petugas, with_nik) -> None:
    view_nik(batik, reason="Mencocokkan dengan KTP", by=petugas, via="admin")
    make.product(batik)
    client.force_login(siti)

    page = client.get(PAGE).content.decode()

    for told in ["siti@example.id", "Batik Siti", "Kain batik tulis", "Mencocokkan dengan KTP"]:
        assert told in page
    assert make.NIK_SITI not in page


def test_the_copy_is_machine_readable_and_hides_the_nik(client, siti, batik, with_nik) -> None:
    make.product(batik)
    client.force_login(siti)

    answer = client.get(reverse("my_data_json"))
    told = json.loads(answer.content)

    assert "no-store" in answer["Cache-Control"]
    assert "attachment" in answer["Content-Disposition"]
    assert told["data"]["akun"]["isi"]["E-mail"] == "siti@example.id"
    assert told["data"]["produk"]["baris"][0]["Nama"] == "Kain batik tulis"
    assert make.NIK_SITI not in answer.content.decode()


def test_the_paper_copy_says_the_same(client, siti, batik, with_nik) -> None:
    make.product(batik, name='Kain #1 "tulis" $x')
    client.force_login(siti)

    answer = client.get(reverse("my_data_pdf"))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)

    assert answer["Content-Type"] == "application/pdf"
    assert 'Kain #1 "tulis" $x' in " ".join(text.split())
    assert make.NIK_SITI not in text


def test_budi_sees_nothing_of_hers(client, siti, batik, budi) -> None:
    client.force_login(budi)

    assert "Batik Siti" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("businesses", [1, 3])
def test_it_asks_little_more_for_three_businesses(
    client, siti, businesses, django_assert_max_num_queries
) -> None:
    for number in range(businesses):
        make.product(make.business(siti, name=f"Usaha {number}"))
    client.force_login(siti)
    client.get(PAGE)

    with django_assert_max_num_queries(38):
        client.get(PAGE)


def test_she_asks_for_a_correction(client, siti, batik) -> None:
    client.force_login(siti)

    empty = client.post(reverse("my_data_correct"), {"text": ""})
    assert "Tulis data mana yang salah" in empty.content.decode()
    client.post(reverse("my_data_correct"), {"text": "Nama saya Siti, bukan Sitti."})

    assert DataRequest.objects.of(siti).get().text == "Nama saya Siti, bukan Sitti."
    assert "Nama saya Siti, bukan Sitti." in client.get(PAGE).content.decode()


def test_being_forgotten_asks_for_the_password_first(client, siti) -> None:
    client.login(username="siti@example.id", password=make.PASSWORD)

    answer = client.get(reverse("my_data_erase"))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert client.post(reverse("my_data_erase")).status_code == 302
    assert not DataRequest.objects.exists()


def test_after_the_password_she_asks_and_thinks_again(client, siti, batik) -> None:
    client.force_login(siti)
    client.post("/akun/ulang/", {"password": make.PASSWORD})

    assert "10 tahun" in client.get(reverse("my_data_erase")).content.decode()
    client.post(reverse("my_data_erase"))
    asked = DataRequest.objects.of(siti).waiting().get()
    assert "masih bisa membatalkan" in client.get(PAGE).content.decode()
    client.post(reverse("my_data_withdraw", args=[asked.pk]))

    assert not DataRequest.objects.waiting().exists()


def test_budi_cannot_call_off_her_request(client, siti, budi) -> None:
    asked = ask_erasure(siti, by=siti, via="web")
    client.force_login(budi)

    assert client.post(reverse("my_data_withdraw", args=[asked.pk])).status_code == 404


def test_the_admin_sees_the_clock_and_carries_it_out(client, siti, batik, admin) -> None:
    asked = ask_erasure(siti, by=siti, via="web")
    client.force_login(admin)

    assert "Permintaan data pribadi" in client.get("/admin/").content.decode()
    page = client.get(f"/admin/members/datarequest/{asked.pk}/hapus/").content.decode()
    assert "Hapus sekarang" in page
    client.post(f"/admin/members/datarequest/{asked.pk}/hapus/")

    siti.refresh_from_db()
    assert not siti.is_active


def test_other_staff_do_not_see_the_requests(client, siti, petugas, bendahara) -> None:
    asked = ask_erasure(siti, by=siti, via="web")
    for person in [petugas, bendahara]:
        client.force_login(person)
        assert client.get(f"/admin/members/datarequest/{asked.pk}/hapus/").status_code in {403, 404}


def test_the_file_names_the_day(client, siti) -> None:
    client.force_login(siti)

    said = client.get(reverse("my_data_json"))["Content-Disposition"]

    assert f"data-saya-{timezone.localdate():%Y-%m-%d}.json" in said
