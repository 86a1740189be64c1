"""The agenda in calendars, feed readers and other people's pages."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from events.actions.editions import Hours, cancel_event, keep_event, move_day
from events.actions.series import Hours as SeriesHours
from events.actions.series import Plan, repeat_event
from events.choices import EventKind
from events.models import Event
from members.models import Kecamatan
from tests import make
from umkm_portal.lib.recurrence import Every, Pattern

JAKARTA = ZoneInfo("Asia/Jakarta")
FRIDAY = date(2026, 6, 12)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _june(time_machine) -> None:
    time_machine.move_to(datetime(2026, 6, 8, 9, 20, tzinfo=JAKARTA), tick=False)


def with_icalendar(content: bytes) -> dict[str, tuple]:
    """By uid: name, begin, end, sequence, status, series."""
    entries = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {
        str(e["UID"]): (
            str(e["SUMMARY"]),
            e["DTSTART"].dt,
            e["DTEND"].dt,
            int(e["SEQUENCE"]),
            str(e["STATUS"]),
            str(e.get("RELATED-TO", "")),
        )
        for e in entries
    }


def with_vobject(content: bytes) -> dict[str, tuple]:
    (calendar,) = vobject.readComponents(content.decode())
    return {
        e.uid.value: (
            e.summary.value,
            e.dtstart.value,
            e.dtend.value,
            int(e.sequence.value),
            e.status.value,
            e.related_to.value if hasattr(e, "related_to") else "",
        )
        for e in calendar.vevent_list
    }


@pytest.fixture
def busy_month(petugas) -> dict[str, Event]:
    """A night market that comes again, a moved training, a festival called off."""
    by = {"by": petugas, "via": "admin"}
    night = make.event(
        days=[], kind=EventKind.JBL, name="Pasar malam; JBL, Cipete", needs_sign_up=False
    )
    make.jbl_day(FRIDAY, edition=night, break_from=None, break_to=None)
    hours = SeriesHours(time(18), time(1))
    pattern = Pattern(Every.WEEK, FRIDAY, (4,), FRIDAY + timedelta(days=7))
    repeat_event(night, plan=Plan(pattern, hours), **by)
    Event.objects.update(published=True)
    moved = make.event(name="Foto produk", days=[date(2026, 6, 30)])
    move_day(moved.days.get(), to=Hours(date(2026, 7, 1), time(9), time(12)), **by)
    off = make.event(name="Festival", kind=EventKind.FESTIVAL, days=[FRIDAY])
    cancel_event(off, reason="Hujan.", **by)
    return {"night": night, "moved": moved, "off": off}


@pytest.mark.parametrize("parse", [with_icalendar, with_vobject])
def test_two_independent_programs_read_the_calendar_alike(client, busy_month, parse) -> None:
    found = parse(client.get("/agenda.ics").content)

    by_name = {row[0]: row for row in found.values()}
    assert len(found) == 4
    name, begins, ends, sequence, status, _series = by_name["Foto produk"]
    assert begins == datetime(2026, 7, 1, 9, tzinfo=JAKARTA)
    assert ends == datetime(2026, 7, 1, 12, tzinfo=JAKARTA)
    assert begins.utcoffset() == timedelta(hours=7)
    assert (sequence, status) == (1, "CONFIRMED")
    assert by_name["Festival"][3:5] == (1, "CANCELLED")
    nights = sorted(row[1:3] for row in found.values() if row[0] == "Pasar malam; JBL, Cipete")
    second = datetime(2026, 6, 19, 18, tzinfo=JAKARTA)
    assert nights[1] == (second, datetime(2026, 6, 20, 1, tzinfo=JAKARTA))
    series = {row[5] for row in found.values() if row[0].startswith("Pasar malam")}
    assert len(series) == 1
    assert series.pop().startswith(
        f"seri-{Event.objects.get(pk=busy_month['night'].pk).series_id}@"
    )


def test_the_zone_is_described(client, busy_month) -> None:
    calendar = icalendar.Calendar.from_ical(client.get("/agenda.ics").content)

    (zone,) = calendar.walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Asia/Jakarta"
    assert {part["TZOFFSETTO"].td for part in zone.subcomponents} == {timedelta(hours=7)}
    assert b"DTSTART;TZID=Asia/Jakarta:20260612T" in client.get("/agenda.ics").content


def test_an_entry_keeps_its_uid_when_it_moves(client, petugas) -> None:
    event = make.event(days=[FRIDAY])
    before = with_icalendar(client.get("/agenda.ics").content)
    to = Hours(FRIDAY + timedelta(days=1), time(9), time(16))
    move_day(event.days.get(), to=to, by=petugas, via="admin")

    assert with_icalendar(client.get("/agenda.ics").content).keys() == before.keys()


def test_a_calendar_takes_one_kind_one_kecamatan_or_one_tag(client) -> None:
    tebet = Kecamatan.objects.get(name="Tebet")
    make.event(name="A", days=[FRIDAY], kecamatan=tebet, tags=["Persiapan G20"])
    make.event(name="B", days=[FRIDAY], kind=EventKind.FESTIVAL)
    make.event(name="Rapat", days=[FRIDAY], kind=EventKind.MEETING)

    for query, names in (
        ("", {"A", "B"}),
        ("?jenis=pelatihan", {"A"}),
        ("?jenis=rapat", {"A", "B"}),
        ("?kecamatan=tebet", {"A"}),
        ("?jenis=festival&kecamatan=tebet", set()),
        ("?tag=Persiapan+G20", {"A"}),
    ):
        rows = with_icalendar(client.get(f"/agenda.ics{query}").content).values()
        assert {row[0] for row in rows} == names, query


@pytest.mark.parametrize("path", ["/agenda.ics", "/agenda/rss/", "/agenda/sematan/"])
def test_who_has_it_is_told_so(client, busy_month, path, petugas) -> None:
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")

    cancel_event(busy_month["moved"], reason="Banjir.", by=petugas, via="admin")
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 200


def stamps(content: bytes) -> dict[str, tuple[datetime, datetime]]:
    return {
        str(entry["SUMMARY"]): (entry["DTSTAMP"].dt, entry["LAST-MODIFIED"].dt)
        for entry in icalendar.Calendar.from_ical(content).walk("VEVENT")
    }


@pytest.mark.parametrize("path", ["/agenda.ics", "one"])
def test_hours_later_the_calendar_is_the_same(client, time_machine, path) -> None:
    event = make.event(days=[FRIDAY])
    path = f"/acara/{event.slug}.ics" if path == "one" else path
    first = client.get(path)
    time_machine.shift(timedelta(hours=30))

    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_an_entry_is_stamped_with_its_last_change_and_others_stay(
    client, petugas, time_machine
) -> None:
    make.event(name="Tetap", days=[FRIDAY])
    moved = make.event(name="Pindah", days=[FRIDAY])
    told = make.event(name="Ganti tempat", days=[FRIDAY])
    before = stamps(client.get("/agenda.ics").content)
    time_machine.shift(timedelta(hours=5))
    later = datetime(2026, 6, 8, 14, 20, tzinfo=JAKARTA)
    to = Hours(FRIDAY + timedelta(days=1), time(9), time(16))
    move_day(moved.days.get(), to=to, by=petugas, via="admin")
    told.venue = "Balai Warga"
    keep_event(told, changed=["venue"], by=petugas, via="admin")

    after = stamps(client.get("/agenda.ics").content)

    assert after["Tetap"] == before["Tetap"]
    assert after["Pindah"] == after["Ganti tempat"] == (later, later)


def test_one_and_three_events_in_a_calendar_cost_the_same(
    client, django_assert_max_num_queries
) -> None:
    make.event(days=[FRIDAY])
    client.get("/agenda.ics")
    with django_assert_max_num_queries(3):
        client.get("/agenda.ics")
    make.event(days=[FRIDAY])
    make.event(days=[FRIDAY])
    with django_assert_max_num_queries(3):
        client.get("/agenda.ics")


def test_the_feed_is_rss_with_stable_ids(client, busy_month) -> None:
    response = client.get("/agenda/rss/?jenis=pelatihan")

    assert response["Content-Type"].startswith("application/rss+xml")
    channel = ElementTree.fromstring(response.content).find(  # noqa: S314  our own
        "channel"
    )
    assert channel is not None
    (item,) = channel.findall("item")
    event = busy_month["moved"]
    assert item.findtext("title") == "Foto produk, Rabu, 1 Juli 2026"
    assert item.findtext("link", "").endswith(event.get_absolute_url())
    guid = item.find("guid")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"
    assert guid.text == f"acara-{event.pk}-{event.days.get().pk}@{guid.text.partition('@')[2]}"
    assert "Dipindah" in item.findtext("description", "")
    assert all(channel.findtext(name) for name in ("title", "link", "description", "language"))


@pytest.mark.parametrize("path", ["/agenda/sematan/", "/jumat/sematan/"])
def test_other_pages_may_frame_these_two_and_they_are_small(client, busy_month, path) -> None:
    response = client.get(path)

    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "style-src 'self'" in response["Content-Security-Policy"]
    assert not response.has_header("X-Frame-Options")
    assert not client.cookies
    assert len(response.content) < 12_000
    assert "Pasar malam; JBL, Cipete" in response.content.decode()


def test_a_copy_that_still_holds_may_still_be_framed(client, busy_month) -> None:
    etag = client.get("/agenda/sematan/")["ETag"]
    short = client.get("/agenda/sematan/", headers={"if-none-match": etag})

    assert short.status_code == 304
    assert "frame-ancestors *" in short["Content-Security-Policy"]
    assert not short.has_header("X-Frame-Options")


@pytest.mark.parametrize("path", ["/agenda/", "/jumat/", "/agenda/sematan/cara/", "/agenda/rss/"])
def test_nothing_else_may_be_framed(client, path) -> None:
    response = client.get(path)
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_the_frame_holds_ten_events_and_its_style_in_20_kb(client) -> None:
    for number in range(14):
        make.event(name=f"Pelatihan yang panjang namanya nomor {number}" * 2, days=[FRIDAY])
    css = Path("static/css/sematan.css").read_bytes()
    page = client.get("/agenda/sematan/").content

    assert page.count(b"<li>") == 10
    assert len(page) + len(css) <= 20_000


def test_web_masters_find_what_to_copy(client) -> None:
    page = client.get("/agenda/sematan/cara/").content.decode()
    assert "&lt;iframe src=" in page
    assert "/agenda/sematan/" in page
    assert 'href="webcal://' in client.get("/agenda/").content.decode()
