"""Jakpreneur's seven steps of one business, and how many businesses stand at each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from members.choices import DocumentStatus, EvidenceKind
from members.models import (
    Business,
    Document,
    JakpreneurMembership,
    Kecamatan,
    ProgrammeStage,
    StageEvidence,
    User,
)
from members.models.business import BusinessQuerySet
from members.models.programme import LICENCES
from umkm_portal.lib.dates import tanggal_polos


@dataclass(frozen=True)
class Piece:
    """One thing that shows a step, or did until `gone_because`."""

    kind: EvidenceKind
    on: date
    label: str
    office: str = ""
    gone_because: str = ""


@dataclass(frozen=True)
class Step:
    """One step of one business on one day."""

    stage: ProgrammeStage
    standing: list[Piece]
    gone: list[Piece]

    @property
    def shown_by(self) -> Piece | None:
        """The piece with which the step was reached; None when it is not."""
        found = []
        for kind in self.stage.kinds:
            pieces = [piece for piece in self.standing if piece.kind == kind]
            needed = self.stage.needed_of(kind)
            if len(pieces) >= needed:
                found.append(pieces[needed - 1])
        return min(found, key=lambda piece: piece.on, default=None)

    @property
    def is_reached(self) -> bool:
        return self.shown_by is not None

    @property
    def since(self) -> date | None:
        return self.shown_by.on if self.shown_by else None

    @property
    def office(self) -> str:
        return self.shown_by.office if self.shown_by else ""

    @property
    def fallen_because(self) -> str:
        """Why a step that evidence once showed is open again; "" when it is not so."""
        if self.is_reached or not self.gone:
            return ""
        return self.gone[-1].gone_because

    @property
    def progress(self) -> str:
        """ "2 dari 3 bukti", while a step that needs several is under way."""
        if self.is_reached or not self.standing or self.stage.needed == 1:
            return ""
        most = max(sum(p.kind == kind for p in self.standing) for kind in self.stage.kinds)
        return _("%(count)s dari %(needed)s bukti") % {"count": most, "needed": self.stage.needed}


def steps_of(business: Business, *, on: date) -> list[Step]:
    """The seven steps in the city's order, from four questions to the database."""
    pieces = [*_recorded(business, on), *_licences(business, on), *_registration(business, on)]
    steps = []
    for stage in ProgrammeStage.objects.all():
        mine = [piece for pk, piece in pieces if pk in (None, stage.pk) and _fits(piece, stage)]
        mine.sort(key=lambda piece: piece.on)
        steps.append(
            Step(
                stage,
                standing=[piece for piece in mine if not piece.gone_because],
                gone=[piece for piece in mine if piece.gone_because],
            )
        )
    return steps


def next_of(steps: Iterable[Step]) -> Step | None:
    """The one step to suggest: the first that is open; None when all are reached."""
    return next((step for step in steps if not step.is_reached), None)


def _fits(piece: Piece, stage: ProgrammeStage) -> bool:
    return piece.kind in stage.kinds


_Found = list[tuple[int | None, Piece]]


def _recorded(business: Business, on: date) -> _Found:
    rows = StageEvidence.objects.filter(business=business, on__lte=on).select_related("office")
    return [
        (
            row.stage_id,
            Piece(
                EvidenceKind(row.kind),
                row.on,
                row.label or str(EvidenceKind(row.kind).label),
                row.office.short_name if row.office else "",
                row.removed_because,
            ),
        )
        for row in rows.order_by("removed_at", "on", "pk")
    ]


def _licences(business: Business, on: date) -> _Found:
    """Verified licences; one that is over is said with its day."""
    rows = (
        Document.objects.in_vault()
        .current()
        .filter(business=business, kind__in=LICENCES, status=DocumentStatus.VERIFIED)
    )
    found: _Found = []
    for row in rows:
        over = row.expires_on is not None and row.expires_on < on
        label, gone = str(row.get_kind_display()), ""
        if over and row.expires_on:
            gone = _("%(what)s berakhir %(day)s.") % {
                "what": label,
                "day": tanggal_polos(row.expires_on),
            }
        day = (row.decided_at or row.uploaded_at).date()
        found.append((None, Piece(EvidenceKind.LICENCE, day, label, gone_because=gone)))
    return found


def _registration(business: Business, on: date) -> _Found:
    member = JakpreneurMembership.objects.filter(business=business, joined_on__lte=on).first()
    if member is None:
        return []
    label = str(EvidenceKind.REGISTERED.label)
    return [(None, Piece(EvidenceKind.REGISTERED, member.joined_on, label))]


@dataclass(frozen=True)
class Distribution:
    """How many businesses have each step: `total` of all, `columns` the steps in order."""

    total: int
    stages: list[ProgrammeStage]
    counts: list[int]
    districts: list[tuple[str, int, list[int]]]


def distribution_for(staff: User, *, on: date) -> Distribution:
    """Of the businesses this officer may see: by step, and by kecamatan and step."""
    businesses = Business.objects.verified().within_reach_of(staff)
    stages = list(ProgrammeStage.objects.all())
    by_stage = [_per_district(businesses.filter(stage.reached(on=on))) for stage in stages]
    all_of_them = _per_district(businesses)
    districts = [
        (district.name, all_of_them.get(district.pk, 0), [n.get(district.pk, 0) for n in by_stage])
        for district in Kecamatan.objects.all()
        if staff.is_superuser or staff.kecamatan_id in (None, district.pk)
    ]
    return Distribution(
        total=sum(all_of_them.values()),
        stages=stages,
        counts=[sum(numbers.values()) for numbers in by_stage],
        districts=districts,
    )


def _per_district(businesses: BusinessQuerySet) -> dict[str, int]:
    rows = businesses.order_by().values_list("kelurahan__kecamatan").annotate(count=Count("pk"))
    return {str(code): count for code, count in rows}
