"""Who is expected and who is there: for the phone at the door, and for lists on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events.actions.attendance import door_closes, door_opens
from events.choices import SIGNED_UP, EventStatus, RegistrationStatus
from events.models import Attendance, Event, EventDay, Registration
from members.models import Kecamatan, User
from umkm_portal.lib.codes import ALPHABET
from umkm_portal.lib.qr import qr_svg

LETTERS = 3
"""So many letters find a name; fewer would be a page of everybody."""
AT_ONCE = 60
"""Rows on the phone; who is further down is found by name."""


@dataclass(frozen=True)
class Row:
    """One line at the door: `key` says who, for the button."""

    key: int
    name: str
    detail: str
    present_since: datetime | None
    waits: bool = False

    @property
    def is_present(self) -> bool:
        return self.present_since is not None


@dataclass(frozen=True)
class Door:
    """The page of one day. `is_open` at the time it was made; `late` after the day."""

    day: EventDay
    rows: list[Row]
    present: int
    expected: int
    hidden: int
    is_open: bool
    is_late: bool

    @property
    def absent(self) -> int:
        return self.expected - self.present


def door_of(day: EventDay, *, at: datetime, q: str = "", show: str = "") -> Door:
    """Three queries. `q` from three letters on; `show` "belum" or "hadir", else everybody."""
    seats = day.event.registrations.registered()
    counts = seats.aggregate(
        expected=Count("pk"), present=Count("pk", filter=Q(attendances__day=day))
    )
    found = _shown(day, seats, q=q, show=show)
    rows = sorted((_row(each) for each in found), key=lambda row: (row.is_present, row.waits))
    return Door(
        day,
        rows[:AT_ONCE],
        present=counts["present"],
        expected=counts["expected"],
        hidden=max(len(rows) - AT_ONCE, 0),
        is_open=door_opens(day) <= at < door_closes(day),
        is_late=at >= door_closes(day),
    )


def _shown(
    day: EventDay, seats: QuerySet[Registration], *, q: str, show: str
) -> Iterable[Registration]:
    found: QuerySet[Registration] = seats
    if len(q) >= LETTERS:
        # Whoever waits for a seat and came all the same is only found by name.
        found = day.event.registrations.standing().filter(_named(q))
    if show in {"belum", "hadir"}:
        there = Attendance.objects.filter(day=day).values("registration")
        found = found.filter(pk__in=there) if show == "hadir" else found.exclude(pk__in=there)
    return sorted(_related(found, day), key=lambda each: str(each).casefold())


def _named(q: str) -> Q:
    """A name, the end of a phone number, or what a scanner read from a card or a QR code."""
    names = Q(name__icontains=q) | Q(business__name__icontains=q)
    found = names | Q(business__owner__owner__full_name__icontains=q)
    digits = "".join(sign for sign in q if sign.isdigit())
    if len(digits) >= 4 and len(digits) >= len(q.replace("-", "").replace(" ", "")) - 1:
        end = digits.removeprefix("0")
        found |= Q(phone__endswith=end) | Q(business__order_phone__endswith=end)
    last = q.rstrip("/").rpartition("/")[2]
    if len(last) == 10 and set(last.upper()) <= set(ALPHABET):
        found |= Q(business__kadin__card_code=last.upper())
    return found | Q(token=last)


def _related(found: QuerySet[Registration], day: EventDay) -> QuerySet[Registration]:
    there = Prefetch("attendances", Attendance.objects.filter(day=day), to_attr="on_the_day")
    related = found.select_related(
        "business__owner__owner", "business__kelurahan__kecamatan", "kecamatan"
    )
    return related.prefetch_related(there)


def _row(registration: Registration) -> Row:
    there = getattr(registration, "on_the_day", [])
    return Row(
        key=registration.pk,
        name=str(registration),
        detail=" · ".join(part for part in (_person(registration), registration.district) if part),
        present_since=there[0].attended_at if there else None,
        waits=registration.status != RegistrationStatus.REGISTERED,
    )


def _person(registration: Registration) -> str:
    if registration.business is None:
        return ""
    owner = registration.business.owner
    person = getattr(owner, "owner", None)
    return (person.full_name if person else "") or owner.name


@dataclass(frozen=True)
class Presence:
    """One person of the list for staff: there on `days` of all days of the event."""

    registration: Registration
    days: list[EventDay]

    @property
    def was_there(self) -> bool:
        return bool(self.days)


def presences(
    event: Event,
    *,
    seen_by: User | None = None,
    there: bool | None = None,
    kecamatan: Kecamatan | None = None,
) -> list[Presence]:
    """Everybody with a seat by name, for tables, sheets and paper; two queries. With `seen_by`
    only whom this officer may see."""
    seats = event.registrations.registered()
    if seen_by is not None:
        seats = seats.within_reach_of(seen_by)
    if there is not None:
        ids = Attendance.objects.filter(event=event).values("registration")
        seats = seats.filter(pk__in=ids) if there else seats.exclude(pk__in=ids)
    if kecamatan is not None:
        hers = Q(business__kelurahan__kecamatan=kecamatan)
        seats = seats.filter(hers | Q(business=None, kecamatan=kecamatan))
    related = seats.select_related(
        "business__owner", "business__kelurahan__kecamatan", "kecamatan"
    ).prefetch_related(Prefetch("attendances", Attendance.objects.select_related("day")))
    rows = [
        Presence(each, [attendance.day for attendance in each.attendances.all()])
        for each in related
    ]
    return sorted(rows, key=lambda row: str(row.registration).casefold())


@dataclass(frozen=True)
class PlaceDoor:
    """On the page of one's place: the code to show, or for staff the day to mark."""

    day: EventDay | None
    qr: SafeString | None


def place_door(
    registration: Registration, user: User | AnonymousUser, *, at: datetime
) -> PlaceDoor:
    """Uses the event's `days`."""
    event = registration.event
    if event.status == EventStatus.CANCELLED or registration.status not in SIGNED_UP:
        return PlaceDoor(None, None)
    if user.has_perm("events.add_attendance"):
        open_now = [d for d in event.days.all() if door_opens(d) <= at < door_closes(d)]
        return PlaceDoor(open_now[0] if open_now else None, None)
    is_coming = any(not day.is_over(at=at) for day in event.days.all())
    if not is_coming or registration.status != RegistrationStatus.REGISTERED:
        return PlaceDoor(None, None)
    address = settings.SITE_URL + registration.get_absolute_url()
    return PlaceDoor(None, qr_svg(address, title=_("Kode QR tempat Anda")))
