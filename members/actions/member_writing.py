"""Lines of a sheet become people, businesses, memberships: many rows at once, in few queries.

Called by the actions of bulk_import.py inside their transaction. What an import numbers has
series of its own, so that a long one keeps nobody waiting who registers at the same time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.text import slugify

from members.actions.naming import sort_key_of
from members.actions.numbering import draw_numbers
from members.choices import ApplicationStatus, InvoiceStatus, RateSize
from members.member_sheet import MemberRow
from members.models import (
    Business,
    DuesInvoice,
    DuesRate,
    ImportBatch,
    ImportedMember,
    JakpreneurMembership,
    KadinMembership,
    Kelurahan,
    MembershipTerm,
    Owner,
    User,
)
from umkm_portal.lib.codes import random_code
from umkm_portal.lib.crypto import digest, encrypt
from umkm_portal.lib.dates import add_years

PAID_BEFORE = "Dibayar sebelum portal"
SIZE = 500
"""Rows per INSERT."""


def write_people(rows: Sequence[MemberRow]) -> list[User]:
    """Return the owner of each row: a name that cannot sign in until somebody claims it."""
    digests = [digest(row.nik) if row.nik else "" for row in rows]
    known = {
        owner.nik_digest: owner.user
        for owner in Owner.objects.filter(nik_digest__in=set(digests) - {""}).select_related("user")
    }
    users: list[User] = []
    made: list[Owner] = []
    for row, key in zip(rows, digests, strict=True):
        user = known.get(key) if key else None
        if user is None:
            # Neither phone nor e-mail: both stay free for the account she opens herself.
            user = User(name=row.full_name or "", password=make_password(None))
            made.append(_person(user, row, key))
            if key:
                known[key] = user
        users.append(user)
    User.objects.bulk_create([owner.user for owner in made], batch_size=SIZE)
    Owner.objects.bulk_create(made, batch_size=SIZE)
    return users


def _person(user: User, row: MemberRow, key: str) -> Owner:
    return Owner(
        user=user,
        full_name=row.full_name or "",
        phone=row.phone or "",
        email=row.email or "",
        nik_digest=key,
        nik_encrypted=encrypt(row.nik) if row.nik else "",
    )


def write_businesses(
    rows: Sequence[MemberRow], *, batch: ImportBatch, decided_by: User | None
) -> list[Business]:
    """Verified ones as the city would leave them, the others as a draft for their owner."""
    now = timezone.now()
    owners = write_people(rows)
    numbers = draw_numbers("JKI", year=timezone.localdate().year, count=len(rows))
    postcodes = dict(Kelurahan.objects.values_list("code", "postcode"))
    businesses = [
        _business(row, owner, number, now=now, decided_by=decided_by)
        for row, owner, number in zip(rows, owners, numbers, strict=True)
    ]
    for business in businesses:
        business.postcode = postcodes[str(business.kelurahan_id)]
    Business.objects.bulk_create(businesses, batch_size=SIZE)
    JakpreneurMembership.objects.bulk_create(
        [
            JakpreneurMembership(
                business=business, joined_on=row.jakpreneur_since or timezone.localdate()
            )
            for row, business in zip(rows, businesses, strict=True)
            if row.verified
        ],
        batch_size=SIZE,
    )
    ImportedMember.objects.bulk_create(
        [
            ImportedMember(batch=batch, business=business, line=row.line)
            for row, business in zip(rows, businesses, strict=True)
        ],
        batch_size=SIZE,
    )
    return businesses


def _business(
    row: MemberRow, owner: User, number: str, *, now: datetime, decided_by: User | None
) -> Business:
    business = Business(
        owner=owner,
        number=number,
        name=row.name or "",
        sort_key=sort_key_of(row.name or ""),
        sector=row.sector or "",
        kelurahan_id=row.kelurahan,
        street=row.street or "",
        nib=row.nib or "",
        jakpreneur_id=row.jakpreneur_id or "",
    )
    if row.verified:
        verify(business, now=now, decided_by=decided_by)
    return business


def verify(business: Business, *, now: datetime, decided_by: User | None) -> None:
    """Set what a verified business has; the number in its address meets no other's."""
    stem = slugify(business.name)[:110].strip("-") or "usaha"
    business.slug = f"{stem}-{str(business.number)[4:]}"
    business.status = ApplicationStatus.APPROVED
    business.submitted_at = business.submitted_at or now
    business.decided_at, business.decided_by = now, decided_by


def write_memberships(
    pairs: Sequence[tuple[MemberRow, Business]], *, decided_by: User | None
) -> list[KadinMembership]:
    """Enrol each business as of the day the list names, under the list's number or a new one."""
    unnumbered = [row for row, _business in pairs if not row.kadin_number]
    drawn = (
        iter(draw_numbers("JSP-KDI", year=timezone.localdate().year, count=len(unnumbered)))
        if unnumbered
        else iter(())
    )
    memberships = []
    for row, business in pairs:
        since = _midnight(row.member_since or first_day(row))
        memberships.append(
            KadinMembership(
                business=business,
                number=row.kadin_number or next(drawn),
                status=ApplicationStatus.APPROVED,
                card_code=random_code(10),
                requested_at=since,
                decided_at=since,
                decided_by=decided_by,
            )
        )
    return KadinMembership.objects.bulk_create(memberships, batch_size=SIZE)


def write_terms(
    pairs: Sequence[tuple[MemberRow, KadinMembership]], *, held_until: dict[int, date]
) -> None:
    """Years paid before the portal: a waived bill each, for their money is in no ledger of ours.

    `held_until` names by membership the first day after what is already paid.
    """
    if not pairs:
        return
    rates = list(DuesRate.objects.filter(size=RateSize.ALL).order_by("starts_on"))
    numbers = draw_numbers("INV-KJI", year=timezone.localdate().year, count=len(pairs))
    terms = []
    for (row, membership), number in zip(pairs, numbers, strict=True):
        period = _period(row, held_until.get(membership.pk))
        invoice = DuesInvoice(
            membership=membership,
            number=number,
            amount=row.last_dues or _rate(rates, period.lower),
            issued_on=period.lower,
            due_on=period.lower,
            status=InvoiceStatus.WAIVED,
            closed_because=PAID_BEFORE,
        )
        terms.append(
            MembershipTerm(
                membership=membership, period=period, invoice=invoice, given_because=PAID_BEFORE
            )
        )
    DuesInvoice.objects.bulk_create([term.invoice for term in terms], batch_size=SIZE)
    MembershipTerm.objects.bulk_create(terms, batch_size=SIZE)


def first_day(row: MemberRow) -> date:
    """Return the day a paid year began whose last day the list names."""
    assert row.paid_until  # noqa: S101  the check of the line has seen to it
    return add_years(row.paid_until + timedelta(days=1), -1)


def _period(row: MemberRow, held_until: date | None) -> Any:
    assert row.paid_until  # noqa: S101  only rows with it come here
    end = row.paid_until + timedelta(days=1)
    start = first_day(row)
    if row.member_since and start < row.member_since < end:
        start = row.member_since
    if held_until and held_until > start:
        start = held_until
    return DateRange(start, end)


def _rate(rates: Sequence[DuesRate], day: date) -> int:
    """What a year cost that day; before the first rate, the first."""
    begun = [rate for rate in rates if rate.starts_on <= day] or list(rates[:1])
    return begun[-1].amount


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
