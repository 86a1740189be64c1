"""What shoppers say is wrong with a listing, and what a curator makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions.curation import take_down
from catalog.actions.listing import lock_product
from catalog.choices import ComplaintReason, ComplaintStatus
from catalog.models import Complaint, Product
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused

MOST_WAITING = 20
"""Of one product at a time: by then a curator has enough to read."""
KEPT_FOR = timedelta(days=365)


@transaction.atomic
def file_complaint(
    product: Product, *, reason: str, text: str, by: User | None, via: str
) -> Complaint:
    """Somebody reports a listing; the same words while it waits are the same report.

    Never call it with the person who reports: `by` is for staff who write down a telephone call.
    """
    product = lock_product(product)
    if reason not in ComplaintReason.values:
        raise ActionRefused(_("Pilih satu alasan."))
    waiting = Complaint.objects.waiting().filter(product=product)
    same = waiting.filter(reason=reason, text=text).first()
    if same is not None:
        return same
    if waiting.count() >= MOST_WAITING:
        raise ActionRefused(_("Produk ini sudah banyak dilaporkan dan sedang diperiksa kurator."))
    complaint = Complaint.objects.create(product=product, reason=reason, text=text)
    record("complaint.filed", complaint, by=by, via=via, product=product.pk, reason=reason)
    return complaint


@transaction.atomic
def dismiss_complaint(complaint: Complaint, *, note: str, by: User | None, via: str) -> Complaint:
    """The curator looked and the listing stays; nobody is told."""
    complaint = _locked(complaint)
    if complaint.status == ComplaintStatus.DISMISSED:
        return complaint
    _refuse(complaint, by)
    if not note:
        raise ActionRefused(_("Tulis alasannya, supaya kurator lain mengerti."))
    _decide(complaint, ComplaintStatus.DISMISSED, note=note, by=by)
    record("complaint.dismissed", complaint, by=by, via=via, note=note)
    return complaint


@transaction.atomic
def uphold_complaint(
    complaint: Complaint, *, reasons: Sequence[str], note: str, by: User | None, via: str
) -> Complaint:
    """The product is taken down and its owner told why; all that was said of it is answered."""
    product = lock_product(complaint.product)
    complaint = _locked(complaint)
    if complaint.status == ComplaintStatus.UPHELD:
        return complaint
    _refuse(complaint, by)
    take_down(product, reasons=reasons, note=note, by=by, via=via)
    for other in Complaint.objects.waiting().filter(product=product):
        _decide(other, ComplaintStatus.UPHELD, note=note, by=by)
        record("complaint.upheld", other, by=by, via=via, reasons=list(reasons))
    complaint.refresh_from_db()
    return complaint


def drop_old_complaints(*, on: date) -> int:
    """Decided ones go after a year; return how many went."""
    old = Complaint.objects.filter(decided_at__date__lt=on - KEPT_FOR)
    return old.delete()[0]


def _locked(complaint: Complaint) -> Complaint:
    rows = Complaint.objects.select_for_update(of=("self",)).select_related("product__business")
    return rows.get(pk=complaint.pk)


def _refuse(complaint: Complaint, by: User | None) -> None:
    if complaint.status != ComplaintStatus.WAITING:
        raise ActionRefused(_("Laporan ini sudah diputuskan orang lain. Muat ulang halaman ini."))
    if by is not None and by.pk == complaint.product.business.owner_id:
        raise ActionRefused(_("Laporan tentang produk Anda sendiri diputuskan kurator lain."))


def _decide(complaint: Complaint, status: ComplaintStatus, *, note: str, by: User | None) -> None:
    complaint.status, complaint.decision_note = status, note
    complaint.decided_at, complaint.decided_by = timezone.now(), by
    complaint.save(update_fields=["status", "decision_note", "decided_at", "decided_by"])
