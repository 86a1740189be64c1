"""Businesses that may be one: the same NIB, the same phone, or the same name in one kelurahan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from members.choices import ApplicationStatus
from members.models import Business, DistinctPair

MOST_PAIRS = 200
PHONES = ("order_phone", "owner__phone", "owner__owner__phone")


@dataclass(frozen=True)
class LookAlike:
    business: Business
    reasons: list[str]


@dataclass(frozen=True)
class Pair:
    first: Business
    second: Business
    reasons: list[str]


def _live() -> QuerySet[Business]:
    closed = [ApplicationStatus.DRAFT, ApplicationStatus.CANCELLED]
    related = Business.objects.select_related("owner__owner", "kelurahan__kecamatan")
    return related.exclude(status__in=closed)


def phones_of(business: Business) -> set[str]:
    """As stored, "+62…": 08, 62 and +62 are one there."""
    person = getattr(business.owner, "owner", None)
    known = {business.order_phone, business.owner.phone, person.phone if person else ""}
    return known - {""}


def look_alikes(business: Business) -> list[LookAlike]:
    """Those staff should compare with this one, and why; two queries."""
    phones = phones_of(business)
    same = Q(sort_key=business.sort_key, kelurahan=business.kelurahan_id)
    if business.nib:
        same |= Q(nib=business.nib)
    for path in PHONES if phones else ():
        same |= Q(**{f"{path}__in": phones}) & ~Q(owner=business.owner_id)
    told_apart = _told_apart([business.pk])
    return [
        LookAlike(other, reasons_for(business, other))
        for other in _live().filter(same).exclude(pk=business.pk).order_by("pk")[:20]
        if _key(business.pk, other.pk) not in told_apart
    ]


def reasons_for(one: Business, other: Business) -> list[str]:
    found = []
    if one.nib and one.nib == other.nib:
        found.append(_("NIB sama"))
    if one.owner_id != other.owner_id and phones_of(one) & phones_of(other):
        found.append(_("nomor HP sama"))
    if one.sort_key == other.sort_key and one.kelurahan_id == other.kelurahan_id:
        found.append(_("nama dan kelurahan sama"))
    return found


def suspected_pairs() -> list[Pair]:
    """Every pair nobody has decided about, at most MOST_PAIRS; a handful of queries."""
    keys: dict[tuple[int, int], None] = {}
    for group in _groups():
        ordered = sorted(group)
        keys |= {(a, b): None for n, a in enumerate(ordered) for b in ordered[n + 1 :]}
    told_apart = _told_apart({pk for key in keys for pk in key})
    wanted = [key for key in keys if key not in told_apart][: MOST_PAIRS * 2]
    rows = _live().in_bulk({pk for key in wanted for pk in key})
    pairs = [
        Pair(rows[a], rows[b], reasons_for(rows[a], rows[b]))
        for a, b in wanted
        if a in rows and b in rows
    ]
    return [pair for pair in pairs if pair.reasons][:MOST_PAIRS]


def _groups() -> Iterable[set[int]]:
    live = _live().select_related(None).order_by()
    yield from _same(live.exclude(nib=""), "nib")
    yield from _same(live.exclude(sort_key=""), "sort_key", "kelurahan")
    by_phone: dict[str, set[int]] = defaultdict(set)
    for path in PHONES:
        repeated = live.exclude(**{path: ""}).values_list("pk", path)
        for pk, phone in repeated.iterator(chunk_size=5_000):
            if phone:
                by_phone[phone].add(pk)
    yield from (group for group in by_phone.values() if 1 < len(group) <= 20)


def _same(rows: QuerySet[Business], *fields: str) -> Iterable[set[int]]:
    repeated = rows.values(*fields).annotate(many=Count("pk")).filter(many__gt=1, many__lte=20)
    for values in repeated[:MOST_PAIRS]:
        found: dict[str, Any] = {name: values[name] for name in fields}
        yield set(rows.filter(**found).values_list("pk", flat=True))


def _key(one: int, other: int) -> tuple[int, int]:
    return (min(one, other), max(one, other))


def _told_apart(pks: Iterable[int]) -> set[tuple[int, int]]:
    pks = list(pks)
    decided = DistinctPair.objects.filter(Q(first__in=pks) | Q(second__in=pks))
    return set(decided.values_list("first_id", "second_id"))
