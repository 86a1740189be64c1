"""Before a market day: licences that lack from H-7 on, staff's list at H-3, “Besok JBL” at H-1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from events.actions.place_letters import tell_seller
from events.choices import UNDECIDED, EventStatus, PlaceStatus
from events.clock import DAY_BEGINS, NIGHT_BEGINS
from events.fee_choices import FeeStatus
from events.models import BoothPlace, Edition, Event, EventDay
from events.models.fee import fee_status
from members.choices import ApplicationStatus
from members.models import Business, User
from umkm_portal.audit.models import record
from umkm_portal.notices.actions import Extra, send_later
from umkm_portal.notices.models import Notice

EVE = time(16)
STAFF_DAYS = 3
"""From so many days before the market on, staff call whoever still lacks a licence."""
PAPERS, STAFF_LIST, TOMORROW = "jbl_papers_missing", "jbl_papers_list", "jbl_tomorrow"
ASKED_FOR_PAPERS = (PlaceStatus.ACCEPTED, *UNDECIDED)


class Missing(Protocol):
    """A licence as it stands on the day."""

    @property
    def label(self) -> str: ...

    @property
    def word(self) -> str: ...


Lacking = Mapping[int, Sequence[Missing]]
"""By the key of the place what its business lacks on that day."""


def is_daytime(at: datetime) -> bool:
    """Nobody's phone rings at night for a reminder."""
    return DAY_BEGINS <= timezone.localtime(at).time() < NIGHT_BEGINS


def days_before(day: EventDay, *, at: datetime) -> int:
    return (day.date - timezone.localdate(at)).days


def sellers_hear_of_papers(day: EventDay, *, at: datetime) -> bool:
    """From the edition's H-7 on; once staff have their list, they call."""
    edition: Edition = getattr(day.event, "edition", None) or Edition()
    last = min(STAFF_DAYS, edition.document_days - 1)
    return last < days_before(day, at=at) <= edition.document_days


def staff_hear_of_papers(day: EventDay, *, at: datetime) -> bool:
    return 0 < days_before(day, at=at) <= STAFF_DAYS


def is_the_eve(day: EventDay, *, at: datetime) -> bool:
    here = timezone.localtime(at)
    return days_before(day, at=at) == 1 and EVE <= here.time() < NIGHT_BEGINS


def asked_for_papers(day: EventDay) -> models.QuerySet[BoothPlace]:
    """Who comes, or would like to."""
    return _reachable(day, *ASKED_FOR_PAPERS)


def to_ask_for_papers(day: EventDay) -> models.QuerySet[BoothPlace]:
    """Who was not told for this edition yet: once is enough for all its days."""
    told = _notices(PAPERS).filter(object_id__in=_keys(day.event.days.values("pk")))
    businesses = BoothPlace.objects.filter(pk__in=told.values("object_id")).values("business")
    return asked_for_papers(day).exclude(business__in=businesses)


def staff_were_told(day: EventDay) -> bool:
    known = Notice.objects.about(day).filter(purpose=STAFF_LIST, key=_key(day))
    return bool(known.exists())


def to_remind_of_tomorrow(day: EventDay) -> models.QuerySet[BoothPlace]:
    """Accepted before the eve, since later letters say it all; and not told yet of this date."""
    eve = timezone.make_aware(datetime.combine(day.date - timedelta(days=1), EVE))
    told = _notices(TOMORROW).filter(key=_key(day), object_id__in=_keys([day.pk]))
    return (
        _reachable(day, PlaceStatus.ACCEPTED)
        .filter(placed_at__lt=eve)
        .exclude(pk__in=told.values("object_id"))
    )


@transaction.atomic
def ask_for_papers(
    day: EventDay, *, lacking: Lacking, at: datetime, by: User | None, via: str
) -> EventDay:
    """Each seller who lacks a licence reads which, once for the edition."""
    day = _hold(day)
    if _is_off(day) or not sellers_hear_of_papers(day, at=at):
        return day
    places = list(_with_owner(to_ask_for_papers(day).filter(pk__in=lacking.keys())))
    for place in places:
        place.day = day
        link = reverse("members:document_vault")
        tell_seller(place, PAPERS, link=link, papers=lacking[place.pk], extra=_until(day))
    if places:
        record("day.papers_asked_for", day, by=by, via=via, count=len(places))
    return day


@transaction.atomic
def list_papers_for_staff(
    day: EventDay, *, lacking: Lacking, at: datetime, by: User | None, via: str
) -> EventDay:
    """Officers read once how many sellers in their reach lack which licence, and where the list is.

    No seller is named in the letter: it would keep her name after she is forgotten.
    """
    day = _hold(day)
    if _is_off(day) or not staff_hear_of_papers(day, at=at) or staff_were_told(day):
        return day
    rows = asked_for_papers(day).filter(pk__in=lacking.keys()).order_by("pk")
    places = dict(rows.values_list("business", "pk"))
    officers = _officers() if places else []
    for officer in officers:
        near = Business.objects.filter(pk__in=places).within_reach_of(officer)
        hers = [places[business] for business in near.values_list("pk", flat=True)]
        if hers:
            kinds = Counter(paper.label for place in hers for paper in lacking[place])
            words = {"total": len(hers), "kinds": kinds.most_common(), "day": day}
            link = reverse("admin:events_day_berkas", args=[day.pk])
            extra = _until(day)
            send_later(
                STAFF_LIST, to=officer, about=day, key=_key(day), link=link, extra=extra, **words
            )
    if officers:
        record("day.papers_listed", day, by=by, via=via, sellers=len(places))
    return day


@transaction.atomic
def remind_of_tomorrow(day: EventDay, *, at: datetime, by: User | None, via: str) -> EventDay:
    """On the eve each seller with a place reads when, where and whom to call.

    Of several days in a row in the same booth the first is enough. The event is held, so that
    nobody who gives her place up is reminded after it.
    """
    day = _hold(day)
    if _is_off(day) or not is_the_eve(day, at=at):
        return day
    eve = EventDay.objects.filter(event=day.event, date=day.date - timedelta(days=1))
    before = dict(
        BoothPlace.objects.standing().filter(day__in=eve).values_list("business", "booth")
    )
    count = 0
    for place in _with_owner(to_remind_of_tomorrow(day)):
        if before.get(place.business_id, -1) == place.booth_id:
            continue
        place.day = day
        words: dict[str, Any] = {"phone": settings.HELPDESK_PHONE, "extra": _until(day)}
        words["fee_owed"] = fee_status(place) == FeeStatus.OWED
        tell_seller(place, TOMORROW, key=_key(day), **words)
        count += 1
    if count:
        record("day.reminded", day, by=by, via=via, count=count)
    return day


def _reachable(day: EventDay, *statuses: PlaceStatus) -> models.QuerySet[BoothPlace]:
    places = day.places.filter(status__in=statuses)
    return places.exclude(business__status=ApplicationStatus.CANCELLED)


def _with_owner(places: models.QuerySet[BoothPlace]) -> models.QuerySet[BoothPlace]:
    return places.select_related("business__owner", "booth").order_by("pk")


def _officers() -> list[User]:
    """Who checks licences."""
    staff = User.objects.filter(is_staff=True, is_active=True, is_superuser=False).order_by("pk")
    wanted = ("members.change_document", "events.view_boothplace")
    return [user for user in staff.exclude(email="") if user.has_perms(wanted)]


def _notices(purpose: str) -> models.QuerySet[Notice]:
    kind = ContentType.objects.get_for_model(BoothPlace)
    return Notice.objects.filter(purpose=purpose, content_type=kind)


def _keys(days: Any) -> models.QuerySet[Any, Any]:
    return BoothPlace.objects.filter(day__in=days).order_by().values("pk")


def _key(day: EventDay) -> str:
    """A day that moved is told of again."""
    return f"{day.pk}-{day.revision}"


def _until(day: EventDay) -> Extra:
    return Extra(until=day.begins)


def _hold(day: EventDay) -> EventDay:
    Event.objects.select_for_update(of=("self",)).get(pk=day.event_id)
    return EventDay.objects.select_related("event__edition").get(pk=day.pk)


def _is_off(day: EventDay) -> bool:
    return day.event.status == EventStatus.CANCELLED
