"""The licences of an owner's businesses, by kind: the one in force, the one that waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from members.choices import ApplicationStatus, DocumentKind, DocumentStatus
from members.models import Business, Document, User

KINDS = [kind for kind in DocumentKind if kind != DocumentKind.KTP]
NOT_SENT = (ApplicationStatus.DRAFT, ApplicationStatus.CANCELLED, ApplicationStatus.REJECTED)


@dataclass(frozen=True)
class Shown:
    """One document on one day."""

    document: Document
    state: str


@dataclass
class Slot:
    """All documents of one kind."""

    kind: DocumentKind
    in_force: Shown | None = None
    undecided: Shown | None = None
    earlier: list[Document] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def is_empty(self) -> bool:
        return self.in_force is None and self.undecided is None


@dataclass(frozen=True)
class Vault:
    """One business. `ktp` is there while its scan is kept."""

    business: Business
    slots: list[Slot]
    ktp: Document | None
    may_upload: bool


def vaults_of(owner: User, *, on: date) -> list[Vault]:
    """Two queries, however many documents there are."""
    businesses = Business.objects.owned_by(owner).prefetch_related("documents").order_by("-pk")
    return [_vault(business, on) for business in businesses]


def _vault(business: Business, on: date) -> Vault:
    rows = sorted(business.documents.all(), key=lambda row: (row.kind, -row.pk))
    by_kind = {kind: list(group) for kind, group in groupby(rows, key=lambda row: row.kind)}
    ktp = by_kind.get(DocumentKind.KTP, [])
    return Vault(
        business=business,
        slots=[_slot(kind, by_kind.get(kind, []), on) for kind in KINDS],
        ktp=ktp[0] if ktp else None,
        may_upload=business.status not in NOT_SENT,
    )


def _slot(kind: DocumentKind, rows: list[Document], on: date) -> Slot:
    slot = Slot(kind)
    for row in rows:
        shown = Shown(row, row.state(on=on).value)
        if row.replaced_at:
            slot.earlier.append(row)
        elif row.status == DocumentStatus.VERIFIED:
            slot.in_force = shown
        else:
            slot.undecided = shown
    return slot
