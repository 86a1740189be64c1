"""Staff repeat an event in plain choices, see the dates first, and copy the last edition."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from events.choices import EventKind
from events.models import Event, EventSeries
from tests import make

JAKARTA = ZoneInfo("Asia/Jakarta")
FRIDAY = date(2027, 2, 26)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _february(time_machine) -> None:
    time_machine.move_to(datetime(2027, 2, 22, 9, tzinfo=JAKARTA), tick=False)


@pytest.fixture
def market() -> Event:
    event = make.event(
        days=[], kind=EventKind.JBL, name="Jumat Beli Lokal", needs_sign_up=False, published=False
    )
    make.jbl_day(FRIDAY, edition=event)
    make.booth(event)
    return event


def choices(**values) -> dict[str, object]:
    return {
        "every": "minggu",
        "weekdays": ["4"],
        "first": "26/02/2027",
        "until": "26/03/2027",
        "opens_at": "08:00",
        "closes_at": "14:00",
        "set_up_at": "07:00",
        "break_from": "11:30",
        "break_to": "13:00",
        **values,
    }


def test_many_dates_left_out_are_counted(market) -> None:
    fridays = [FRIDAY + timedelta(days=7 * number) for number in range(7)]
    series = EventSeries(rule="FREQ=WEEKLY;BYDAY=FR", first_date=FRIDAY, exceptions=fridays)

    assert series.words.endswith(", kecuali 7 tanggal")


def test_the_dates_are_seen_before_they_are_made(client, petugas, market) -> None:
    client.force_login(petugas)
    url = reverse("admin:events_event_ulangi", args=[market.pk])
    make.event(days=[date(2027, 3, 5)], name="Rapat lain", venue=market.venue.upper())

    assert 'value="26/02/2027"' in client.get(url).content.decode()
    page = client.post(url, choices(lihat="1")).content.decode()

    assert "5 tanggal" in page
    assert "Jumat, 5 Maret 2027" in page
    assert "Tempatnya juga dipakai Rapat lain." in page
    assert "Libur: Wafat Yesus Kristus" in page
    assert not EventSeries.objects.exists()


def test_a_date_whose_mark_is_taken_away_is_an_exception(client, petugas, market) -> None:
    client.force_login(petugas)
    url = reverse("admin:events_event_ulangi", args=[market.pk])
    seen = ["2027-02-26", "2027-03-05", "2027-03-12", "2027-03-19", "2027-03-26"]

    client.post(url, choices(simpan="1", dilihat=seen, pakai=[*seen[:3], seen[4], "omong"]))

    series = EventSeries.objects.get()
    assert series.exceptions == [date(2027, 3, 19)]
    assert series.words == "Tiap Jumat sampai 26 Maret 2027, kecuali 19 Maret 2027"
    assert series.events.count() == 4
    assert series.rule == "FREQ=WEEKLY;WKST=MO;BYDAY=FR;UNTIL=20270326"
    # It stays out when only the end is changed, and comes back with its mark.
    client.post(url, choices(simpan="1", until="02/04/2027"))
    assert series.events.count() == 5
    client.post(url, choices(simpan="1", dilihat=seen, pakai=seen))
    series.refresh_from_db()
    assert (series.exceptions, series.events.count()) == ([], 5)


def test_all_dates_are_shown_from_the_page_of_the_series(client, petugas, market) -> None:
    client.force_login(petugas)
    client.post(reverse("admin:events_event_ulangi", args=[market.pk]), choices(simpan="1"))
    series = EventSeries.objects.get()
    show = reverse("admin:events_eventseries_tampilkan", args=[series.pk])

    assert client.get(show).status_code == 405
    page = client.post(show, follow=True).content.decode()

    assert series.events.filter(published=True).count() == 5
    assert page.count("Sudah tampil.") == 5
    member = series.events.latest("series_date")
    url = reverse("admin:events_event_ulangi", args=[member.pk])
    assert client.get(url).url == reverse("admin:events_event_ulangi", args=[market.pk])


def test_one_date_or_ten_cost_the_same(
    client, petugas, market, django_assert_max_num_queries
) -> None:
    client.force_login(petugas)
    repeat = reverse("admin:events_event_ulangi", args=[market.pk])
    for until in ("05/03/2027", "30/07/2027"):
        client.post(repeat, choices(simpan="1", until=until))
        page = reverse("admin:events_eventseries_change", args=[EventSeries.objects.get().pk])
        with django_assert_max_num_queries(25):
            client.get(page)
        with django_assert_max_num_queries(25):
            client.get(repeat)


def test_a_plan_that_makes_no_sense_is_a_sentence(client, petugas, market) -> None:
    client.force_login(petugas)
    url = reverse("admin:events_event_ulangi", args=[market.pk])

    page = client.post(url, choices(lihat="1", until="01/01/2027")).content.decode()
    assert "Tanggal akhir harus sesudah tanggal mulai." in page
    assert client.post(url, {"every": "kadang"}).status_code == 200


def test_the_next_edition_is_a_copy(client, petugas, market) -> None:
    client.force_login(petugas)
    url = reverse("admin:events_event_salin", args=[market.pk])

    assert 'value="Jumat Beli Lokal"' in client.get(url).content.decode()
    assert "sesudah hari ini" in client.post(url, {"name": "A", "to": "01/01/2027"}).text
    response = client.post(url, {"name": "JBL edisi 2", "to": "05/03/2027"})

    copy = Event.objects.get(name="JBL edisi 2")
    assert response.url == reverse("admin:events_event_change", args=[copy.pk])
    assert copy.booths.count() == 1


def test_a_clash_stands_on_the_page_of_the_event(client, petugas, market) -> None:
    client.force_login(petugas)
    same = {"venue": market.venue}
    make.event(days=[FRIDAY], name="Bazar sebelah", **same)
    make.event(days=[date(2027, 2, 25)], name="Kemarinnya", **same)
    make.event(days=[FRIDAY], name="Di tempat lain", venue="Kecamatan Tebet")

    page = client.get(reverse("admin:events_event_change", args=[market.pk])).content.decode()

    assert "Tempat ini juga dipakai Bazar sebelah" in page
    assert "Kemarinnya" not in page
    assert "Di tempat lain" not in page


@pytest.mark.parametrize("page", ["ulangi", "salin"])
def test_curators_have_no_business_here(client, kurator, market, page) -> None:
    client.force_login(kurator)
    assert client.get(reverse(f"admin:events_event_{page}", args=[market.pk])).status_code == 403
