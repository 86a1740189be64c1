"""How many seats a day each kecamatan, office and category has of an edition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from events.choices import EventStatus
from events.models import Event, Quota
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused


class Scope(NamedTuple):
    """A cell of the table; an empty part is "any"."""

    kecamatan: str | None = None
    office: int | None = None
    sector: str = ""


@transaction.atomic
def set_quotas(
    event: Event, cells: Mapping[Scope, int | None], *, by: User | None, via: str
) -> Event:
    """Write these cells and leave the others; None takes a cell away.

    Nobody who was accepted loses her place by it: a quota only says who comes next.
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if event.status == EventStatus.CANCELLED:
        raise ActionRefused(_("Acara ini sudah dibatalkan."))
    known = {Scope(row.kecamatan_id, row.office_id, row.sector): row for row in event.quotas.all()}
    changes = []
    for scope, seats in cells.items():
        row = known.get(scope)
        before = row.seats if row else None
        if seats == before:
            continue
        changes.append({**scope._asdict(), "before": before, "after": seats})
        if row and seats is None:
            row.delete()
        elif row and seats is not None:
            row.seats = seats
            row.save(update_fields=["seats"])
        elif seats is not None:
            Quota.objects.create(
                event=event,
                kecamatan_id=scope.kecamatan,
                office_id=scope.office,
                sector=scope.sector,
                seats=seats,
            )
    if changes:
        record("event.quotas_set", event, by=by, via=via, cells=changes)
    return event
