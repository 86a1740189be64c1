"""The Friday page and the editions, as a shopper sees them."""

from __future__ import annotations

import gzip
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.cards import make_cards
from catalog.models import Product
from events.actions.editions import Hours, cancel_event, move_day
from events.choices import EventKind, EventStatus
from events.reports.editions import next_jbl_day, tag_cards
from tests import make

JAKARTA = ZoneInfo("Asia/Jakarta")
pytestmark = pytest.mark.django_db


def test_a_shopper_reads_where_and_when_and_who(client, batik, time_machine) -> None:
    time_machine.move_to(datetime(2026, 6, 9, 10, tzinfo=JAKARTA), tick=False)
    day = make.jbl_day(datetime(2026, 6, 12, tzinfo=JAKARTA).date())
    make.place(day, batik)
    make.product(batik, name="Kain batik tulis")

    page = client.get("/jumat/").content.decode()

    assert "Jumat, 12 Juni 2026 ada 1 lapak" in page
    assert "Istirahat salat Jumat" in page
    assert "11.30–13.00" in page
    assert "Batik Siti" in page
    assert "A07" in page
    assert "Kain batik tulis" in page
    assert "https://peta.example/plut" in page
    assert "hari lagi" in page


def test_without_an_edition_the_page_says_so(client, db) -> None:
    response = client.get("/jumat/")

    assert response.status_code == 200
    assert "Belum ada jadwal Jumat Beli Lokal berikutnya" in response.content.decode()


def test_without_sellers_the_page_says_when_they_are_announced(client) -> None:
    make.jbl_day()

    assert (
        "Daftar penjual diumumkan 3 hari sebelum acara." in client.get("/jumat/").content.decode()
    )


def test_a_called_off_day_is_a_banner_and_the_next_one_is_shown(client) -> None:
    today = timezone.localdate()
    off = make.jbl_day(today + timedelta(days=2))
    off.event.status, off.event.cancelled_at = EventStatus.CANCELLED, timezone.now()
    off.event.cancel_reason = "Hujan lebat dan angin kencang."
    off.event.save()
    make.jbl_day(today + timedelta(days=9), break_from=None, break_to=None)

    page = client.get("/jumat/").content.decode()

    assert "Hujan lebat dan angin kencang." in page
    assert 'role="alert"' in page
    assert client.get(off.event.get_absolute_url()).status_code == 200


def test_a_day_is_over_when_it_closes(client, time_machine) -> None:
    today = datetime(2026, 12, 31, 10, tzinfo=JAKARTA)
    time_machine.move_to(today, tick=False)
    last = make.jbl_day(today.date())
    following = make.jbl_day(datetime(2027, 1, 1, tzinfo=JAKARTA).date())

    assert client.get("/jumat/").context["page"].day == last
    time_machine.move_to(datetime(2026, 12, 31, 15, 59, 59, tzinfo=JAKARTA), tick=False)
    assert client.get("/jumat/").context["page"].day == last
    time_machine.move_to(datetime(2026, 12, 31, 16, 0, tzinfo=JAKARTA), tick=False)
    assert client.get("/jumat/").context["page"].day == following


def test_one_seller_or_three_cost_the_same(client, siti, django_assert_num_queries) -> None:
    day = make.jbl_day()

    def add(number: int) -> None:
        business = make.business(siti, name=f"Usaha {number}")
        make.product(business)
        make.place(day, business, f"A0{number}")

    add(1)
    with django_assert_num_queries(3):
        client.get("/jumat/")
    with django_assert_num_queries(4):
        client.get(day.event.get_absolute_url())
    add(2)
    add(3)
    with django_assert_num_queries(3):
        assert b"Usaha 3" in client.get("/jumat/").content
    with django_assert_num_queries(4):
        assert b"Usaha 3" in client.get(day.event.get_absolute_url()).content


def test_a_suspended_seller_is_not_shown(client, batik) -> None:
    day = make.jbl_day()
    make.place(day, batik)
    batik.suspended_at = timezone.now()
    batik.save()

    assert b"Batik Siti" not in client.get("/jumat/").content
    assert b"Batik Siti" not in client.get(day.event.get_absolute_url()).content


def test_the_list_shows_coming_and_past_editions(client, batik, django_assert_num_queries) -> None:
    today = timezone.localdate()
    make.jbl_day(today + timedelta(days=1))
    past = make.jbl_day(today - timedelta(days=7))
    make.place(past, batik)
    past.event.target_omzet, past.event.result_omzet = 150_000_000, 120_000_000
    past.event.result_pieces = 3484
    past.event.save()

    with django_assert_num_queries(5):
        page = client.get("/jbl/").content.decode()
    assert "Rp120.000.000" in page
    assert "(80 %)" in page
    assert "3.484" in page

    make.jbl_day(today + timedelta(days=2))
    make.jbl_day(today - timedelta(days=9))
    with django_assert_num_queries(6):
        client.get("/jbl/")


def test_results_stand_on_the_page_of_a_past_edition(client) -> None:
    past = make.jbl_day(timezone.localdate() - timedelta(days=7))
    past.event.target_omzet, past.event.result_omzet = 150_000_000, 84_000_000
    past.event.save()

    page = client.get(past.event.get_absolute_url()).content.decode()

    assert "Rp84.000.000" in page
    assert "56 % dari target Rp150.000.000" in page
    assert "Selesai" in page


@pytest.mark.parametrize("values", [{"published": False}, {"kind": EventKind.MEETING}])
def test_what_is_not_public_is_not_found(client, siti, petugas, values) -> None:
    event = make.event(**values)
    paths = [
        event.get_absolute_url(),
        reverse("events:event_ics", args=[event.slug]),
        reverse("events:sign_up", args=[event.slug]),
    ]

    assert {client.get(path).status_code for path in paths} == {404}
    assert event.name not in client.get("/agenda/").content.decode()
    client.force_login(siti)
    assert {client.get(path).status_code for path in paths} == {404}
    client.force_login(petugas)
    assert {client.get(path).status_code for path in paths} == {200}


def test_an_edition_has_its_page_under_jbl(client) -> None:
    edition = make.jbl_day().event

    response = client.get(f"/acara/{edition.slug}/")

    assert response.status_code == 302
    assert response.url == f"/jbl/{edition.slug}/"


def test_cards_elsewhere_carry_the_booth_of_the_coming_friday(batik, time_machine) -> None:
    friday = datetime(2026, 6, 12, tzinfo=JAKARTA).date()
    # Half past midnight on Saturday in Jakarta is still Friday in Greenwich.
    saturday = datetime(2026, 6, 6, 0, 30, tzinfo=JAKARTA)
    make.place(make.jbl_day(friday), batik)

    make.product(batik)

    def tags(at: datetime) -> list[str]:
        cards = make_cards(Product.objects.visible())
        return [card.stall_tag for card in tag_cards(cards, next_jbl_day(at=at), at=at)]

    assert tags(saturday) == ["Jumat ini · A07"]
    assert tags(saturday - timedelta(days=1)) == ["12 Jun 2026 · A07"]
    assert tags(saturday + timedelta(days=7)) == [""]


def test_a_week_without_a_market_names_the_next_one(client, time_machine) -> None:
    friday = datetime(2026, 6, 12, tzinfo=JAKARTA).date()
    make.jbl_day(friday)

    def says(moment: datetime) -> bool:
        time_machine.move_to(moment, tick=False)
        page = client.get("/jumat/").content.decode()
        return "Belum ada Jumat Beli Lokal minggu ini. Berikutnya: Jumat, 12 Juni 2026" in page

    assert says(datetime(2026, 6, 7, 23, 59, tzinfo=JAKARTA))
    assert not says(datetime(2026, 6, 8, tzinfo=JAKARTA))


def test_a_meeting_is_for_all_staff_and_a_draft_for_who_keeps_events(client, kurator) -> None:
    meeting = make.event(kind=EventKind.MEETING)
    draft = make.event(published=False)
    client.force_login(kurator)

    assert client.get(meeting.get_absolute_url()).status_code == 200
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_a_big_market_stays_a_light_page(client, siti) -> None:
    """Budget of the page's own bytes: 9 kB compressed, with 70 sellers and 12 goods shown."""
    day = make.jbl_day()
    for number in range(70):
        business = make.business(siti, name=f"Dapur Mpok Nani {number * 7919 % 1000}")
        make.place(day, business, f"A{number:02}")
        if number < 15:
            make.product(business, name=f"Keripik singkong {number}")

    page = client.get("/jumat/").content

    assert len(gzip.compress(page)) <= 9 * 1024
    assert b"Tampilkan 10 penjual lagi" in page
    assert page.count(b"product-card__name") == 12


def test_a_shopper_sees_the_plan_and_the_same_in_a_table(client, batik) -> None:
    day = make.jbl_day()
    make.booth(day.event, "A08", zone="Lorong A", power=True)
    make.place(day, batik)

    page = client.get(reverse("events:edition_plan", args=[day.event.slug])).content.decode()

    assert '<a href="#a07">' in page
    assert "A08: kosong" in page
    assert '<tr id="a07">' in page
    assert batik.get_absolute_url() in page


@pytest.mark.parametrize("asked", ["", "?hari=2020-01-01", "?hari=besok"])
def test_the_plan_of_a_day_that_is_not_one_is_that_of_the_next(client, batik, asked) -> None:
    day = make.jbl_day()
    make.place(day, batik)

    page = client.get(reverse("events:edition_plan", args=[day.event.slug]) + asked)

    assert page.context["day"] == day


def test_the_plan_before_anybody_has_a_booth_says_when(client) -> None:
    day = make.jbl_day()

    page = client.get(reverse("events:edition_plan", args=[day.event.slug]))

    assert "Daftar penjual diumumkan 3 hari sebelum acara." in page.content.decode()


@pytest.mark.parametrize("page", ["", "denah/", "katalog/"])
def test_a_called_off_edition_announces_no_sellers(client, petugas, page) -> None:
    event = make.jbl_day().event
    cancel_event(event, reason="Hujan lebat.", by=petugas, via="admin")

    text = client.get(f"/jbl/{event.slug}/{page}").content.decode()

    assert "Hujan lebat." in text
    assert "diumumkan" not in text


@pytest.mark.parametrize("page", ["", "denah/", "katalog/"])
def test_a_moved_day_is_said_on_every_page_of_its_edition(client, petugas, page) -> None:
    day = make.jbl_day()
    hours = Hours(day.date + timedelta(days=1), day.opens_at, day.closes_at)
    move_day(day, to=hours, by=petugas, via="admin")

    text = client.get(f"/jbl/{day.event.slug}/{page}").content.decode()

    assert "Jadwal acara ini berubah." in text


def test_the_plan_costs_the_same_for_one_and_three_sellers(
    client, batik, budi, django_assert_num_queries
) -> None:
    day = make.jbl_day()
    url = reverse("events:edition_plan", args=[day.event.slug])
    make.place(day, batik, "A01")
    with django_assert_num_queries(4):
        client.get(url)
    for number in ("A02", "A03"):
        make.place(day, make.business(budi, name=f"Usaha {number}"), number)
    with django_assert_num_queries(4):
        client.get(url)
