"""A card held before an officer's phone: to the list where she is expected, or to its check."""

from __future__ import annotations

from datetime import time, timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.urls import reverse

from events.choices import EventStatus, PlaceStatus
from tests import make
from tests.events.actions.test_checkin import FRIDAY, at
from tests.members.money import member, pay

pytestmark = pytest.mark.django_db
RINI = {"name": "Rini Kartika", "phone": "+6281298765432"}
URL = reverse("events:scan")


@pytest.fixture(autouse=True)
def _morning():
    with time_machine.travel(at(8), tick=False):
        yield


@pytest.fixture
def day():
    return make.jbl_day(FRIDAY)


@pytest.fixture
def card(batik, sekretariat, bendahara) -> str:
    membership = member(batik, by=sekretariat)
    pay(membership.invoices.get(), by=bendahara)
    return membership.card_code


@pytest.fixture
def phone(client, petugas):
    client.force_login(petugas)
    return client


@pytest.mark.parametrize("read", ["{}", "https://umkm.example/cek/{}/", " {} ", "small"])
def test_a_card_leads_to_the_list_where_she_is_expected(phone, day, batik, card, read) -> None:
    make.place(day, batik)
    code = f"{card[:5]} {card[5:]}".lower() if read == "small" else read.format(card)

    answer = phone.get(URL, {"kode": code}, follow=True)

    assert answer.redirect_chain == [(f"/petugas/hadir/{day.pk}/?q={card}", 302)]
    assert f'Hadir<span class="visually-hidden"> {batik.name}' in answer.content.decode()


def test_a_card_of_nobody_expected_today_is_checked(phone, day, card) -> None:
    answer = phone.get(URL, {"kode": card}, follow=True)

    assert answer.redirect_chain == [(f"/cek/{card}/", 302)]
    assert "Kartu ini berlaku hari ini." in answer.content.decode()


def test_the_code_of_a_guests_place_opens_it(phone) -> None:
    place = make.registration(make.event(days=[FRIDAY]), **RINI)

    answer = phone.get(URL, {"kode": f"https://umkm.example{place.get_absolute_url()}"})

    assert answer.headers["Location"] == place.get_absolute_url()


def test_a_card_of_somebody_with_a_seat_leads_to_that_list(phone, batik, card) -> None:
    training = make.event(days=[FRIDAY])
    make.registration(training, business=batik)

    answer = phone.get(URL, {"kode": card})

    assert answer.headers["Location"] == f"/petugas/hadir/{training.days.get().pk}/?q={card}"
    assert batik.name in phone.get(answer.headers["Location"]).content.decode()


def test_expected_at_two_places_the_officer_chooses(phone, day, batik, card) -> None:
    other = make.jbl_day(FRIDAY)
    make.place(day, batik)
    make.place(other, batik)

    page = phone.get(URL, {"kode": card}).content.decode()

    for each in (day, other):
        assert f"/petugas/hadir/{each.pk}/?q={card}" in page


@pytest.mark.parametrize("code", ["", "abc", "0000000000", "https://x.example/", "%00", "/"])
def test_what_is_no_code_is_said_so_beside_the_field(phone, day, code) -> None:
    answer = phone.get(URL, {"kode": code})

    assert answer.status_code == 200
    assert "Kesalahan:" in answer.content.decode()


def test_given_up_and_called_off_is_not_expected(phone, day, batik, card) -> None:
    place = make.place(day, batik)
    place.status = PlaceStatus.CANCELLED
    place.save()
    called_off = make.jbl_day(FRIDAY)
    make.place(called_off, batik)
    called_off.event.status = EventStatus.CANCELLED
    called_off.event.cancelled_at, called_off.event.cancel_reason = at(7), "Hujan"
    called_off.event.save()

    assert phone.get(URL, {"kode": card}).headers["Location"] == f"/cek/{card}/"


def test_the_lists_of_today_say_how_many_are_there(phone, day, batik, budi) -> None:
    make.place(day, batik)
    there = make.place(day, make.business(budi, name="Dapur Budi"), "A08")
    there.status, there.checked_in_at = PlaceStatus.PRESENT, at(7)
    there.save()
    training = make.event(name="Foto produk", days=[FRIDAY])
    make.registration(training, **RINI)
    make.event(name="Minggu depan", days=[FRIDAY + timedelta(days=7)])
    make.event(name="Tanpa daftar", days=[FRIDAY], needs_sign_up=False, capacity=None)

    page = phone.get(URL).content.decode()

    assert "1 dari 2 hadir" in page
    assert "0 dari 1 hadir" in page
    assert "Minggu depan" not in page
    assert "Tanpa daftar" not in page


def test_a_night_market_is_still_open_after_midnight(client, petugas, batik, card) -> None:
    night = make.jbl_day(
        FRIDAY, set_up_at=None, opens_at=time(18), closes_at=time(2), break_from=None, break_to=None
    )
    make.place(night, batik)

    for hour, leads_to in ((1, f"/petugas/hadir/{night.pk}/?q={card}"), (3, f"/cek/{card}/")):
        with time_machine.travel(at(hour) + timedelta(days=1), tick=False):
            client.force_login(petugas)
            assert client.get(URL, {"kode": card}).headers["Location"] == leads_to


def test_one_and_three_lists_cost_the_same(phone, day, batik, django_assert_num_queries) -> None:
    make.place(day, batik)
    phone.get(URL)
    with django_assert_num_queries(8):
        phone.get(URL)
    for _more in range(2):
        make.place(make.jbl_day(FRIDAY), batik)
    make.registration(make.event(days=[FRIDAY]), **RINI)
    with django_assert_num_queries(8):
        phone.get(URL)


def test_the_camera_may_be_asked_for_here_only(phone) -> None:
    assert "camera=(self)" in phone.get(URL)["Permissions-Policy"]
    assert "camera=()" in phone.get("/katalog/")["Permissions-Policy"]


def test_a_phone_that_cannot_scan_opens_the_card_with_its_own_camera(
    phone, client, day, batik, card, petugas
) -> None:
    """An iPhone has no reader in its browser: the link of the card has the button itself."""
    place = make.place(day, batik)
    assert "Buka aplikasi kamera HP ini" in phone.get(URL).content.decode()

    page = phone.get(f"/cek/{card}/").content.decode()
    assert f'action="/petugas/hadir/{day.pk}/"' in page
    assert f'name="siapa" value="{place.pk}"' in page

    tap = {"siapa": place.pk, "apa": "hadir"}
    answer = phone.post(f"/petugas/hadir/{day.pk}/", tap, follow=True)
    assert f"{batik.name} dicatat hadir." in answer.content.decode()
    place.refresh_from_db()
    assert (place.status, place.checked_in_by) == (PlaceStatus.PRESENT, petugas)
    page = phone.get(f"/cek/{card}/").content.decode()
    assert "Sudah dicatat hadir" in page
    assert 'value="hadir"' not in page


def test_at_a_training_the_card_has_the_button_too(phone, batik, card) -> None:
    seat = make.registration(make.event(days=[FRIDAY]), business=batik)
    day = seat.event.days.get()

    assert f'name="siapa" value="{seat.pk}"' in phone.get(f"/cek/{card}/").content.decode()

    phone.post(f"/petugas/hadir/{day.pk}/", {"siapa": seat.pk, "apa": "hadir"})
    assert day.attendances.get().registration == seat
    assert "Sudah dicatat hadir" in phone.get(f"/cek/{card}/").content.decode()


def test_nobody_else_sees_where_a_card_is_expected(
    client, day, batik, card, siti, kurator, django_assert_max_num_queries
) -> None:
    make.place(day, batik)

    with django_assert_max_num_queries(4):
        pages = [client.get(f"/cek/{card}/").content.decode()]
    for person in (siti, kurator):
        client.force_login(person)
        pages.append(client.get(f"/cek/{card}/").content.decode())

    for page in pages:
        assert "Kartu ini berlaku hari ini." in page
        assert day.event.name not in page
        assert "/petugas/hadir/" not in page
    assert [f"/petugas/pindai/?kode={card}" in page for page in pages] == [True, False, False]


def test_an_officer_who_is_not_signed_in_there_comes_to_the_row_all_the_same(
    client, petugas, day, batik, card
) -> None:
    """The camera opens another browser, or her half hour is over."""
    make.place(day, batik)
    door = f"/petugas/pindai/?kode={card}"

    sign_in = client.get(door)
    assert sign_in.headers["Location"] == f"/akun/masuk/?next={quote(door)}"
    client.force_login(petugas)
    answer = client.get(door)

    assert answer.headers["Location"] == f"/petugas/hadir/{day.pk}/?q={card}"


def test_before_the_door_opens_the_card_is_only_checked(phone, day, batik, card) -> None:
    make.place(day, batik)

    with time_machine.travel(at(3), tick=False):
        page = phone.get(f"/cek/{card}/").content.decode()

    assert "Kartu ini berlaku hari ini." in page
    assert day.event.name not in page
