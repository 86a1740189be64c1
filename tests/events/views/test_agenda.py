"""The agenda: by week, by month, in the visitor's own calendar."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from events.choices import EventKind, EventState, EventStatus
from events.models import Event
from events.reports.agenda import by_week, coming_events
from members.models import Kecamatan
from tests import make

JAKARTA = ZoneInfo("Asia/Jakarta")
pytestmark = pytest.mark.django_db


def test_it_is_grouped_by_week(time_machine) -> None:
    time_machine.move_to(datetime(2026, 12, 28, 9, tzinfo=JAKARTA), tick=False)
    days = [date(2026, 12, 28), date(2027, 1, 3), date(2027, 1, 4), date(2027, 1, 31)]
    make.event(days=[*days, date(2027, 2, 1), date(2027, 12, 27)])

    weeks = by_week(coming_events(at=timezone.now()), today=timezone.localdate())

    assert [week.label for week in weeks] == [
        "Pekan ini",
        "Pekan depan",
        "25–31 Januari 2027",
        "1–7 Februari 2027",
        "27 Desember 2027–2 Januari 2028",
    ]
    assert [len(week.cards) for week in weeks] == [2, 1, 1, 1, 1]


def test_one_event_or_three_cost_the_same(client, django_assert_num_queries) -> None:
    today = timezone.localdate()
    month = reverse("events:agenda_month", args=[f"{today:%Y}", f"{today:%m}"])
    make.event(days=[today + timedelta(days=1)])
    for path in ("/agenda/", month):
        with django_assert_num_queries(2):
            client.get(path)
    make.event(days=[today + timedelta(days=1), today + timedelta(days=2)])
    make.jbl_day(today + timedelta(days=1))
    for path in ("/agenda/", month):
        with django_assert_num_queries(2):
            assert b"Jumat Beli Lokal" in client.get(path).content


def test_filters_choose_and_nonsense_is_ignored(client) -> None:
    tebet = Kecamatan.objects.get(name="Tebet")
    make.event(name="Pelatihan kemasan", kecamatan=tebet)
    make.event(name="Pesta Panen", kind=EventKind.FESTIVAL, needs_sign_up=False)

    def shown(query: str) -> tuple[bool, bool]:
        page = client.get(f"/agenda/{query}").content.decode()
        return "Pelatihan kemasan" in page, "Pesta Panen" in page

    assert shown("?jenis=pelatihan") == (True, False)
    assert shown("?jenis=festival") == (False, True)
    assert shown("?kecamatan=tebet") == (True, False)
    assert shown("?jenis=rapat") == (True, True)
    assert shown("?jenis=%27&kecamatan=%27%3B--&halaman=999999999999") == (True, True)
    assert shown("?jenis=" + "x" * 3000) == (True, True)
    assert "Belum ada acara pada pilihan ini." in client.get("/agenda/?jenis=jbl").content.decode()


def test_a_card_and_its_page_say_the_same_state(time_machine) -> None:
    """The card is read by a statement of its own, the page by the model."""
    time_machine.move_to(datetime(2026, 12, 28, 12, tzinfo=JAKARTA), tick=False)
    today, tomorrow = date(2026, 12, 28), date(2026, 12, 29)
    now = timezone.now()
    make.event(name="Hari ini", days=[today])
    make.event(name="Dua hari, satu lewat", days=[date(2026, 12, 21), tomorrow])
    make.event(name="Rencana", days=[tomorrow], status=EventStatus.PLANNED)
    make.event(name="Tutup", days=[tomorrow], status=EventStatus.CLOSED)
    make.event(name="Lewat batas", days=[tomorrow], sign_up_closes_at=now)
    make.event(name="Masih dua", days=[tomorrow], capacity=2)
    make.registration(
        make.event(name="Penuh", days=[tomorrow], capacity=1), name="A", phone="+6281200000001"
    )
    make.event(name="Pindah", days=[tomorrow]).days.update(moved_from=today)
    make.event(name="Batal", days=[tomorrow], status=EventStatus.CANCELLED, cancelled_at=now)
    make.jbl_day(tomorrow)

    cards = coming_events(at=now)

    assert {card.state for card in cards} == set(EventState) - {EventState.DONE}
    events = {event.get_absolute_url(): event for event in Event.objects.with_seats().with_days()}
    assert len(events) == len(cards) == 10
    for card in cards:
        event = events[card.url]
        assert card.state == event.state(at=now, seats_taken=event.seats_taken), card.name


def test_a_day_leaves_the_list_when_it_closes(time_machine) -> None:
    make.event(days=[date(2026, 12, 28)])
    for minute, shown in ((59, 1), (60, 0)):
        at = datetime(2026, 12, 28, 15, tzinfo=JAKARTA) + timedelta(minutes=minute)
        assert len(coming_events(at=at)) == shown


def test_names_are_written_as_text(client) -> None:
    today = timezone.localdate()
    make.event(name="<b>Tahu & tempe</b>", slug="tahu-tempe", venue='<i>"Aula"</i>')
    for path in ("/agenda/", f"/agenda/{today + timedelta(days=7):%Y/%m}/"):
        page = client.get(path).content.decode()
        assert "&lt;b&gt;Tahu &amp; tempe&lt;/b&gt;" in page
        assert "&lt;i&gt;&quot;Aula&quot;&lt;/i&gt;" in page


def test_words_about_seats(client) -> None:
    make.event(name="Berkursi", capacity=30)
    full = make.event(name="Penuh", capacity=1)
    make.registration(full, name="Ani", phone="+6281200000001")
    make.event(name="Belum", status=EventStatus.PLANNED)
    make.event(name="Pesta", kind=EventKind.FESTIVAL, needs_sign_up=False)

    page = client.get("/agenda/").content.decode()

    for words in (
        "tersisa 30 tempat",
        "Penuh, ada daftar tunggu",
        "Direncanakan",
        "langsung datang",
    ):
        assert words in page
    for word in ("tiket", "keranjang", "bayar "):
        assert word not in page.split("<main")[1].split("</main>")[0].lower()


@pytest.mark.parametrize("path", ["2026/13/", "2026/00/", "1999/05/", "2026/5/", "99999/01/"])
def test_a_month_that_is_none_is_not_found(client, path) -> None:
    assert client.get(f"/agenda/{path}").status_code == 404


@pytest.mark.parametrize("month", ["2000/01", "2099/12", "2028/02"])
def test_the_edges_of_the_calendar_open(client, month) -> None:
    assert client.get(f"/agenda/{month}/").status_code == 200


def test_the_month_holds_whole_weeks(client) -> None:
    make.event(days=[date(2026, 12, 31)], name="Akhir tahun")

    page = client.get("/agenda/2026/12/").context["page"]

    assert (page.days[0].date, page.days[-1].date) == (date(2026, 11, 30), date(2027, 1, 3))
    assert page.shown == 1
    assert (page.before, page.after) == (date(2026, 11, 1), date(2027, 1, 1))


def test_the_calendar_file_says_when_and_where(client) -> None:
    event = make.event(days=[date(2026, 12, 31), date(2027, 1, 1)], summary="Bawa HP; dan, kain.")

    response = client.get(reverse("events:event_ics", args=[event.slug]))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    first, second = calendar.walk("VEVENT")
    assert first["DTSTART"].dt == datetime(2026, 12, 31, 9, tzinfo=JAKARTA)
    assert first["DTSTART"].params["TZID"] == "Asia/Jakarta"
    assert second["DTEND"].dt == datetime(2027, 1, 1, 16, tzinfo=JAKARTA)
    assert first["SUMMARY"] == event.name
    assert first["DESCRIPTION"] == "Bawa HP; dan, kain."
    assert "Cilandak" in first["LOCATION"]
    assert calendar.walk("VTIMEZONE")


def test_the_feed_holds_what_is_public_and_says_what_is_called_off(
    client, django_assert_num_queries
) -> None:
    make.event(name="Terbuka")
    make.event(name="Rahasia", kind=EventKind.MEETING)
    make.event(name="Konsep", published=False)
    off = make.jbl_day().event
    off.status, off.cancelled_at = EventStatus.CANCELLED, timezone.now()
    off.save()
    make.event(name="Kemarin", days=[timezone.localdate() - timedelta(days=1)])
    make.event(name="Dahulu", days=[timezone.localdate() - timedelta(days=90)])

    with django_assert_num_queries(3):
        feed = Calendar.from_ical(client.get("/agenda.ics").content)

    found = {str(event["SUMMARY"]): str(event["STATUS"]) for event in feed.walk("VEVENT")}
    assert found == {
        "Terbuka": "CONFIRMED",
        "Kemarin": "CONFIRMED",
        "Jumat Beli Lokal": "CANCELLED",
    }
    only = Calendar.from_ical(client.get("/agenda.ics?jenis=jbl").content)
    assert len(only.walk("VEVENT")) == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"capacity": 30}, "Tersisa 30 dari 30 tempat"),
        ({"status": EventStatus.PLANNED}, "Pendaftaran belum dibuka."),
        ({"status": EventStatus.CLOSED}, "Pendaftaran sudah ditutup."),
        ({"needs_sign_up": False}, "Langsung datang saja"),
        ({"days": [date(2026, 1, 2)]}, "Acara ini sudah selesai."),
        (
            {
                "status": EventStatus.CANCELLED,
                "cancelled_at": timezone.now(),
                "cancel_reason": "Listrik padam.",
            },
            "Listrik padam.",
        ),
    ],
)
def test_the_page_of_an_event_says_whether_one_can_come(client, values, sentence) -> None:
    event = make.event(**values)

    response = client.get(event.get_absolute_url())

    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_a_moved_day_says_where_it_was(client) -> None:
    event = make.event()
    event.days.update(moved_from=date(2026, 6, 12))

    page = client.get(event.get_absolute_url()).content.decode()

    assert "Dipindah dari Jumat, 12 Juni 2026" in page
    assert "Jadwal acara ini berubah." in page


def test_words_and_tags_narrow_list_and_month(client) -> None:
    today = timezone.localdate() + timedelta(days=7)
    make.event(name="Kelas ekspor", tags=["Persiapan G20"], venue="Aula Tebet")
    make.event(name="Kelas foto", organiser="Kadin")
    for path in ("/agenda/", f"/agenda/{today:%Y/%m}/"):
        for query, ekspor, foto in (
            ("?tag=Persiapan+G20", True, False),
            ("?q=KELAS", True, True),
            ("?q=tebet+kelas", True, False),
            ("?q=kadin", False, True),
            ("?q=g20", True, False),
            ("?q=100%25_", False, False),
        ):
            page = client.get(path + query).content.decode()
            assert ("Kelas ekspor" in page, "Kelas foto" in page) == (ekspor, foto), query
            assert "noindex" in page
            assert f'{path}">' in page.partition('rel="canonical"')[2][:80]
    assert "#Persiapan G20" in client.get("/agenda/").content.decode()


def test_staff_see_coordination_meetings_and_nobody_keeps_their_page(
    client, petugas, siti, settings
) -> None:
    day = timezone.localdate() + timedelta(days=7)
    make.event(name="Rapat persiapan", kind=EventKind.MEETING, days=[day])
    pages = ("/agenda/", f"/agenda/{day:%Y/%m}/", "/agenda/?jenis=rapat")
    for person in (None, siti):
        if person:
            client.force_login(person)
        for path in pages:
            assert "Rapat" not in client.get(path).content.decode()
    client.force_login(petugas)
    for path in pages:
        response = client.get(path)
        assert "Rapat persiapan" in response.content.decode()
        assert "no-store" in response["Cache-Control"]
    for path in ("/agenda.ics", "/agenda/rss/", "/agenda/sematan/"):
        assert "Rapat persiapan" not in client.get(path).content.decode()


def test_a_coordination_meeting_invites_nobody_but_staff(client, petugas) -> None:
    day = timezone.localdate() + timedelta(days=7)
    meeting = make.event(kind=EventKind.MEETING, days=[day], needs_sign_up=False)
    client.force_login(petugas)

    for path in ("/agenda/", meeting.get_absolute_url()):
        page = client.get(path).text.partition("<main")[2]
        assert "Untuk petugas" in page
        assert "Gratis" not in page
        assert "untuk umum" not in page


def test_two_hundred_events_a_month_cost_two_questions(client, django_assert_num_queries) -> None:
    day = timezone.localdate().replace(day=1)
    for number in range(200):
        make.event(name=f"Acara {number}", days=[day + timedelta(days=number % 28)])
    with django_assert_num_queries(2):
        page = client.get(f"/agenda/{day:%Y/%m}/?lalu=1").content.decode()
    folded = re.findall(r"\+(\d+) acara lagi", page)
    assert page.count('class="cal__event t-') + sum(map(int, folded)) == 200
