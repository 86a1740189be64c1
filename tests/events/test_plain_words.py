"""An event that costs nothing is no shop: no page or letter of it speaks as if it were."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from events.actions.registration import Guest, cancel_registration, register_guest
from events.choices import RegistrationStatus as S
from tests import make
from umkm_portal.notices.models import Notice

SHOP = re.compile(r"tiket|keranjang|bayar|checkout|pesanan|harga|\bRp\b", re.IGNORECASE)
LINK = {"by": None, "via": "tautan"}


def come(event, number: int):
    guest = Guest(f"Tamu {number}", f"+62812000000{number:02}", email=f"t{number}@contoh.example")
    return register_guest(event, guest=guest, by=None, via="web")


def said_on(page: str) -> list[str]:
    """The words on a page, without the frame that every page has."""
    words = re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1].split("</main>", 1)[0])
    return SHOP.findall(words)


@pytest.fixture
def crowd(db):
    """One has a seat, one is asked, one waits, one has gone."""
    event = make.event(capacity=2)
    rows = [come(event, number) for number in range(4)]
    cancel_registration(rows[0], **LINK)
    for row in rows:
        row.refresh_from_db()
    assert [row.state for row in rows] == [S.CANCELLED, S.REGISTERED, S.OFFERED, S.WAITLISTED]
    return rows


def test_the_pages_of_a_guest(client, crowd) -> None:
    event = crowd[0].event
    pages = [
        event.get_absolute_url(),
        reverse("events:sign_up", args=[event.slug]),
        *(row.get_absolute_url() for row in crowd),
        f"{crowd[1].get_absolute_url()}ubah/",
        reverse("events:agenda"),
    ]

    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert said_on(answer.content.decode()) == [], page


def test_the_pages_of_an_owner(client, siti, batik) -> None:
    coming = make.event()
    client.force_login(siti)
    assert said_on(client.get(reverse("events:sign_up", args=[coming.slug])).content.decode()) == []
    make.registration(coming, business=batik)
    past = make.training()
    make.attendance(make.registration(past, business=batik))

    page = client.get(reverse("events:my_trainings")).content.decode()

    assert past.name in page
    assert said_on(page) == []


def test_the_letters(crowd) -> None:
    letters = list(Notice.objects.all())
    purposes = {each.purpose for each in letters}
    assert purposes == {
        "event_registered",
        "event_waitlisted",
        "event_place_cancelled",
        "event_offered",
    }
    for letter in letters:
        assert SHOP.findall(f"{letter.subject} {letter.body}") == [], letter.subject
