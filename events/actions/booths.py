"""Booths of an edition and who stands in them on which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.allocation import let_in
from events.actions.place_letters import ASKING, no_longer_news
from events.actions.waitlist import offer_free_seats
from events.choices import LIVING, SEATED, STANDING, EventStatus, PlaceStatus
from events.models import Booth, BoothPlace, Edition, Event, EventDay
from events.seats import DaySeats
from members.models import Business, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later


@dataclass(frozen=True)
class BoothRow:
    """Booths side by side, like A01 to A20."""

    numbers: Sequence[str]
    zone: str = ""
    size: str = ""
    power: bool = False


@transaction.atomic
def add_booths(event: Event, *, row: BoothRow, by: User | None, via: str) -> Event:
    """Put up a row of booths; numbers that exist already stay as they are."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    known = set(event.booths.filter(number__in=row.numbers).values_list("number", flat=True))
    new = [number for number in dict.fromkeys(row.numbers) if number not in known]
    Booth.objects.bulk_create(
        Booth(event=event, number=number, zone=row.zone, size=row.size, power=row.power)
        for number in new
    )
    if new:
        record("event.booths_added", event, by=by, via=via, numbers=new)
        for day in event.days.not_over(at=timezone.now()):
            offer_free_seats(day, by=by, via=via)
    return event


@transaction.atomic
def place_business(  # noqa: PLR0913  who stands where, and why out of turn
    booth: Booth,
    *,
    day: EventDay,
    business: Business,
    reason: str = "",
    beyond_quota: bool = False,
    by: User | None,
    via: str,
) -> BoothPlace:
    """The business stands in this booth on this day; its owner is told when and where.

    The event is locked first, so that nobody is placed while it is called off; the day is the
    lock for all its booths: of ten at once for the last booth one wins. Who has no seat yet is let
    in as at the page of turns: out of her turn with a reason, beyond the quota with a will.
    """
    Event.objects.select_for_update(of=("self",)).get(pk=day.event_id)
    day = EventDay.objects.select_for_update(of=("self",)).select_related("event").get(pk=day.pk)
    business = Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    _refuse_unless_on(day, booth)
    taken = day.places.standing().filter(booth=booth).select_related("business").first()
    if taken and taken.business_id == business.pk:
        return taken
    if taken:
        raise ActionRefused(
            _("Lapak %(booth)s sudah ditempati %(business)s.")
            % {"booth": booth, "business": taken.business}
        )
    _refuse_unless_free(business, day)
    place = day.places.living().filter(business=business).first()
    fee = Edition.objects.fee_for(day.event)
    place = place or BoothPlace(day=day, business=business, fee=fee)
    if place.pk is None or place.status not in SEATED:
        _refuse_unless_seats_are_left(day)
        place = _by_turn(place, reason=reason, beyond_quota=beyond_quota, by=by, via=via)
    place.booth = booth
    if place.status not in STANDING or place.placed_at is None:
        place.status, place.placed_at = PlaceStatus.ACCEPTED, timezone.now()
    place.save()
    no_longer_news(place, purposes=ASKING)
    record("place.made", place, by=by, via=via, booth=booth.number, business=business.pk)
    tell_place(place, "booth_placed", key=booth.number)
    return place


@transaction.atomic
def remove_business(place: BoothPlace, *, by: User | None, via: str) -> BoothPlace:
    """The booth is free again for that day; the owner is told, and the next in turn asked."""
    Event.objects.select_for_update(of=("self",)).get(pk=place.day.event_id)
    EventDay.objects.select_for_update(of=("self",)).get(pk=place.day_id)
    place = (
        BoothPlace.objects.select_for_update(of=("self",))
        .select_related("booth", "day__event", "business__owner")
        .get(pk=place.pk)
    )
    if place.status not in LIVING:
        return place
    if place.status in {PlaceStatus.PRESENT, PlaceStatus.ABSENT}:
        raise ActionRefused(_("Kehadiran di lapak ini sudah dicatat, jadi tidak bisa dibatalkan."))
    was, place.status = place.status, PlaceStatus.CANCELLED
    place.save(update_fields=["status"])
    no_longer_news(place)
    record("place.cancelled", place, by=by, via=via, booth=place.number)
    tell_place(place, "booth_removed")
    if was in SEATED:
        offer_free_seats(place.day, by=by, via=via)
    return place


def _by_turn(
    place: BoothPlace, *, reason: str, beyond_quota: bool, by: User | None, via: str
) -> BoothPlace:
    """An edition without applications has no turns: there staff place sellers by hand."""
    if not Edition.objects.filter(event=place.day.event_id).exists():
        return place
    if place.pk is None:
        place.status = PlaceStatus.APPLIED
        place.save()
    return let_in(place, reason=reason, beyond_quota=beyond_quota, by=by, via=via)[0]


def _refuse_unless_on(day: EventDay, booth: Booth) -> None:
    if booth.event_id != day.event_id:
        raise ActionRefused(_("Lapak ini bukan bagian dari acara pada hari itu."))
    if day.event.status == EventStatus.CANCELLED:
        raise ActionRefused(_("Acara ini sudah dibatalkan."))


def _refuse_unless_seats_are_left(day: EventDay) -> None:
    """A seat offered to somebody is hers until she answers."""
    seats = DaySeats.of(day, at=timezone.now())
    if seats is not None and not seats.free:
        raise ActionRefused(
            _("Tempat pada hari itu penuh (%(seats)d), termasuk yang sedang ditawarkan.")
            % {"seats": seats.seats}
        )


def _refuse_unless_free(business: Business, day: EventDay) -> None:
    if not business.may_list:
        raise ActionRefused(
            _("%s belum boleh berjualan: usahanya belum disetujui atau bidangnya bukan JBL.")
            % business
        )
    standing = day.places.standing().filter(business=business, booth__isnull=False)
    elsewhere = standing.select_related("booth").first()
    if elsewhere:
        raise ActionRefused(
            _("%(business)s sudah di lapak %(booth)s pada hari itu.")
            % {"business": business, "booth": elsewhere.booth}
        )


def tell_place(place: BoothPlace, purpose: str, *, key: str = "") -> None:
    """The owner, as long as the day is not over; `key` makes another booth another message."""
    if not place.day.is_over(at=timezone.now()):
        send_later(
            purpose,
            to=place.business.owner,
            about=place,
            key=key,
            link="/saya/jbl/",
            event=place.day.event,
            day=place.day,
        )
