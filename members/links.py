"""Links in letters about dues: for one bill or one ended year, usable without signing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from members.models import DuesInvoice, MembershipTerm
from umkm_portal.lib.signing import BadLink, ExpiredLink, sign, unsign

PURPOSE = "dues-link"


@dataclass(frozen=True)
class Pointer:
    """What a link points at: `kind` "tagihan" (bill) or "masa" (year), its id, whose it was."""

    kind: str
    pk: int
    owner_id: int


def invoice_link(invoice: DuesInvoice) -> str:
    """The path of this one bill, for a letter to its owner."""
    return _path("tagihan", invoice.pk, invoice.membership.business.owner_id)


def term_link(term: MembershipTerm) -> str:
    """The path that renews this one paid year, for a letter to its owner."""
    return _path("masa", term.pk, term.membership.business.owner_id)


def read_link(token: str) -> Pointer:
    """Raises BadLink with a sentence: not ours; ExpiredLink: older than DUES_LINK_DAYS."""
    found = unsign(PURPOSE, token, max_age=timedelta(days=settings.DUES_LINK_DAYS))
    return Pointer(*found)


def _path(kind: str, pk: int, owner_id: int) -> str:
    return reverse("members:payment_link", args=[sign(PURPOSE, [kind, pk, owner_id])])


__all__ = ["BadLink", "ExpiredLink", "Pointer", "invoice_link", "read_link", "term_link"]
