"""Booths on the plan: where each stands, and which accepted seller gets which."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from events.actions.booths import tell_place
from events.layout import Position, seat
from events.models import Booth, BoothPlace, Event, EventDay
from events.selling import kinds_by_business, seller_of, stalls_of, standing_places
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused


@transaction.atomic
def lay_out_booths(
    event: Event, *, positions: Mapping[str, Position], by: User | None, via: str
) -> Event:
    """Draw the plan: row and column by booth number; a booth that is not named is not drawn."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    changed = []
    for booth in event.booths.all():
        row, column = positions.get(booth.number, (None, None))
        if (booth.plan_row, booth.plan_column) != (row, column):
            booth.plan_row, booth.plan_column = row, column
            changed.append(booth)
    Booth.objects.bulk_update(changed, ["plan_row", "plan_column"])
    if changed:
        record("event.plan_drawn", event, by=by, via=via, booths=len(changed))
    return event


@transaction.atomic
def assign_booths(
    day: EventDay, *, wanted: Mapping[int, int | None], by: User | None, via: str
) -> list[BoothPlace]:
    """Give booths to sellers who have a place that day: booth → business, None empties a booth.

    All at once, so that two may change booths; who loses hers keeps her place in the market.
    Returns the places that got another booth, whose owners are told.
    """
    day = _locked(day)
    booths = {booth.pk: booth for booth in day.event.booths.all()}
    places = list(day.places.standing().select_related("booth", "business__owner"))
    by_business = {place.business_id: place for place in places}
    target: dict[int, Booth | None] = {}
    for place in places:
        if place.booth_id in wanted:
            target[place.pk] = None
    for booth, business in wanted.items():
        if business is None:
            continue
        if booth not in booths or business not in by_business:
            raise ActionRefused(_("Pilih penjual yang sudah diterima pada hari itu."))
        target[by_business[business].pk] = booths[booth]
    return _give(day, [p for p in places if p.pk in target], target, by=by, via=via)


@transaction.atomic
def fill_booths(day: EventDay, *, by: User | None, via: str) -> list[BoothPlace]:
    """A free booth for each accepted seller without one, as `layout.seat` would have it."""
    day = _locked(day)
    booths = {booth.number: booth for booth in day.event.booths.all()}
    places = list(standing_places(day).select_related("business__owner"))
    kinds = kinds_by_business(places)
    seated = {place.number: seller_of(place, kinds) for place in places if place.booth}
    waiting = [seller_of(place, kinds) for place in places if place.booth is None]
    given = seat(stalls_of(booths.values()), waiting, seated)
    target = {seller.key: booths[number] for number, seller in given.items()}
    return _give(day, [p for p in places if p.pk in target], target, by=by, via=via)


def _locked(day: EventDay) -> EventDay:
    Event.objects.select_for_update(of=("self",)).get(pk=day.event_id)
    return EventDay.objects.select_for_update(of=("self",)).select_related("event").get(pk=day.pk)


def _give(
    day: EventDay,
    places: list[BoothPlace],
    target: Mapping[int, Booth | None],
    *,
    by: User | None,
    via: str,
) -> list[BoothPlace]:
    moved = [place for place in places if place.booth != target[place.pk]]
    # First everybody out: two that change booths would meet in one of them.
    BoothPlace.objects.filter(pk__in=[place.pk for place in moved]).update(booth=None)
    for place in moved:
        was, place.booth = place.number, target[place.pk]
        place.save(update_fields=["booth"])
        record("place.booth_given", place, by=by, via=via, was=was, booth=place.number)
        if place.booth:
            place.day = day
            tell_place(place, "booth_placed", key=place.number)
    return moved
