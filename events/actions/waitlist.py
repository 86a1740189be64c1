"""A freed place goes to whoever is next: offered, answered in time, or passed on.

Whoever adds to or takes from the seats of a day holds the event first and then the day.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.place_letters import (
    ASKING,
    no_longer_news,
    tell_before_the_end,
    tell_seller,
)
from events.choices import UNDECIDED, EventStatus, PlaceStatus
from events.clock import place_kept_until
from events.models import BoothPlace, Event, EventDay
from events.models.day import still_to_come
from events.place_links import offer_link
from events.seats import DaySeats
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.dates import pukul, tanggal
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import Extra


@transaction.atomic
def offer_free_seats(day: EventDay, *, by: User | None, via: str) -> list[BoothPlace]:
    """Offer each free seat to the next in turn; return the new offers.

    As long as quotas keep their seats, only within a cell that has one free; from H-5 on to
    anybody. Who was offered a place once is not asked again for the same application.
    """
    day = lock_day(day)
    now = timezone.now()
    if day.event.status == EventStatus.CANCELLED or day.is_over(at=now):
        return []
    until = place_kept_until(now, begins=day.sellers_come_at)
    seats = DaySeats.of(day, at=now)
    if until is None or seats is None or not seats.free:
        return []
    offers = []
    for place in seats.next_in_turn():
        place.status = PlaceStatus.OFFERED
        place.offered_at, place.offer_until = now, until
        place.save(update_fields=["status", "offered_at", "offer_until"])
        record("place.offered", place, by=by, via=via, until=until, rank=place.rank)
        extra = Extra(until=until)
        tell_seller(place, "jbl_offer", link=offer_link(place), extra=extra)
        offers.append(place)
    return offers


@transaction.atomic
def accept_offer(place: BoothPlace, *, by: User | None, via: str) -> BoothPlace:
    """She comes: the seat is hers. Saying so twice is saying it once."""
    place = lock_place(place)
    if place.status == PlaceStatus.ACCEPTED:
        return place
    _refuse_unless_open(place)
    place.status, place.placed_at = PlaceStatus.ACCEPTED, timezone.now()
    place.save(update_fields=["status", "placed_at"])
    no_longer_news(place, purposes=ASKING)
    record("place.offer_accepted", place, by=by, via=via)
    tell_before_the_end(place, "jbl_accepted")
    return place


@transaction.atomic
def decline_offer(place: BoothPlace, *, by: User | None, via: str) -> BoothPlace:
    """She does not come: the next in turn is asked at once."""
    place = lock_place(place)
    if place.status == PlaceStatus.DECLINED:
        return place
    _refuse_unless_open(place)
    place.status = PlaceStatus.DECLINED
    place.save(update_fields=["status"])
    no_longer_news(place)
    record("place.offer_declined", place, by=by, via=via)
    offer_free_seats(place.day, by=by, via=via)
    return place


@transaction.atomic
def lapse_offer(place: BoothPlace, *, by: User | None, via: str) -> BoothPlace:
    """Nobody answered in time: the next in turn is asked. Before its time it changes nothing."""
    place = lock_place(place)
    if not _is_late(place, timezone.now()):
        return place
    place.status = PlaceStatus.LAPSED
    place.save(update_fields=["status"])
    no_longer_news(place)
    record("place.offer_lapsed", place, by=by, via=via, until=place.offer_until)
    tell_before_the_end(place, "jbl_offer_lapsed")
    offer_free_seats(place.day, by=by, via=via)
    return place


@transaction.atomic
def close_undecided(day: EventDay, *, by: User | None, via: str) -> list[BoothPlace]:
    """The day is over or called off: who still waited is told so. Refused before that."""
    day = lock_day(day)
    called_off = day.event.status == EventStatus.CANCELLED
    if not called_off and not day.is_over(at=timezone.now()):
        raise ActionRefused(_("Hari ini belum selesai, jadi daftar tunggunya belum ditutup."))
    rows = day.places.filter(status__in=UNDECIDED).select_for_update(of=("self",))
    closed = list(rows.select_related("business__owner").order_by("pk"))
    no_longer_news(*closed)
    for place in closed:
        was, place.day = place.status, day
        place.status = PlaceStatus.CLOSED
        place.save(update_fields=["status"])
        record("place.closed", place, by=by, via=via, was=was)
        # Of a cancellation everybody is told at once, in one message for all her days.
        if not called_off:
            tell_seller(place, "jbl_closed")
    return closed


def keep_waitlists_moving(*, at: datetime) -> int:
    """The minute's work: late offers lapse, free seats are offered, lists of past days are closed.

    Each day is a transaction of its own. Return how many days had work.
    """
    late = BoothPlace.objects.filter(status=PlaceStatus.OFFERED, offer_until__lte=at)
    for place in late.order_by("offer_until", "pk"):
        lapse_offer(place, by=None, via="jadwal")
    undecided = EventDay.objects.filter(places__status__in=UNDECIDED).distinct()
    coming = undecided.filter(still_to_come(at)).exclude(event__status=EventStatus.CANCELLED)
    waiting = coming.filter(places__status=PlaceStatus.WAITLISTED)
    worked = list(waiting.in_order())
    for day in worked:
        offer_free_seats(day, by=None, via="jadwal")
    ended = list(undecided.exclude(pk__in=coming.values("pk")).in_order())
    for day in ended:
        close_undecided(day, by=None, via="jadwal")
    return len(worked) + len(ended)


def lock_day(day: EventDay) -> EventDay:
    Event.objects.select_for_update(of=("self",)).get(pk=day.event_id)
    return EventDay.objects.select_for_update(of=("self",)).select_related("event").get(pk=day.pk)


def lock_place(place: BoothPlace) -> BoothPlace:
    """The place as it is once nobody else can change the seats of its day."""
    day = lock_day(place.day)
    related = BoothPlace.objects.select_related("business__owner", "booth")
    place = related.select_for_update(of=("self",)).get(pk=place.pk)
    place.day = day
    return place


def _is_late(place: BoothPlace, now: datetime) -> bool:
    if place.status != PlaceStatus.OFFERED or place.offer_until is None:
        return False
    return now >= place.offer_until


def _refuse_unless_open(place: BoothPlace) -> None:
    now = timezone.now()
    if place.day.event.status == EventStatus.CANCELLED:
        raise ActionRefused(_("Acara ini sudah dibatalkan."))
    if place.day.is_over(at=now):
        raise ActionRefused(_("Hari ini sudah lewat."))
    if place.status == PlaceStatus.LAPSED or _is_late(place, now):
        assert place.offer_until  # noqa: S101  a constraint holds it
        raise ActionRefused(
            _("Tawaran ini berlaku sampai %(day)s %(time)s dan sudah diteruskan ke penjual lain.")
            % {"day": tanggal(place.offer_until), "time": pukul(place.offer_until)}
        )
    if place.status != PlaceStatus.OFFERED:
        raise ActionRefused(_("Tawaran ini sudah Anda jawab, atau sudah tidak ada."))
