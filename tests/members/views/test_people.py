"""Siti's pages about her staff, and what her staff meet."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from members.choices import Right
from members.models import BusinessPerson, User
from tests import make
from umkm_portal.lib.signing import sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def ani(db: None) -> User:
    return make.user("ani", phone="+6281355550001")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def invite(inviter: User, **changes):
    typed = {"contact": "ani@example.id", "rights": ["katalog"]} | changes
    return signed_in(inviter).post("/saya/orang/undang/", typed)


def link_of(person: BusinessPerson) -> str:
    return f"/undangan/{sign('undangan', person.pk)}/"


def test_siti_invites_ani_and_ani_accepts_on_a_page_that_says_what_for(siti, batik, ani) -> None:
    response = invite(siti)
    person = BusinessPerson.objects.get()
    assert response["Location"] == f"/saya/orang/{person.pk}/"
    page = signed_in(siti).get(response["Location"]).text
    assert "Hanya bisa dibuka akun yang diundang" in page

    hers = signed_in(ani)
    asked = hers.get(link_of(person)).text
    assert "Bekerja untuk Batik Siti?" in asked
    assert "katalog" in asked
    assert hers.post(link_of(person))["Location"] == "/saya/"
    home = hers.get("/saya/").text
    assert "Anda bekerja untuk Batik Siti" in home
    assert "Status keanggotaan" not in home
    assert 'href="/saya/iuran/"' not in home


def test_by_phone_there_is_a_whatsapp_link_with_the_words_in_it(siti, batik) -> None:
    response = invite(siti, contact="0813 5555 0002")

    page = signed_in(siti).get(response["Location"]).text
    assert "https://wa.me/6281355550002?text=Saya%20mengundang" in page
    assert "0813-5555-0002" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"contact": ""}, "Tulis nomor HP atau e-mail karyawan."),
        ({"contact": "0812"}, "Nomor HP harus diawali 08 atau +62"),
        ({"contact": "ani@"}, "Tulis alamat e-mail yang lengkap"),
        ({"rights": []}, "Pilih paling sedikit satu: katalog atau bazar."),
        ({"rights": ["keuangan"]}, "Pilih katalog atau bazar."),
        ({"contact": "siti@example.id"}, "Ini nomor atau e-mail pemilik usaha."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(siti, batik, changes, sentence) -> None:
    page = invite(siti, **changes)

    assert page.status_code == 200
    assert sentence in page.text
    assert not BusinessPerson.objects.exists()


def test_extra_fields_give_no_money_and_no_business_of_another(siti, batik, budi) -> None:
    warung = make.business(budi, name="Warung Budi")

    invite(siti, usaha=warung.pk, may_finance="1", owner=siti.pk, accepted_at="2026-01-01")

    person = BusinessPerson.objects.get()
    assert (person.business, person.accepted_at) == (batik, None)


def test_with_two_businesses_she_says_which(siti, batik, budi) -> None:
    kedai = make.business(siti, name="Kedai Siti")
    warung = make.business(budi, name="Warung Budi")

    assert "Pilih usaha." in invite(siti, usaha=warung.pk).text
    invite(siti, usaha=kedai.pk)
    assert BusinessPerson.objects.get().business == kedai
    assert "Kedai Siti" in signed_in(siti).get("/saya/orang/").text


def test_the_link_is_closed_to_others_to_late_comers_and_after_revoking(
    siti, batik, ani, budi
) -> None:
    invite(siti)
    person = BusinessPerson.objects.get()
    link = link_of(person)

    closed = signed_in(budi).get(link)
    assert closed.status_code == 404
    assert "untuk nomor atau e-mail lain" in closed.text
    assert "Batik Siti" not in closed.text
    assert signed_in(budi).post(link).status_code == 404
    assert signed_in(ani).get("/undangan/palsu/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        late = signed_in(ani).post(link)
        assert "sudah tidak berlaku sejak" in late.text
    signed_in(siti).post(f"/saya/orang/{person.pk}/cabut/")
    assert "sudah dicabut" in signed_in(ani).get(link).text
    assert not BusinessPerson.objects.working().exists()


def test_revoking_works_on_the_very_next_request(siti, batik, ani) -> None:
    person = make.person(batik, ani, Right.CATALOGUE)
    product = make.product(batik)
    hers = signed_in(ani)
    assert hers.get(f"/saya/produk/{product.pk}/").status_code == 200

    signed_in(siti).post(f"/saya/orang/{person.pk}/cabut/")

    assert hers.get(f"/saya/produk/{product.pk}/").status_code == 404
    assert "Batik Siti" not in hers.get("/saya/produk/").text


def test_a_changed_right_works_on_the_very_next_request(siti, batik, ani) -> None:
    person = make.person(batik, ani, Right.CATALOGUE)
    product = make.product(batik)
    hers = signed_in(ani)

    signed_in(siti).post(f"/saya/orang/{person.pk}/", {"rights": ["bazar"]})

    assert hers.get(f"/saya/produk/{product.pk}/").status_code == 404
    assert "Anda tidak mengurus katalog." in hers.get("/saya/produk/").text
    assert "Anda tidak mengurus katalog." in hers.get("/saya/produk/baru/").text


def test_budi_cannot_touch_sitis_staff(batik, ani, budi) -> None:
    person = make.person(batik, ani, Right.CATALOGUE)
    his = signed_in(budi)

    assert his.get(f"/saya/orang/{person.pk}/").status_code == 404
    assert his.post(f"/saya/orang/{person.pk}/", {"rights": ["bazar"]}).status_code == 404
    assert his.post(f"/saya/orang/{person.pk}/cabut/").status_code == 404
    assert signed_in(ani).post(f"/saya/orang/{person.pk}/cabut/").status_code == 404
    person.refresh_from_db()
    assert person.rights == [Right.CATALOGUE]


def test_one_row_and_three_cost_the_same(siti, batik, django_assert_num_queries) -> None:
    client = signed_in(siti)
    make.person(batik, make.user("a"), Right.MARKET)
    client.get("/saya/orang/")
    with django_assert_num_queries(7) as one:
        client.get("/saya/orang/")
    for name in ("b", "c"):
        make.person(batik, make.user(name), Right.MARKET)
    with django_assert_num_queries(len(one)):
        client.get("/saya/orang/")


class TestSwitcher:
    def test_one_business_shows_no_switcher(self, siti, batik) -> None:
        assert "Ganti usaha" not in signed_in(siti).get("/saya/").text

    def test_the_choice_stays_for_every_page_and_is_made_by_post(self, siti, batik) -> None:
        kedai = make.business(siti, name="Kedai Siti")
        make.product(batik, name="Kain panjang")
        make.product(kedai, name="Kue lumpur")
        client = signed_in(siti)
        assert "Kue lumpur" in client.get("/saya/produk/").text

        assert client.get(f"/saya/ganti/?usaha={batik.pk}").status_code == 405
        went = client.post("/saya/ganti/", {"usaha": batik.pk, "dari": "/saya/produk/"})

        assert went["Location"] == "/saya/produk/"
        page = client.get("/saya/produk/").text
        assert "Kain panjang" in page
        assert "Kue lumpur" not in page
        for path in ("/saya/", "/saya/produk/", "/saya/iuran/", "/saya/kartu/", "/saya/jbl/"):
            assert "<strong>" in client.get(path).text.split("Ganti usaha")[0], path
            assert "Batik Siti</strong>" in client.get(path).text, path
        assert kedai.name in page

    def test_a_new_product_goes_to_the_chosen_business(self, siti, batik) -> None:
        make.business(siti, name="Kedai Siti")
        client = signed_in(siti)
        client.post("/saya/ganti/", {"usaha": batik.pk})

        page = client.get("/saya/produk/baru/").text

        assert f'<option value="{batik.pk}" selected>Batik Siti</option>' in page

    def test_nobody_switches_to_a_business_of_another(self, siti, batik, budi) -> None:
        warung = make.business(budi, name="Warung Budi")
        client = signed_in(siti)

        for wanted in (warung.pk, "", "x", 10**30):
            assert client.post("/saya/ganti/", {"usaha": wanted}).status_code == 404

    def test_the_way_back_stays_in_the_house(self, siti, batik) -> None:
        client = signed_in(siti)
        for back in ("https://jahat.example/", "//jahat.example/", "/admin/", ""):
            went = client.post("/saya/ganti/", {"usaha": batik.pk, "dari": back})
            assert went["Location"] == "/saya/"

    def test_an_employer_is_one_of_the_choices(self, siti, batik, budi) -> None:
        make.business(budi, name="Warung Budi")
        make.person(batik, budi, Right.MARKET)

        page = signed_in(budi).get("/saya/").text

        assert "Warung Budi</strong>" in page
        assert "Batik Siti (karyawan)" in page

    def test_what_was_cancelled_is_no_choice(self, siti, batik) -> None:
        make.business(siti, name="Salah ketik", status="cancelled")

        page = signed_in(siti).get("/saya/").text

        assert "Ganti usaha" not in page
        assert "Batik Siti" in page
