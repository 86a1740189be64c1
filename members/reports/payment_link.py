"""What a link of a letter about dues leads to today: a question, a bill, or nothing to do."""

from __future__ import annotations

from dataclasses import dataclass

from members.choices import InvoiceStatus
from members.links import Pointer
from members.models import DuesInvoice, KadinMembership, MembershipTerm

SETTLED = (InvoiceStatus.PAID, InvoiceStatus.OVERPAID)


@dataclass(frozen=True)
class LinkTarget:
    """`invoice` is the open bill, or the one that settled it; None while none was made."""

    membership: KadinMembership
    term: MembershipTerm | None
    invoice: DuesInvoice | None
    is_settled: bool

    @property
    def asks_first(self) -> bool:
        """No bill yet: "Data masih benar?" comes before it."""
        return self.invoice is None and not self.is_settled

    @property
    def is_payable(self) -> bool:
        return self.invoice is not None and self.invoice.is_open


def target_of(pointer: Pointer) -> LinkTarget | None:
    """None when it is gone, or the business has another owner than when the letter went out."""
    if pointer.kind == "tagihan":
        return _of_invoice(pointer)
    return _of_term(pointer)


def _of_invoice(pointer: Pointer) -> LinkTarget | None:
    invoice = (
        DuesInvoice.objects.filter(membership__business__owner_id=pointer.owner_id)
        .select_related("membership__business__owner")
        .prefetch_related("membership__terms")
        .filter(pk=pointer.pk)
        .first()
    )
    if invoice is None:
        return None
    return LinkTarget(invoice.membership, None, invoice, invoice.status in SETTLED)


def _of_term(pointer: Pointer) -> LinkTarget | None:
    term = (
        MembershipTerm.objects.filter(membership__business__owner_id=pointer.owner_id)
        .select_related("membership__business__owner")
        .prefetch_related("membership__terms__invoice")
        .filter(pk=pointer.pk)
        .first()
    )
    if term is None:
        return None
    membership = term.membership
    later = [t for t in membership.terms.all() if t.period.lower >= term.period.upper]
    if later:
        paid = min(later, key=lambda t: t.period.lower)
        return LinkTarget(membership, term, paid.invoice, is_settled=True)
    bill = membership.invoices.open().first()
    if bill:
        bill.membership = membership
    return LinkTarget(membership, term, bill, is_settled=False)
