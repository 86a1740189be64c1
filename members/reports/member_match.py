"""Which business of the portal a line of a sheet speaks of, and what would change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from members.actions.naming import sort_key_of
from members.choices import ApplicationStatus
from members.member_sheet import COLUMNS, MemberRow
from members.models import Business, KadinMembership, Owner
from members.reports.member_rows import as_row, with_everything
from umkm_portal.lib.crypto import digest

CLOSED = (ApplicationStatus.REJECTED, ApplicationStatus.CANCELLED)
Place = tuple[str, str, str]


@dataclass
class Found:
    """What the portal holds about the lines of one chunk, fetched in a handful of queries."""

    by_number: dict[str, Business] = field(default_factory=dict)
    by_kadin: dict[str, Business] = field(default_factory=dict)
    by_nib: dict[str, Business] = field(default_factory=dict)
    by_place: dict[Place, Business] = field(default_factory=dict)
    by_nik: dict[str, Owner] = field(default_factory=dict)


def place_of(row: MemberRow) -> Place:
    """Name, village and owner: what a business without any number is known by."""
    return (sort_key_of(row.name or ""), row.kelurahan or "", (row.full_name or "").casefold())


def look_up(rows: Iterable[MemberRow]) -> Found:
    """Fetch everything these lines may speak of."""
    rows = list(rows)
    found = Found()
    open_ones = with_everything(Business.objects.exclude(status__in=CLOSED))
    kadin = {row.kadin_number for row in rows if row.kadin_number}
    # Each by an index of its own; in one query with OR the database would read the whole table.
    wanted: Sequence[tuple[Q, Any]] = (
        (Q(number__in={row.number for row in rows if row.number}), with_everything),
        (Q(kadin__in=_memberships(kadin)), with_everything),
        (Q(nib__in={row.nib for row in rows if row.nib}), None),
        (
            Q(
                sort_key__in={sort_key_of(row.name) for row in rows if row.name},
                kelurahan__in={row.kelurahan for row in rows if row.kelurahan},
            ),
            None,
        ),
    )
    for condition, all_of in wanted:
        queryset = all_of(Business.objects.all()) if all_of else open_ones
        for business in queryset.filter(condition):
            _remember(found, business)
    niks = {digest(row.nik) for row in rows if row.nik}
    for owner in Owner.objects.filter(nik_digest__in=niks).select_related("user"):
        found.by_nik[owner.nik_digest] = owner
    return found


def _memberships(numbers: set[str]) -> Any:
    return KadinMembership.objects.filter(number__in=numbers).values("pk")


def _remember(found: Found, business: Business) -> None:
    row = as_row(business)
    if business.number:
        found.by_number[business.number] = business
    if row.kadin_number:
        found.by_kadin[row.kadin_number] = business
    if business.status in CLOSED:
        return
    if business.nib:
        found.by_nib[business.nib] = business
    found.by_place.setdefault(place_of(row), business)


def match(row: MemberRow, found: Found) -> Business | None:
    """Return the business this line speaks of, None when it is new.

    Raises ValueError with a sentence when its numbers name two businesses, or one not there.
    """
    if row.number and row.number not in found.by_number:
        raise ValueError(_("Nomor usaha ini tidak ada di portal."))
    named = [
        found.by_number.get(row.number or ""),
        found.by_kadin.get(row.kadin_number or ""),
        found.by_nib.get(row.nib or ""),
    ]
    businesses = {business.pk: business for business in named if business}
    if len(businesses) > 1:
        numbers = ", ".join(sorted(str(business.number) for business in businesses.values()))
        raise ValueError(_("Nomor di baris ini milik usaha yang berbeda: %s.") % numbers)
    return next(iter(businesses.values()), None) or found.by_place.get(place_of(row))


def is_unclaimed(business: Business) -> bool:
    """Whether its owner is still only a name from a list."""
    return hasattr(business, "imported") and business.imported.claimed_at is None


def compare(row: MemberRow, business: Business) -> None:
    """Note on the line what it says otherwise than the portal, and what stands there now."""
    held = as_row(business)
    row.changes, row.old = {}, {}
    for column in COLUMNS:
        said, holds = getattr(row, column.key), getattr(held, column.key)
        if column.key not in {"number", "nik"} and said not in {None, holds}:
            row.changes[column.key], row.old[column.key] = said, holds
    person = getattr(business.owner, "owner", None)
    if row.nik and digest(row.nik) != (person.nik_digest if person else ""):
        row.changes["nik"] = row.nik
