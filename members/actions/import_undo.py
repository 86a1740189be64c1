"""Taking an import back: what it made and nobody touched since is deleted, the rest is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from members.choices import ImportState, InvoiceStatus
from members.models import (
    Business,
    ClaimCode,
    DuesInvoice,
    ImportBatch,
    ImportedMember,
    JakpreneurMembership,
    KadinMembership,
    MembershipTerm,
    Owner,
    User,
)
from umkm_portal.audit.models import AuditEntry, record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

SIZE = 500
# What an import makes itself; any other row that points at these means somebody worked on them.
OURS: dict[type[Model], set[type[Model]]] = {
    Business: {ImportedMember, KadinMembership, JakpreneurMembership},
    KadinMembership: {DuesInvoice, MembershipTerm},
    DuesInvoice: {MembershipTerm},
    User: {Business, Owner, Notice, ClaimCode},
}
IMPORTED = ("business.imported", "kadin_membership.imported")
Kept = dict[int, str]


@transaction.atomic
def undo_import(batch: ImportBatch, *, by: User, via: str) -> ImportBatch:
    """Delete what this import created and is untouched; `problems` then names what stays and why.

    What it changed about businesses that were there before stays changed: the trail has the old.
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state == ImportState.UNDONE:
        return batch
    if batch.state != ImportState.DONE:
        raise ActionRefused(_("Hanya impor yang sudah selesai bisa ditarik kembali."))
    members = list(batch.members.select_related("business__kadin").order_by("pk"))
    kept: list[tuple[int, str]] = []
    deleted = 0
    for start in range(0, len(members), SIZE):
        chunk = members[start : start + SIZE]
        reasons = _touched(chunk)
        kept += [(m.line, reasons[m.business_id]) for m in chunk if m.business_id in reasons]
        free = [m for m in chunk if m.business_id not in reasons]
        _delete([m.business for m in free])
        deleted += len(free)
    batch.state = ImportState.UNDONE
    batch.problems, batch.refused = [list(line) for line in kept], len(kept)
    batch.save(update_fields=["state", "problems", "refused"])
    record("member_import.undone", batch, by=by, via=via, deleted=deleted, kept=len(kept))
    return batch


def _touched(members: Sequence[ImportedMember]) -> Kept:
    """Return by business why it stays."""
    businesses = {m.business_id for m in members}
    list(Business.objects.select_for_update(of=("self",)).filter(pk__in=businesses).order_by("pk"))
    kadin = {m.business.kadin.pk: m.business_id for m in members if hasattr(m.business, "kadin")}
    owners = {m.business.owner_id: m.business_id for m in members}
    bills = dict(
        DuesInvoice.objects.filter(membership__in=kadin).values_list("pk", "membership_id")
    )
    of_bill = {bill: kadin[membership] for bill, membership in bills.items()}
    billed = DuesInvoice.objects.filter(membership__in=kadin).exclude(status=InvoiceStatus.WAIVED)
    own = {business: business for business in businesses}
    used: list[tuple[Iterable[int], dict[int, int], str]] = [
        ({m.business_id for m in members if m.claimed_at}, own, _("Sudah diklaim pemiliknya.")),
        (
            _worked_on(Business, own),
            own,
            _("Sudah dipakai: ada produk, pendaftaran, atau berkas."),
        ),
        (_worked_on(User, owners), owners, _("Pemiliknya sudah memakai portal.")),
        (
            _worked_on(DuesInvoice, bills),
            of_bill,
            _("Sudah ada uang atau bukti di tagihannya."),
        ),
        (
            _worked_on(KadinMembership, kadin) | _ids(billed, "membership_id"),
            kadin,
            _("Keanggotaannya sudah dipakai: ada tagihan atau kartu."),
        ),
        (_changed(Business, own), own, _("Sudah diubah setelah diimpor.")),
        (_changed(KadinMembership, kadin), kadin, _("Sudah diubah setelah diimpor.")),
    ]
    kept: Kept = {}
    for rows, business_of, reason in used:
        for row in rows:
            kept.setdefault(business_of[row], reason)
    return kept


def _worked_on(model: type[Model], ids: Iterable[int]) -> set[int]:
    """Return which of these rows others point at, besides what an import makes."""
    found: set[int] = set()
    ours: set[type[Model]] = OURS[model]
    for relation in model._meta.get_fields(include_hidden=True):
        pointing = relation.related_model
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        if isinstance(pointing, type) and pointing not in ours:
            field = relation.field.attname  # type: ignore[union-attr]
            rows = pointing._base_manager.filter(**{f"{relation.field.name}__in": list(ids)})  # type: ignore[union-attr]
            found |= set(rows.values_list(field, flat=True))
    return found


def _changed(model: type[Model], ids: Iterable[int]) -> set[int]:
    """Return which of these have a line in the trail besides that of their import."""
    entries = AuditEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id__in=list(ids)
    )
    return _ids(entries.exclude(verb__in=IMPORTED), "object_id")


def _ids(rows: Any, column: str) -> set[int]:
    return set(rows.order_by().values_list(column, flat=True))


def _delete(businesses: Sequence[Business]) -> None:
    ids = [business.pk for business in businesses]
    owners = {business.owner_id for business in businesses}
    memberships = KadinMembership.objects.filter(business__in=ids)
    MembershipTerm.with_revoked.filter(membership__in=memberships).delete()
    DuesInvoice.objects.filter(membership__in=memberships).delete()
    memberships.delete()
    JakpreneurMembership.objects.filter(business__in=ids).delete()
    ImportedMember.objects.filter(business__in=ids).delete()
    Business.objects.filter(pk__in=ids).delete()
    # Somebody with another business stays who she is.
    User.objects.filter(pk__in=owners, businesses=None).delete()
