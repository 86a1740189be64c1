"""Who came to the market: a tap at the door, also one that had no signal; and who did not."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.attendance import DOOR_OPENS, door_closes
from events.actions.evidence import note_market, take_back_market
from events.choices import EventStatus, PlaceStatus
from events.models import BoothPlace, EventDay
from members.models import Business, User
from umkm_portal.audit.models import record
from umkm_portal.lib.dates import pukul, tanggal
from umkm_portal.lib.errors import ActionRefused

NO_SHOWS_AFTER = timedelta(hours=12)
"""After the market closes: taps that waited for a signal have come in by then."""


def market_opens(day: EventDay) -> datetime:
    """From when sellers are ticked off: two hours before they build up, or before the market."""
    starts = day.set_up_at or day.opens_at
    return timezone.make_aware(datetime.combine(day.date, starts)) - DOOR_OPENS


@transaction.atomic
def mark_arrived(
    place: BoothPlace,
    *,
    at: datetime | None = None,
    reason: str = "",
    by: User | None,
    via: str,
) -> BoothPlace:
    """The seller is there; a second tap changes nothing. `at`: when it was tapped without signal.

    After the day a reason is asked; whether this person may do so then is the caller's question.
    """
    place = _locked(place, by=by)
    if place.status == PlaceStatus.PRESENT:
        return place
    if place.status not in {PlaceStatus.ACCEPTED, PlaceStatus.ABSENT}:
        raise ActionRefused(
            _("%(business)s tidak punya tempat hari ini: %(status)s.")
            % {"business": place.business, "status": place.get_status_display()}
        )
    if place.day.event.status == EventStatus.CANCELLED:
        raise ActionRefused(_("Acara ini dibatalkan."))
    tapped = _refuse_outside(place.day, at, reason)
    was, place.status = place.status, PlaceStatus.PRESENT
    place.checked_in_at, place.checked_in_by = tapped, by
    place.save(update_fields=["status", "checked_in_at", "checked_in_by"])
    words = {"was": was, "at": tapped} | ({"reason": reason} if reason else {})
    record("place.present", place, by=by, via=via, **words)
    note_market(place, by=by, via=via)
    return place


@transaction.atomic
def take_back_arrival(
    place: BoothPlace, *, reason: str = "", by: User | None, via: str
) -> BoothPlace:
    """The tap was a mistake, for who came and for who did not: she is expected again."""
    place = _locked(place, by=by)
    if place.status not in {PlaceStatus.PRESENT, PlaceStatus.ABSENT}:
        return place
    _refuse_outside(place.day, None, reason)
    was, place.status = place.status, PlaceStatus.ACCEPTED
    place.checked_in_at = place.checked_in_by = None
    place.save(update_fields=["status", "checked_in_at", "checked_in_by"])
    why = reason or _("Dicatat karena salah ketuk.")
    record("place.not_present", place, by=by, via=via, was=was, reason=why)
    take_back_market(place, reason=why, by=by, via=via)
    return place


@transaction.atomic
def mark_missed(place: BoothPlace, *, reason: str = "", by: User | None, via: str) -> BoothPlace:
    """She did not come and had not said so: it counts as a place when turns are worked out."""
    place = _locked(place, by=by)
    if place.status == PlaceStatus.ABSENT:
        return place
    if place.status != PlaceStatus.ACCEPTED:
        raise ActionRefused(_("%s tidak sedang ditunggu hari ini.") % place.business)
    now, day = timezone.now(), place.day
    if now < day.begins:
        raise ActionRefused(_("Pasar belum buka. Penjual masih bisa datang."))
    if now >= door_closes(day) + NO_SHOWS_AFTER and by is not None and not reason:
        raise ActionRefused(_too_late())
    place.status = PlaceStatus.ABSENT
    place.save(update_fields=["status"])
    record("place.absent", place, by=by, via=via, **({"reason": reason} if reason else {}))
    return place


@transaction.atomic
def record_no_shows(*, at: datetime, by: User | None, via: str) -> int:
    """Whoever is still expected twelve hours after the close did not come. Returns how many.

    Only where somebody was ticked off at all: a day whose list was kept on paper says nothing yet.
    """
    closed = (
        EventDay.objects.jbl()
        .not_cancelled()
        .filter(
            date__gte=timezone.localdate(at) - timedelta(days=7), date__lte=timezone.localdate(at)
        )
    )
    missed = 0
    for day in closed.filter(places__status=PlaceStatus.PRESENT).distinct():
        if at < day.ends + NO_SHOWS_AFTER:
            continue
        for place in day.places.filter(status=PlaceStatus.ACCEPTED):
            mark_missed(place, by=by, via=via)
            missed += 1
    return missed


def _locked(place: BoothPlace, *, by: User | None) -> BoothPlace:
    # The business first, in the order of whoever forgets one; evidence is written under it.
    rows = Business.objects.select_for_update(of=("self",), no_key=True)
    if by is not None and rows.get(pk=place.business_id).owner_id == by.pk:
        raise ActionRefused(_("Usaha Anda sendiri dicatat oleh petugas lain."))
    locked = BoothPlace.objects.select_for_update(of=("self",))
    return locked.select_related("business", "day__event", "sponsor", "booth").get(pk=place.pk)


def _too_late() -> str:
    return _("Hari acara sudah lewat. Daftar hadir hanya bisa diubah dengan alasan.")


def _refuse_outside(day: EventDay, at: datetime | None, reason: str) -> datetime:
    """The moment to keep: that of the tap, if the door was open then, else now."""
    now, opens, closes = timezone.now(), market_opens(day), door_closes(day)
    tapped = at if at and opens <= at <= now else now
    if tapped < opens:
        raise ActionRefused(
            _("Daftar hadir dibuka %(day)s %(time)s.")
            % {"day": tanggal(opens), "time": pukul(opens)}
        )
    if tapped >= closes and not reason.strip():
        raise ActionRefused(_too_late())
    return tapped
