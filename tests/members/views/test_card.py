from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from members.models import Business, KadinMembership, User
from tests import make
from tests.members.money import member, pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(batik: Business, sekretariat: User) -> KadinMembership:
    found = member(batik, by=sekretariat)
    pay(found.invoices.get(), by=sekretariat)
    return found


def checked(client, membership, *, days: int) -> str:
    """The public page so many days after the last paid day."""
    last = membership.terms.get().last_day
    with time_machine.travel(f"{last + timedelta(days=days)}T05:00:00+00:00", tick=False):
        answer = client.get(f"/cek/{membership.card_code}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-100, "Kartu ini berlaku hari ini."),
        (-10, "segera berakhir"),
        (5, "Kartu ini masih berlaku, dalam masa tenggang."),
        (31, "Kartu ini tidak berlaku lagi: keanggotaan sudah berakhir."),
    ],
)
def test_anyone_reads_in_words_whether_the_card_is_good_today(
    client, membership, days, words
) -> None:
    page = checked(client, membership, days=days)

    assert words in page
    assert "Batik Siti" in page
    assert "Fashion" in page
    assert "Jagakarsa" in page
    assert "Anggota Jakpreneur: aktif" in page
    assert "pukul 12.00 WIB" in page


def test_a_suspended_card_has_its_own_words(client, membership) -> None:
    KadinMembership.objects.update(suspended_at=timezone.now(), suspension_reason="rahasia kita")

    page = client.get(f"/cek/{membership.card_code}/").content.decode()
    assert "Kartu ini tidak berlaku: keanggotaan sedang ditangguhkan." in page
    assert "rahasia kita" not in page


def test_a_card_not_paid_yet_has_its_own_words(client, batik, sekretariat) -> None:
    code = member(batik, by=sekretariat).card_code

    assert "Kartu ini belum berlaku" in client.get(f"/cek/{code}/").content.decode()


@pytest.mark.parametrize("code", ["2222222222", "x", "INV-KJS-2026-000001", "a" * 200])
def test_an_unknown_code_is_not_found_in_words(client, db, code) -> None:
    answer = client.get(f"/cek/{code}/")

    assert answer.status_code == 404
    assert "Kode tidak ditemukan. Periksa lagi 10 huruf dan angkanya." in answer.content.decode()


def test_nothing_personal_stands_on_the_page(client, batik, siti, membership) -> None:
    person = siti.owner
    person.full_name, person.home_address = "Siti Rahasia", "Jl. Rumah 9"
    person.save()
    Business.objects.filter(pk=batik.pk).update(street="Jl. Toko 7", nib="1234567890123")

    page = client.get(f"/cek/{membership.card_code}/").content.decode()
    for secret in (
        "Siti Rahasia",
        "Jl. Rumah 9",
        "Jl. Toko 7",
        "1234567890123",
        "81234567890",
        "812-3456-7890",
        siti.email,
        make.NIK_SITI,
        "Cipedak",
    ):
        assert secret not in page


def test_the_page_is_small_and_costs_few_queries(
    client, membership, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(15):
        answer = client.get(f"/cek/{membership.card_code}/")

    assert len(answer.content) <= 15_000


def test_small_letters_and_spaces_are_forgiven(client, membership) -> None:
    code = membership.card_code
    typed = f" {code[:5].lower()} {code[5:]} "

    assert client.get("/cek/", {"kode": typed}).url == f"/cek/{code}/"
    assert client.get(f"/cek/{code.lower()}/").status_code == 200


@pytest.mark.parametrize("typed", ["", "123", "x" * 3000, "<script>", "١٢٣٤٥٦٧٨٩٠"])
def test_a_mistyped_code_gets_a_sentence(client, db, typed) -> None:
    answer = client.get("/cek/", {"kode": typed})

    assert answer.status_code == 200
    assert "10 huruf dan angka" in answer.content.decode()
    assert "Kesalahan:" in answer.content.decode()


def test_guessing_is_stopped(client, fresh_limits) -> None:
    for _time in range(60):
        assert client.get("/cek/2222222222/").status_code == 404

    assert client.get("/cek/2222222222/").status_code == 429
    assert client.get("/kuitansi/2222222222/").status_code == 429


def test_a_receipt_is_confirmed_without_saying_who_paid(client, siti, membership) -> None:
    payment = membership.invoices.get().payments.get()
    page = client.get(f"/kuitansi/{payment.receipt_code}/").content.decode()

    assert "Kuitansi ini asli." in page
    assert payment.receipt_number in page
    assert "Rp120.000" in page
    assert payment.reference not in page
    assert siti.name not in page.replace("Batik Siti", "")
    assert client.get("/kuitansi/2222222222/").status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "Berlaku s.d."),
        ({"suspended_at": "2026-01-01T00:00Z"}, "Keanggotaan ditangguhkan"),
    ],
)
def test_the_owners_card_page_says_what_to_do(client, siti, membership, change, words) -> None:
    KadinMembership.objects.filter(pk=membership.pk).update(**change) if change else None
    client.force_login(siti)

    assert words in client.get("/saya/kartu/").content.decode()


def test_without_business_or_membership_the_card_page_says_how(client, siti, budi, batik) -> None:
    client.force_login(budi)
    assert "Belum ada kartu" in client.get("/saya/kartu/").content.decode()
    client.force_login(siti)
    assert "Ajukan pencatatan dulu." in client.get("/saya/kartu/").content.decode()
