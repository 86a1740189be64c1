"""One day of the agenda, and a month so full that its cells only begin to tell."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from events.actions.editions import Hours, move_day
from events.choices import EventKind, PlaceStatus
from tests import make
from umkm_portal.notices.models import Notice

JAKARTA = ZoneInfo("Asia/Jakarta")
BUDGET = 46_080
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _june(time_machine) -> None:
    time_machine.move_to(datetime(2026, 6, 8, 9, tzinfo=JAKARTA), tick=False)


def test_two_hundred_events_a_month_fit_and_each_day_tells_all_of_its_own(client) -> None:
    for number in range(200):
        name = f"Pelatihan pemasaran untuk usaha kuliner angkatan {number}"
        make.event(name=name, days=[date(2026, 8, number % 30 + 1)])

    page = client.get("/agenda/2026/08/")

    assert len(page.content) <= BUDGET
    shown = page.content.decode()
    # 200 over 30 days: six or seven a day, of which three are shown.
    assert shown.count("cal__event t-") == 90
    assert shown.count("+4 acara lagi") == 20
    assert shown.count("+3 acara lagi") == 10
    assert 'href="/agenda/2026/08/01/"' in shown
    day = client.get("/agenda/2026/08/01/")
    assert len(day.content) <= BUDGET
    told = set(re.findall(r"angkatan (\d+)<", day.content.decode()))
    assert told == {str(number) for number in range(0, 200, 30)}


@pytest.mark.parametrize(("events", "more"), [(3, ""), (4, "+1 acara lagi")])
def test_what_fits_is_not_folded(client, events, more) -> None:
    for _each in range(events):
        make.event(days=[date(2026, 8, 7)])

    shown = client.get("/agenda/2026/08/").content.decode()

    assert shown.count("cal__event t-") == 3
    assert ("acara lagi" in shown) is bool(more)
    assert more in shown


def test_the_filters_go_along_to_the_day(client) -> None:
    for number in range(4):
        make.event(name=f"Bazar {number}", kind=EventKind.FESTIVAL, days=[date(2026, 8, 7)])
    make.event(name="Pelatihan", days=[date(2026, 8, 7)])

    shown = client.get("/agenda/2026/08/?jenis=festival&q=bazar").content.decode()

    address = re.search(r'cal__more" href="([^"]+)"', shown)
    assert address is not None
    assert address[1] == "/agenda/2026/08/07/?jenis=festival&amp;q=bazar"
    day = client.get(address[1].replace("&amp;", "&")).content.decode()
    assert "Bazar 3" in day
    assert "Pelatihan<" not in day


def test_meetings_of_staff_and_hidden_events_are_on_no_public_day(client, petugas) -> None:
    make.event(name="Rapat", kind=EventKind.MEETING, days=[date(2026, 8, 7)])
    make.event(name="Rancangan", published=False, days=[date(2026, 8, 7)])

    assert "Belum ada acara" in client.get("/agenda/2026/08/07/").content.decode()
    client.force_login(petugas)
    assert "Rapat" in client.get("/agenda/2026/08/07/").content.decode()


@pytest.mark.parametrize("address", ["2026/02/29", "2026/02/30", "2026/06/31", "2026/06/00"])
def test_a_day_that_is_not_is_not_found(client, address) -> None:
    assert client.get(f"/agenda/{address}/").status_code == 404


def test_one_and_three_events_cost_the_same(client, django_assert_num_queries) -> None:
    make.event(days=[date(2026, 8, 7)])
    client.get("/agenda/2026/08/07/")
    for _more in range(2):
        with django_assert_num_queries(1):
            client.get("/agenda/2026/08/07/")
        make.event(days=[date(2026, 8, 7)])


def test_ends_of_months_and_years_and_a_leap_day_lead_on(client) -> None:
    for day, before, after in (
        ("2026/12/31", "2026/12/30", "2027/01/01"),
        ("2027/01/01", "2026/12/31", "2027/01/02"),
        ("2028/02/29", "2028/02/28", "2028/03/01"),
        ("2027/02/28", "2027/02/27", "2027/03/01"),
        ("2000/01/01", None, "2000/01/02"),
        ("2099/12/31", "2099/12/30", None),
    ):
        links = re.findall(
            r'href="/agenda/(\d{4}/\d\d/\d\d)/"', client.get(f"/agenda/{day}/").content.decode()
        )
        assert links == [link for link in (before, after) if link], day


def test_a_leap_day_stands_in_its_month_and_on_its_day(client) -> None:
    make.event(name="Pasar kabisat", kind=EventKind.FESTIVAL, days=[date(2028, 2, 29)])

    for address in ("2028/02", "2028/02/29"):
        page = client.get(f"/agenda/{address}/").content.decode()
        assert "Pasar kabisat" in page
        assert 'datetime="2028-02-29"' in page
    # The grid of March begins on Monday, 28 February.
    assert "Pasar kabisat" in client.get("/agenda/2028/03/").content.decode()


def test_a_night_is_on_the_day_it_begins_until_its_morning(client, time_machine) -> None:
    make.jbl_day(
        date(2026, 6, 12),
        set_up_at=None,
        opens_at=time(18),
        closes_at=time(1),
        break_from=None,
        break_to=None,
    )
    time_machine.move_to(datetime(2026, 6, 13, 0, 30, tzinfo=JAKARTA), tick=False)

    assert "18.00–01.00" in client.get("/agenda/2026/06/12/").content.decode()
    assert "18.00–01.00" not in client.get("/agenda/2026/06/13/").content.decode()
    assert "18.00–01.00" in client.get("/agenda/").content.decode()


def test_a_market_of_a_leap_day_moves_into_march_with_its_sellers(
    client, batik, petugas, time_machine
) -> None:
    time_machine.move_to(datetime(2028, 2, 25, 9, tzinfo=JAKARTA), tick=False)
    day = make.jbl_day(date(2028, 2, 29))
    place = make.place(day, batik)
    assert "Selasa, 29 Februari 2028" in client.get("/jumat/").text

    move_day(day, to=Hours(date(2028, 3, 1), time(9), time(16)), by=petugas, via="admin")

    page = client.get("/jumat/").text
    assert "Rabu, 1 Maret 2028" in page
    assert batik.name in page
    file = client.get("/agenda.ics").text
    assert "DTSTART;TZID=Asia/Jakarta:20280301T090000" in file
    assert "SEQUENCE:1" in file
    place.refresh_from_db()
    assert place.status == PlaceStatus.ACCEPTED
    assert Notice.objects.filter(recipient=batik.owner, purpose="event_moved").count() == 1
