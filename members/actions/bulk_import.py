"""Members of a list become members of the portal.

Who already pays somewhere else is taken over as she is: an owner without sign-in, a business that
is verified or a draft, a membership under its old number, and the paid year under a waived bill.
Nobody gets a letter unless staff ticked it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Upper
from django.urls import reverse

from members.actions.member_writing import (
    PAID_BEFORE,
    write_businesses,
    write_memberships,
    write_terms,
)
from members.member_sheet import MemberRow
from members.models import Business, ImportBatch, KadinMembership, User
from umkm_portal.audit.models import record_many
from umkm_portal.notices.actions import send_later


@transaction.atomic
def import_member(row: MemberRow, *, batch: ImportBatch, by: User | None, via: str) -> Business:
    """Take over one line that the portal does not know yet."""
    return import_members([row], batch=batch, by=by, via=via)[0]


@transaction.atomic
def import_members(
    rows: Sequence[MemberRow], *, batch: ImportBatch, by: User | None, via: str
) -> list[Business]:
    """Take over lines that the portal does not know yet; they were checked before."""
    businesses = write_businesses(rows, batch=batch, decided_by=by)
    record_many(
        "business.imported",
        (
            (business, {"batch": batch.pk, "line": row.line, "new": business.status})
            for row, business in zip(rows, businesses, strict=True)
        ),
        by=by,
        via=via,
    )
    pairs = zip(rows, businesses, strict=True)
    _enrol([pair for pair in pairs if pair[0].has_kadin], batch=batch, by=by, via=via)
    tell_owners(businesses, batch=batch)
    return businesses


def _enrol(
    pairs: Sequence[tuple[MemberRow, Business]], *, batch: ImportBatch, by: User | None, via: str
) -> None:
    memberships = write_memberships(pairs, decided_by=by) if pairs else []
    rows = [row for row, _business in pairs]
    pay_before(list(zip(rows, memberships, strict=True)), held_until={})
    record_many(
        "kadin_membership.imported",
        (
            (membership, _said(row, membership, batch))
            for row, membership in zip(rows, memberships, strict=True)
        ),
        by=by,
        via=via,
    )


def pay_before(
    pairs: Sequence[tuple[MemberRow, KadinMembership]], *, held_until: dict[int, Any]
) -> None:
    """Write the years paid before the portal, of the rows that name one."""
    write_terms([pair for pair in pairs if pair[0].paid_until], held_until=held_until)


def held_until(memberships: Sequence[KadinMembership]) -> dict[int, Any]:
    """Return by membership the first day after everything paid."""
    return dict(
        KadinMembership.objects.filter(pk__in=[each.pk for each in memberships])
        .exclude(terms=None)
        .annotate(end=Max(Upper("terms__period")))
        .values_list("pk", "end")
    )


def _said(row: MemberRow, membership: KadinMembership, batch: ImportBatch) -> dict[str, Any]:
    said: dict[str, Any] = {"batch": batch.pk, "line": row.line, "number": membership.number}
    if row.paid_until:
        said |= {"paid_until": row.paid_until, "reason": PAID_BEFORE}
    return said


def tell_owners(businesses: Sequence[Business], *, batch: ImportBatch) -> None:
    """Only when staff ticked it: thousands of letters are sent on purpose or not at all."""
    if not batch.tell_owners:
        return
    for business in businesses:
        send_later(
            "member_imported",
            to=business.owner,
            about=business,
            key=str(batch.pk),
            link=reverse("members:dues_home"),
        )
