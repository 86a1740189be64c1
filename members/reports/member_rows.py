"""The businesses of the portal as lines of the member sheet: for the export, and to compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from members.choices import ApplicationStatus
from members.member_sheet import COLUMNS, Column, MemberRow
from members.models import Business, KadinMembership, MembershipTerm, User

CHUNK = 500


def may_see(column: Column, user: User) -> bool:
    """Dues are Kadin's to see, verification the city's; the rest either's."""
    if column.group == "kadin":
        return user.has_perm("members.view_kadinmembership")
    if column.group == "pemkot":
        return user.has_perm("members.view_business")
    return True


def export_columns(user: User) -> list[Column]:
    return [column for column in COLUMNS if column.is_exported and may_see(column, user)]


def businesses_for(user: User) -> QuerySet[Business]:
    """What this member of staff may take out: the businesses in reach, or those known to Kadin."""
    reach = Q(pk__in=[])
    if user.has_perm("members.view_business"):
        reach |= Q(pk__in=Business.objects.sent().within_reach_of(user).values("pk"))
    if user.has_perm("members.view_kadinmembership"):
        reach |= Q(kadin__status=ApplicationStatus.APPROVED)
    return Business.objects.filter(reach).order_by("pk")


def with_everything(businesses: QuerySet[Business]) -> QuerySet[Business]:
    """As many queries for one line as for a thousand."""
    terms = Prefetch("kadin__terms", MembershipTerm.objects.select_related("invoice"))
    return businesses.select_related(
        "owner__owner", "kadin", "jakpreneur", "imported"
    ).prefetch_related(terms)


def rows_of(businesses: Iterable[Business]) -> Iterator[MemberRow]:
    for business in businesses:
        yield as_row(business)


def as_row(business: Business) -> MemberRow:
    """Return what the portal holds, as the sheet would say it; blank is None."""
    row = MemberRow(found=business, number=business.number)
    row.name, row.sector = business.name or None, business.sector or None
    row.kelurahan, row.street = business.kelurahan_id, business.street or None
    row.nib, row.jakpreneur_id = business.nib or None, business.jakpreneur_id or None
    row.verified = business.status == ApplicationStatus.APPROVED
    if hasattr(business, "jakpreneur"):
        row.jakpreneur_since = business.jakpreneur.joined_on
    _person(row, business.owner)
    if hasattr(business, "kadin") and business.kadin.status == ApplicationStatus.APPROVED:
        _kadin(row, business.kadin)
    return row


def _person(row: MemberRow, user: User) -> None:
    person = getattr(user, "owner", None)
    row.full_name = (person.full_name if person else "") or user.name or None
    row.phone = (person.phone if person else "") or user.phone or None
    row.email = user.email or (person.email if person else "") or None


def _kadin(row: MemberRow, membership: KadinMembership) -> None:
    row.kadin_number = membership.number
    if membership.decided_at:
        row.member_since = timezone.localdate(membership.decided_at)
    last = max(membership.terms.all(), key=lambda term: term.period.upper, default=None)
    if last:
        row.paid_until, row.last_dues = last.last_day, last.invoice.amount
