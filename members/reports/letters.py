"""The send log of one object: what was sent about it, and what failed."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from members.models import DuesInvoice, DuesProof, KadinMembership, Letter, User

SHOWN = 50


def send_log(staff: User, *subjects: Model) -> dict[str, Any]:
    """For `admin/members/letters.html`: the newest messages this person may see about these."""
    letters = Letter.objects.within_reach_of(staff).about(*subjects)
    return {
        "letters": letters.select_related("wa_sent_by").order_by("-pk")[:SHOWN],
        "may_resend": staff.has_perm("members.change_letter"),
    }


def subjects_of_membership(membership: KadinMembership) -> list[Model]:
    """Everything that letters to a member are about: itself, its years, bills and proofs."""
    return [
        membership,
        *membership.terms.all(),
        *membership.invoices.all(),
        *DuesProof.objects.filter(invoice__membership=membership),
    ]


def subjects_of_invoice(invoice: DuesInvoice) -> list[Model]:
    return [invoice, *invoice.proofs.all()]
