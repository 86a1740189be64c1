"""What an import changes about members the portal already knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.actions.bulk_import import held_until, pay_before, tell_owners
from members.actions.member_writing import SIZE, verify, write_memberships
from members.actions.naming import sort_key_of
from members.member_sheet import MemberRow
from members.models import (
    Business,
    ImportBatch,
    JakpreneurMembership,
    KadinMembership,
    Kelurahan,
    Owner,
    User,
)
from umkm_portal.audit.models import record_many
from umkm_portal.lib.crypto import digest, encrypt

OF_BUSINESS = ("name", "sector", "street", "nib", "jakpreneur_id")
OF_PERSON = ("full_name", "phone", "email")
OF_KADIN = {"kadin_number", "member_since", "paid_until", "last_dues"}
WRITTEN = [
    *OF_BUSINESS,
    "sort_key",
    "kelurahan",
    "postcode",
    "status",
    "slug",
    "submitted_at",
    "decided_at",
    "decided_by",
]


@transaction.atomic
def update_members(
    rows: Sequence[MemberRow], *, batch: ImportBatch, by: User | None, via: str
) -> list[Business]:
    """Write what lines say otherwise than the portal; they were checked before."""
    # Locked in one order, so that two people at work on members never wait for each other.
    wanted = sorted(row.found.pk for row in rows)
    list(Business.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    businesses = [_business(row, by) for row in rows]
    Business.objects.bulk_update(businesses, WRITTEN, batch_size=SIZE)
    people = [person for row in rows if (person := _person(row))]
    Owner.objects.bulk_update(people, [*OF_PERSON, "nik_digest", "nik_encrypted"], batch_size=SIZE)
    User.objects.bulk_update([person.user for person in people], ["name"], batch_size=SIZE)
    _join_jakpreneur(rows)
    _kadin([row for row in rows if OF_KADIN & set(row.changes)], by)
    record_many(
        "business.import_updated",
        ((row.found, _said(row, batch)) for row in rows),
        by=by,
        via=via,
    )
    tell_owners(businesses, batch=batch)
    return businesses


def _business(row: MemberRow, by: User | None) -> Business:
    business: Business = row.found
    for key in OF_BUSINESS:
        if key in row.changes:
            setattr(business, key, row.changes[key])
    if "name" in row.changes:
        business.sort_key = sort_key_of(business.name)
    if "kelurahan" in row.changes:
        village = Kelurahan.objects.get(pk=row.changes["kelurahan"])
        business.kelurahan, business.postcode = village, village.postcode
    if row.changes.get("verified"):
        verify(business, now=timezone.now(), decided_by=by)
    return business


def _person(row: MemberRow) -> Owner | None:
    if not {*OF_PERSON, "nik"} & set(row.changes):
        return None
    user = row.found.owner
    person: Owner = user.owner
    for key in OF_PERSON:
        if key in row.changes:
            setattr(person, key, row.changes[key])
    if "nik" in row.changes:
        person.nik_digest = digest(row.changes["nik"])
        person.nik_encrypted = encrypt(row.changes["nik"])
    user.name = person.full_name
    person.user = user
    return person


def _join_jakpreneur(rows: Sequence[MemberRow]) -> None:
    today = timezone.localdate()
    JakpreneurMembership.objects.bulk_create(
        [
            JakpreneurMembership(business=row.found, joined_on=row.jakpreneur_since or today)
            for row in rows
            if row.changes.get("verified")
        ],
        batch_size=SIZE,
        ignore_conflicts=True,
    )


def _kadin(rows: Sequence[MemberRow], by: User | None) -> None:
    """A membership where there was none, and a later paid year where the list knows one."""
    new = [row for row in rows if not hasattr(row.found, "kadin")]
    known = [row for row in rows if hasattr(row.found, "kadin") and "paid_until" in row.changes]
    enrolled = write_memberships([(row, row.found) for row in new], decided_by=by) if new else []
    pay_before(list(zip(new, enrolled, strict=True)), held_until={})
    memberships: list[KadinMembership] = [row.found.kadin for row in known]
    pay_before(list(zip(known, memberships, strict=True)), held_until=held_until(memberships))


def _said(row: MemberRow, batch: ImportBatch) -> dict[str, Any]:
    # The number on the identity card is in no trail.
    told = {key: value for key, value in row.changes.items() if key != "nik"}
    said = {"batch": batch.pk, "line": row.line, "old": row.old, "new": told}
    return said | ({"nik": True} if "nik" in row.changes else {})
