import datetime

from icalendar import Calendar

from umkm_portal.lib.ical import CalendarEvent, event_ics
from umkm_portal.lib.qr import qr_svg

NINE = datetime.datetime(2026, 6, 12, 2, tzinfo=datetime.UTC)
JBL = CalendarEvent(
    uid="jbl-12@portal",
    title="JBL; Jumat, 12 Juni\r\nX-EVIL:1",
    starts_at=NINE,
    ends_at=NINE + datetime.timedelta(hours=3),
    stamp=NINE,
    place="Blok M",
)


def test_a_calendar_knows_the_hour_and_the_zone():
    file = event_ics(JBL)
    assert b"DTSTART;TZID=Asia/Jakarta:20260612T090000" in file
    assert b"BEGIN:VTIMEZONE" in file
    assert b"\nX-EVIL" not in file
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert event["status"] == "CONFIRMED"
    assert event["location"] == "Blok M"


def test_a_cancelled_event_says_so():
    gone = CalendarEvent(**{**vars(JBL), "cancelled": True, "sequence": 2})
    (event,) = Calendar.from_ical(event_ics(gone)).walk("VEVENT")
    assert (event["status"], event["sequence"]) == ("CANCELLED", 2)


def test_a_code_is_an_inline_drawing_without_style():
    svg = qr_svg("https://portal.test/k/ABC?a=1&b=<2>", title="Kartu <Siti>")
    assert svg.startswith("<svg ")
    assert "Kartu &lt;Siti&gt;" in svg
    assert "style=" not in svg
