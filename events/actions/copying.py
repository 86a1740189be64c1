"""An event as the start of another: everything staff wrote about it, on other dates.

What is copied follows from the models: a new field of a table below comes along by itself, and a
new table about an event is named in PARTS or in LEFT (a test asks for one of the two).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from events.choices import EventStatus
from events.models import Booth, Edition, EditionRules, Event, EventDay, Quota, SignUpRule, Training
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused

Row = dict[str, Any]

# What is decided about an event or came of it; all else that staff wrote is copied.
OWN_OF_EVENT = {
    *("id", "slug", "status", "published", "cancelled_at", "cancel_reason", "created_at"),
    *("result_omzet", "result_pieces", "series", "series_date", "series_print"),
}
OWN_OF_DAY = {"id", "event", "moved_from", "revision"}


def _as_they_are(rows: list[Row]) -> list[Row]:
    return rows


def _latest_rules(rows: list[Row]) -> list[Row]:
    """Sellers of the new edition agree to its first version, which is the last one's text."""
    latest = sorted(rows, key=lambda row: row["version"])[-1:]
    return [{**row, "version": 1} for row in latest]


@dataclass(frozen=True)
class Part:
    """A table with rows of an event that a copy has too."""

    model: type[models.Model]
    chosen: Callable[[list[Row]], list[Row]] = _as_they_are


PARTS = (
    Part(Edition),
    Part(EditionRules, chosen=_latest_rules),
    Part(Booth),
    Part(Quota),
    Part(Training),
    Part(SignUpRule),
)
LEFT = {
    "EventDay",
    "EventSeries",
    "EventProposal",
    "Registration",
    "Attendance",
    "Feedback",
    "Material",
}
"""Days have their own place below; who came, and what one took home, is of one event alone."""


@dataclass(frozen=True)
class Content:
    """Dates and moments are distances from the first day, so that they fit any other."""

    values: Row
    parts: dict[str, list[Row]] = field(default_factory=dict)
    days: list[Row] = field(default_factory=list)

    @property
    def print(self) -> str:
        """Of the content alone: the same for two events that differ in nothing but the dates."""
        text = json.dumps(asdict(self), cls=DjangoJSONEncoder, sort_keys=True)
        return sha256(text.encode()).hexdigest()


@transaction.atomic
def copy_edition(event: Event, *, to: date, name: str, by: User | None, via: str) -> Event:
    """The next edition as a draft: booths, rules, quotas and target of this one, from `to` on.

    A second press finds the first copy.
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    first = event.days.order_by("date").first()
    if first is None:
        raise ActionRefused(_("Acara ini belum punya hari, jadi belum bisa disalin."))
    if to <= timezone.localdate():
        raise ActionRefused(_("Pilih tanggal sesudah hari ini."))
    twin = Event.objects.filter(kind=event.kind, name=name, days__date=to).first()
    if twin:
        return twin
    copy = Event(slug=free_slug(f"{name} {to}"), status=EventStatus.PLANNED)
    content = content_of(event, origin=first.date)
    content.values["name"] = name
    write_content(copy, content, origin=to)
    record("event.copied", copy, by=by, via=via, source=event.pk, to=to)
    return copy


def content_of(event: Event, *, origin: date) -> Content:
    """What of it is copied; `origin` is the date that all others are counted from."""
    return contents_of([(event, origin)])[event.pk]


def contents_of(events: Sequence[tuple[Event, date]]) -> dict[int, Content]:
    """By event; one query for each table, whatever the number of events."""
    origins = {event.pk: origin for event, origin in events}
    tables = {part.model.__name__: _rows_of(part.model, origins) for part in PARTS}
    days = _rows_of(EventDay, origins)
    return {
        event.pk: Content(
            values=_values(event, OWN_OF_EVENT, origin),
            parts={
                part.model.__name__: part.chosen(tables[part.model.__name__][event.pk])
                for part in PARTS
            },
            days=days[event.pk],
        )
        for event, origin in events
    }


def write_content(event: Event, content: Content, *, origin: date) -> None:
    """Make the event so; what it had of these tables goes, so nobody may depend on it yet."""
    for name, value in _dated(content.values, origin).items():
        setattr(event, name, value)
    event.save()
    _replace(EventDay, event, content.days, origin)
    for part in PARTS:
        _replace(part.model, event, content.parts.get(part.model.__name__, []), origin)


def free_slug(text: str) -> str:
    """An address no event has, beginning with the text."""
    stem = slugify(text)[:130] or "acara"
    taken = set(Event.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    every = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in every if slug not in taken)


def _replace(model: type[models.Model], event: Event, rows: Iterable[Row], origin: date) -> None:
    manager = model._default_manager
    manager.filter(event=event).delete()
    manager.bulk_create(model(event=event, **_dated(row, origin)) for row in rows)


def _rows_of(model: type[models.Model], origins: dict[int, date]) -> dict[int, list[Row]]:
    own = OWN_OF_DAY if model is EventDay else {"id", "event"}
    found: dict[int, list[Row]] = {pk: [] for pk in origins}
    rows: Any = model._default_manager.filter(event__in=origins)
    for row in rows.order_by("date" if model is EventDay else "pk"):
        found[row.event_id].append(_values(row, own, origins[row.event_id]))
    return found


def _values(row: models.Model, own: set[str], origin: date) -> Row:
    return {
        column.attname: _since(getattr(row, column.attname), origin)
        for column in row._meta.concrete_fields
        if column.name not in own and not getattr(column, "auto_now_add", False)
    }


def _since(value: Any, origin: date) -> Any:
    if isinstance(value, datetime):
        return value - _midnight(origin)
    return {"days": (value - origin).days} if isinstance(value, date) else value


def _dated(row: Row, origin: date) -> Row:
    return {name: _on(value, origin) for name, value in row.items()}


def _on(value: Any, origin: date) -> Any:
    if isinstance(value, timedelta):
        return _midnight(origin) + value
    if isinstance(value, dict) and value.keys() == {"days"}:
        return origin + timedelta(days=value["days"])
    return value


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
