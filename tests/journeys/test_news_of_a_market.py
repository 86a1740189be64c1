"""Rain on the morning of a market: within a minute page, inbox, mail and send-list say so.

The portal runs as under gunicorn, with the worker's memory of public pages, and jobs are done by
the worker's own command; letters arrive at a mail server of their own.
"""

from __future__ import annotations

import time as clock
from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from events.actions.editions import Hours, cancel_event, keep_event, move_day
from events.models import EventDay
from tests import make
from tests.front import until
from tests.journeys.conftest import DESK, PHONE, shoot, sign_in
from tests.postbox import postbox
from umkm_portal.front import keep_public_pages
from umkm_portal.lib.changes import Changes

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = 60


@pytest.fixture(scope="module")
def live_server() -> Iterator[LiveServer]:
    changes = Changes()
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = lambda files: keep_public_pages(files.application, changes)
    server.start()
    yield server
    server.stop()
    changes.close()


@pytest.fixture
def market(batik) -> EventDay:
    """Tomorrow; Siti has a booth."""
    day = make.jbl_day(timezone.localdate() + timedelta(days=1))
    make.place(day, batik)
    return day


@pytest.fixture
def post(settings):
    with postbox(settings) as box:
        yield box


def shows(page: Page, path: str, text: str) -> bool:
    page.goto(path)
    return text in page.inner_text("main")


def call_off(day: EventDay, by) -> None:
    cancel_event(day.event, reason="Hujan lebat dan angin.", by=by, via="admin")


def move(day: EventDay, by) -> None:
    to = Hours(day.date + timedelta(days=2), time(13), time(18))
    move_day(day, to=to, by=by, via="admin")


def change_place(day: EventDay, by) -> None:
    day.event.venue = "Aula Kantor Wali Kota"
    keep_event(day.event, changed=["venue"], by=by, via="admin")


@pytest.mark.parametrize(
    ("happens", "page_says", "letter_says"),
    [
        (call_off, "Hujan lebat dan angin.", "dibatalkan"),
        (move, "13.00–18.00", "dipindah"),
        (change_place, "Aula Kantor Wali Kota", "PERUBAHAN"),
    ],
    ids=["called off", "moved", "another place"],
)
def test_whoever_comes_hears_of_it_within_a_minute(
    new_page,
    market,
    siti,
    petugas,
    post,
    happens,
    page_says,
    letter_says,
    cache_table,
) -> None:
    siti.owner.phone = "+6281234567890"
    siti.owner.save()
    shopper, owner, desk = (new_page(viewport=size) for size in (PHONE, PHONE, DESK))
    sign_in(owner, siti)
    sign_in(desk, petugas)
    paths = [market.event.get_absolute_url(), "/jumat/", "/agenda/"]
    for path in paths:
        assert until(lambda path=path: shows(shopper, path, "09.00–16.00")), shopper.inner_text(
            "main"
        )
        assert page_says not in shopper.inner_text("main")
        assert shopper.goto(path).headers["age"].isdigit(), "kept by the worker"

    began = clock.monotonic()
    happens(market, petugas)
    call_command("db_worker", batch=True, interval=0, verbosity=0)
    assert until(lambda: shows(shopper, paths[0], page_says), MINUTE)
    assert any(letter_says in letter["Subject"] for letter in post.letters)
    desk.goto("/admin/members/letter/")
    desk.get_by_role("button", name="Ambil sampai 40 pesan").click()
    link = desk.get_by_role("link", name="Buka WhatsApp").first.get_attribute("href")
    assert shows(owner, "/saya/pesan/", letter_says)
    assert clock.monotonic() - began < MINUTE

    assert link is not None
    assert link.startswith("https://wa.me/6281234567890?text=PERUBAHAN")
    shoot(desk, f"kirim-whatsapp-{letter_says}")
    assert [letter["To"] for letter in post.letters] == [siti.email]
