"""What waits for an owner's answer now, about her places and seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.urls import reverse

from events.choices import PlaceStatus
from events.models import BoothPlace, Registration
from events.models.sales import report_locks_at, to_report, without_report
from events.sales_links import report_link
from members.models import Business


class Wish(Enum):
    PLACE = "place"
    SEAT = "seat"
    REPAIR = "repair"
    REPORT = "report"


@dataclass(frozen=True)
class Pressing:
    """`until` is when it is too late: the end of the offer or the day, or the lock of reports."""

    wish: Wish
    event: str
    day: date | None
    until: datetime
    url: str


def most_pressing(business: Business, *, at: datetime) -> Pressing | None:
    """Offers first, the one that ends first; then what staff returned; then a report. 3 queries."""
    found = [*_offered_seats(business, at), *_asked_places(business, at)]
    offers = [each for each in found if each.wish is not Wish.REPAIR]
    rest = [each for each in found if each.wish is Wish.REPAIR]
    for group in (offers, rest, _unsent_reports(business, at)):
        if group:
            return min(group, key=lambda each: each.until)
    return None


def _offered_seats(business: Business, at: datetime) -> list[Pressing]:
    mine = Registration.objects.filter(business=business).offered()
    return [
        Pressing(Wish.SEAT, seat.event.name, None, seat.offered_until, seat.get_absolute_url())
        for seat in mine.filter(offered_until__gt=at).select_related("event")
        if seat.offered_until
    ]


def _asked_places(business: Business, at: datetime) -> list[Pressing]:
    mine = BoothPlace.objects.filter(business=business).coming(at=at)
    asked = mine.filter(status__in=[PlaceStatus.OFFERED, PlaceStatus.RETURNED])
    found = []
    for place in asked.select_related("day__event"):
        is_offer = place.status == PlaceStatus.OFFERED
        until = place.offer_until if is_offer else place.day.ends
        if until is not None and until > at:
            wish = Wish.PLACE if is_offer else Wish.REPAIR
            url = reverse("events:my_application", args=[place.pk])
            found.append(Pressing(wish, place.day.event.name, place.day.date, until, url))
    return found


def _unsent_reports(business: Business, at: datetime) -> list[Pressing]:
    places = without_report(to_report(at=at)).filter(business=business)
    return [
        Pressing(
            Wish.REPORT,
            place.day.event.name,
            place.day.date,
            report_locks_at(place.day),
            report_link(place),
        )
        for place in places.select_related("day__event")
    ]
