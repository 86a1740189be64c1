"""Status words of memberships and invoices, each with the same icon and colour everywhere."""

from __future__ import annotations

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from members.choices import (
    ApplicationStatus,
    DocumentState,
    HeldStatus,
    InvoiceStatus,
    MembershipState,
    ProofStatus,
)
from members.models import Document, DuesInvoice, DuesProof, HeldPayment
from members.reports.ledger import MoneyLine, money_lines, status_sentence
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.qr import qr_svg
from umkm_portal.templatetags.portal import state_badge

register = template.Library()

STATE_KINDS = {
    MembershipState.NONE: "wait",
    MembershipState.ACTIVE: "ok",
    MembershipState.SOON: "wait",
    MembershipState.GRACE: "wait",
    MembershipState.LAPSED: "bad",
    MembershipState.SUSPENDED: "bad",
}
APPLICATION_KINDS = {
    ApplicationStatus.SUBMITTED: "wait",
    ApplicationStatus.NEEDS_REPAIR: "wait",
    ApplicationStatus.APPROVED: "ok",
    ApplicationStatus.REJECTED: "bad",
    ApplicationStatus.CANCELLED: "bad",
}
DOCUMENT_KINDS = {
    DocumentState.VALID: "ok",
    DocumentState.EXPIRED: "bad",
    DocumentState.REFUSED: "bad",
}
INVOICE_KINDS = {
    InvoiceStatus.PAID: "ok",
    InvoiceStatus.OVERPAID: "ok",
    InvoiceStatus.WAIVED: "ok",
    InvoiceStatus.PROOF_REFUSED: "bad",
    InvoiceStatus.VOID: "bad",
}
PROOF_KINDS = {
    ProofStatus.WAITING: "wait",
    ProofStatus.ACCEPTED: "ok",
    ProofStatus.REFUSED: "bad",
}
HELD_KINDS = {
    HeldStatus.WAITING: "wait",
    HeldStatus.ASSIGNED: "ok",
    HeldStatus.RETURNED: "bad",
}


@register.simple_tag
def membership_badge(state: str) -> SafeString:
    word = MembershipState(state)
    return state_badge(word.label, STATE_KINDS[word])


@register.simple_tag
def application_badge(status: str) -> SafeString:
    word = ApplicationStatus(status)
    return state_badge(word.label, APPLICATION_KINDS.get(word, ""))


@register.simple_tag
def qr_code(text: str, title: str) -> SafeString:
    return qr_svg(text, title=title)


@register.simple_tag
def proof_badge(proof: DuesProof) -> SafeString:
    return state_badge(ProofStatus(proof.status).label, PROOF_KINDS[ProofStatus(proof.status)])


@register.simple_tag
def held_badge(held: HeldPayment) -> SafeString:
    return state_badge(HeldStatus(held.status).label, HELD_KINDS[HeldStatus(held.status)])


@register.simple_tag
def invoice_sentence(invoice: DuesInvoice) -> str:
    """Where the bill stands in one sentence; empty when its status word says it all."""
    return status_sentence(invoice)


@register.simple_tag
def money_of(invoice: DuesInvoice) -> list[MoneyLine]:
    """What came to a bill and went back, as its owner reads it."""
    return money_lines(invoice)


@register.simple_tag
def document_badge(document: Document, state: str) -> SafeString:
    """ "Sah s.d. 31 Desember 2029": a licence that ends says when."""
    word = DocumentState(state)
    text = str(word.label)
    if word == DocumentState.VALID and document.expires_on:
        text = _("Sah s.d. %s") % tanggal_polos(document.expires_on)
    elif document.expires_on and word in {DocumentState.SOON, DocumentState.EXPIRED}:
        text = f"{text} {tanggal_polos(document.expires_on)}"
    return state_badge(text, DOCUMENT_KINDS.get(word, "wait"))


@register.simple_tag
def invoice_badge(invoice: DuesInvoice) -> SafeString:
    """ "Jatuh tempo" is computed: an unpaid invoice whose day has passed."""
    status = InvoiceStatus(invoice.status)
    if status == InvoiceStatus.UNPAID and invoice.is_overdue(on=timezone.localdate()):
        return state_badge(_("Jatuh tempo"), "bad")
    return state_badge(status.label, INVOICE_KINDS.get(status, "wait"))
