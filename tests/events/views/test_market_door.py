"""The list on a staff phone at the market."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from events.choices import PlaceStatus
from tests import make
from tests.events.actions.test_checkin import FRIDAY, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning():
    with time_machine.travel(at(8), tick=False):
        yield


@pytest.fixture
def day():
    return make.jbl_day(FRIDAY)


@pytest.fixture
def url(day) -> str:
    return reverse("events:attendance", args=[day.pk])


def send(client, url: str, taps: object):
    return client.post(url, json.dumps(taps), content_type="application/json")


def test_petugas_finds_her_by_three_letters_and_taps_once(client, petugas, day, url, batik) -> None:
    place = make.place(day, batik)
    client.force_login(petugas)

    assert batik.name in client.get(url, {"q": "bat"}).content.decode()
    assert batik.name not in client.get(url, {"q": "zzz"}).content.decode()
    client.post(url, {"siapa": place.pk, "apa": "hadir"})

    place.refresh_from_db()
    assert place.status == PlaceStatus.PRESENT
    assert "Hadir pukul 08.00 WIB" in client.get(url).content.decode()


def test_what_the_phone_kept_is_sent_at_once_and_twice_is_once(
    client, petugas, day, url, batik
) -> None:
    place = make.place(day, batik)
    client.force_login(petugas)
    taps = [{"id": "a", "siapa": place.pk, "apa": "hadir", "pada": "2026-06-12T00:50:00Z"}]

    for _twice in range(2):
        assert send(client, url, taps).json() == [{"id": "a", "teks": ""}]

    place.refresh_from_db()
    assert place.checked_in_at == at(7, 50)


def test_a_copy_for_later_does_not_use_up_what_the_page_has_to_say(
    client, petugas, day, url, batik
) -> None:
    place = make.place(day, batik)
    client.force_login(petugas)
    client.post(url, {"siapa": place.pk, "apa": "hadir"})

    copy = client.get(url, headers={"X-Salinan": "ya"}).content.decode()
    page = client.get(url).content.decode()

    assert "dicatat hadir" not in copy
    assert "dicatat hadir" in page
    assert '"X-Salinan"' in client.get("/sw.js").content.decode()


def test_one_bad_tap_does_not_keep_the_others_back(client, petugas, day, url, batik) -> None:
    place = make.place(day, batik)
    other = make.place(make.jbl_day(FRIDAY + timedelta(days=7)), batik)
    client.force_login(petugas)
    taps = [
        {"id": "1", "siapa": other.pk, "apa": "hadir"},
        {"id": "2", "siapa": "x", "apa": "terbang", "pada": 5},
        "bukan",
        {"id": "4", "siapa": place.pk, "apa": "hadir", "pada": "2026-13-45T99:00"},
    ]

    said = send(client, url, taps).json()

    assert [bool(each["teks"]) for each in said] == [True, True, True, False]
    place.refresh_from_db()
    assert place.status == PlaceStatus.PRESENT


@pytest.mark.parametrize("body", ["{", "{}", "null", "[" + "1," * 600 + "1]", '"\\u0000"'])
def test_what_is_no_list_of_taps_is_a_bad_request(client, petugas, url, body) -> None:
    client.force_login(petugas)

    assert client.post(url, body, content_type="application/json").status_code == 400


def test_an_owner_sees_no_door(client, siti, url) -> None:
    client.force_login(siti)

    assert client.get(url).status_code == 404
    assert send(client, url, []).status_code == 404


def test_the_door_costs_the_same_for_one_and_three(
    client, petugas, day, url, batik, budi, django_assert_num_queries
) -> None:
    make.place(day, batik)
    client.force_login(petugas)
    client.get(url)
    with django_assert_num_queries(7):
        client.get(url)
    for number in ("A08", "A09"):
        make.place(day, make.business(budi, name=f"Usaha {number}"), number)
    with django_assert_num_queries(7):
        client.get(url)


def test_a_phone_may_keep_the_whole_list_of_an_open_door_and_no_other(
    client, petugas, url, day, batik
) -> None:
    make.place(day, batik)
    client.force_login(petugas)

    midnight = at(0) + timedelta(days=1)
    assert client.get(url)["X-Keep-Until"] == str(int(midnight.timestamp() * 1000))
    assert "X-Keep-Until" not in client.get(url, {"q": "batik"})
    assert "X-Keep-Until" not in client.get(url, {"tampil": "belum"})
    with time_machine.travel(at(4), tick=False):
        assert "X-Keep-Until" not in client.get(url)
    with time_machine.travel(midnight, tick=False):
        assert "X-Keep-Until" not in client.get(url)


def test_the_list_names_her_and_nothing_else_of_her(client, petugas, url, day, batik, siti) -> None:
    make.place(day, batik)
    siti.owner.phone = "+6281299990000"
    siti.owner.save()
    client.force_login(petugas)

    page = client.get(url).content.decode()

    assert batik.name in page
    for private in (siti.email, "81299990000", "81234567890", batik.street, "siti@"):
        assert private not in page
