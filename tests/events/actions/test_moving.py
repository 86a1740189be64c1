"""A day comes earlier: who was offered a place or a seat must answer in time for it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from events.actions.editions import Hours, cancel_event, move_day
from events.actions.offers import lapse_offers
from events.actions.registration import cancel_registration
from events.actions.series import Hours as SeriesHours
from events.actions.series import Plan, repeat_event
from events.actions.waitlist import keep_waitlists_moving, offer_free_seats
from events.choices import EventKind, EventStatus, PlaceStatus, RegistrationStatus
from events.models import BoothPlace, EventDay
from tests import make
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.recurrence import Every, Pattern
from umkm_portal.notices.models import Notice

JAKARTA = ZoneInfo("Asia/Jakarta")
FRIDAY = date(2026, 6, 12)
TUESDAY = date(2026, 6, 9)
MONDAY_9 = datetime(2026, 6, 8, 9, tzinfo=JAKARTA)
pytestmark = pytest.mark.django_db
S = PlaceStatus


@pytest.fixture(autouse=True)
def _monday(time_machine) -> None:
    time_machine.move_to(MONDAY_9, tick=False)


@pytest.fixture
def offered(batik) -> BoothPlace:
    """Siti is offered a place on Friday; she has until this evening, 21.00."""
    day = make.jbl_day(FRIDAY)
    make.edition(day.event, seats_per_day=1)
    make.application(day, batik, status=S.WAITLISTED, rank=1)
    (place,) = offer_free_seats(day, by=None, via="jadwal")
    assert place.offer_until == datetime(2026, 6, 8, 21, tzinfo=JAKARTA)
    return place


def move(day, to: date, petugas, opens: time = time(9)) -> EventDay:
    return move_day(day, to=Hours(to, opens, time(16)), by=petugas, via="admin")


class TestPlaces:
    def test_half_of_what_is_left_until_the_sellers_come(self, offered, petugas) -> None:
        before = Notice.objects.get(purpose="jbl_offer")

        move(offered.day, TUESDAY, petugas)

        # Until Tuesday 07.30 there are 13,5 hours of daytime.
        offered.refresh_from_db()
        assert offered.offer_until == datetime(2026, 6, 8, 15, 45, tzinfo=JAKARTA)
        line = AuditEntry.objects.get(verb="place.offer_shortened")
        assert line.by == petugas
        again = Notice.objects.filter(purpose="jbl_offer").latest("pk")
        assert again != before
        assert "15.45" in again.subject
        assert again.news_until == offered.offer_until
        before.refresh_from_db()
        assert before.news_until == timezone.now()

    def test_a_later_day_leaves_the_limit_alone(self, offered, petugas) -> None:
        move(offered.day, FRIDAY + timedelta(days=7), petugas)

        until = offered.offer_until
        offered.refresh_from_db()
        assert offered.offer_until == until
        assert Notice.objects.filter(purpose="jbl_offer").count() == 1

    def test_an_earlier_day_that_is_far_enough_does_too(self, offered, petugas) -> None:
        move(offered.day, FRIDAY - timedelta(days=1), petugas)

        assert not AuditEntry.objects.filter(verb="place.offer_shortened").exists()

    def test_too_near_to_ask_anybody_the_day_itself_is_the_limit(self, offered, petugas) -> None:
        day = offered.day
        day.set_up_at = None
        day.save()

        move(day, date(2026, 6, 8), petugas, opens=time(9, 45))

        offered.refresh_from_db()
        assert offered.offer_until == datetime(2026, 6, 8, 9, 45, tzinfo=JAKARTA)

    def test_already_begun_it_lapses_by_the_clock_and_nobody_is_asked(
        self, offered, petugas, time_machine
    ) -> None:
        move(offered.day, date(2026, 6, 8), petugas, opens=time(8))

        time_machine.move_to(MONDAY_9 + timedelta(minutes=1), tick=False)
        keep_waitlists_moving(at=timezone.now())
        offered.refresh_from_db()
        assert offered.status == S.LAPSED
        assert Notice.objects.filter(purpose="jbl_offer").count() == 1

    def test_only_the_day_that_moved(self, offered, petugas, budi) -> None:
        other = make.jbl_day(FRIDAY + timedelta(days=1), edition=offered.day.event)
        make.application(other, make.business(budi), status=S.WAITLISTED, rank=1)
        (second,) = offer_free_seats(other, by=None, via="jadwal")

        move(offered.day, TUESDAY, petugas)

        until = second.offer_until
        second.refresh_from_db()
        assert second.offer_until == until

    def test_moved_twice_is_shortened_twice_at_most(self, offered, petugas) -> None:
        move(offered.day, TUESDAY, petugas)
        move(offered.day, TUESDAY, petugas)
        move(offered.day, FRIDAY, petugas)

        offered.refresh_from_db()
        assert offered.offer_until == datetime(2026, 6, 8, 15, 45, tzinfo=JAKARTA)
        assert AuditEntry.objects.filter(verb="place.offer_shortened").count() == 1


class TestSeats:
    @pytest.fixture
    def seat(self, batik, budi):
        """A training on Friday is full; Budi leaves, and a guest with an address is asked."""
        event = make.event(days=[FRIDAY], capacity=1)
        leaving = make.registration(event, business=make.business(budi))
        guest = {"name": "Ani", "phone": "+6281200000001", "email": "ani@contoh.example"}
        waits = make.registration(event, status=RegistrationStatus.WAITLISTED, **guest)
        cancel_registration(leaving, by=budi, via="web")
        waits.refresh_from_db()
        assert waits.offered_until == MONDAY_9 + timedelta(hours=24)
        return waits

    def test_half_of_what_is_left(self, seat, petugas) -> None:
        move(seat.event.days.get(), TUESDAY, petugas, opens=time(8))

        seat.refresh_from_db()
        assert seat.offered_until == MONDAY_9 + timedelta(hours=11, minutes=30)
        assert Notice.objects.filter(purpose="event_offered").count() == 2
        assert AuditEntry.objects.get(verb="registration.offer_shortened").by == petugas

    def test_a_later_day_leaves_it_alone(self, seat, petugas) -> None:
        move(seat.event.days.get(), FRIDAY + timedelta(days=7), petugas)

        seat.refresh_from_db()
        assert seat.offered_until == MONDAY_9 + timedelta(hours=24)

    def test_another_day_that_comes_first_still_counts(self, seat, petugas) -> None:
        last = EventDay.objects.create(event=seat.event, date=FRIDAY + timedelta(days=1))

        move(last, FRIDAY + timedelta(days=2), petugas)

        seat.refresh_from_db()
        assert seat.offered_until == MONDAY_9 + timedelta(hours=24)

    def test_already_begun_it_lapses(self, seat, petugas) -> None:
        move(seat.event.days.get(), date(2026, 6, 8), petugas, opens=time(8))

        lapse_offers(seat.event, at=MONDAY_9 + timedelta(minutes=1), by=None, via="jadwal")
        seat.refresh_from_db()
        assert seat.status == RegistrationStatus.LAPSED
        assert Notice.objects.filter(purpose="event_offered").count() == 1


def test_one_cancelled_date_of_a_series_closes_its_applications_alone(petugas, batik, budi) -> None:
    template = make.event(days=[FRIDAY], kind=EventKind.JBL, needs_sign_up=False)
    make.edition(template, seats_per_day=1)
    pattern = Pattern(Every.WEEK, FRIDAY, (4,), FRIDAY + timedelta(days=14))
    series = repeat_event(
        template, plan=Plan(pattern, SeriesHours(time(8), time(14))), by=petugas, via="admin"
    )
    days = list(EventDay.objects.filter(event__series=series).in_order())
    assert len(days) == 3
    asked = [make.application(day, batik) for day in days]
    more = [S.RETURNED, S.WAITLISTED, S.OFFERED]
    words = {"reason": "NIB.", "offered_at": MONDAY_9, "offer_until": MONDAY_9 + timedelta(hours=9)}
    others = [
        make.application(days[1], make.business(budi, name=f"Dapur {word}"), status=word, **words)
        for word in more
    ]

    cancel_event(days[1].event, reason="Libur.", by=petugas, via="admin")

    for place in [*asked, *others]:
        place.refresh_from_db()
    assert [place.status for place in asked] == [S.APPLIED, S.CLOSED, S.APPLIED]
    assert {place.status for place in others} == {S.CLOSED}
    events = [day.event for day in EventDay.objects.filter(event__series=series).in_order()]
    assert [event.status == EventStatus.CANCELLED for event in events] == [False, True, False]
    # One letter says that it is off; nobody is told a second time that her list was closed.
    assert not Notice.objects.filter(purpose="jbl_closed").exists()
    assert Notice.objects.filter(purpose="event_cancelled").count() == 2
