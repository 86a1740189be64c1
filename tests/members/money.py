"""What the tests of dues share: a member, a bill, a paid year, a proof from a phone."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from members.actions.dues import confirm_dues_payment, open_dues_invoice
from members.actions.membership import accept_membership, request_membership
from members.models import Business, DuesInvoice, DuesPayment, KadinMembership, User


def picture(name: str = "bukti.jpg", kind: str = "JPEG", size: tuple[int, int] = (600, 900)) -> Any:
    data = io.BytesIO()
    Image.new("RGB", size, "#0b5a40").save(data, kind)
    return SimpleUploadedFile(name, data.getvalue(), content_type="image/jpeg")


def pdf(name: str = "bukti.pdf") -> Any:
    return SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")


def member(business: Business, *, by: User) -> KadinMembership:
    """Accepted by the secretariat, first bill open."""
    asked = request_membership(business, by=business.owner, via="web")
    return accept_membership(asked, by=by, via="admin")


def bill(membership: KadinMembership) -> DuesInvoice:
    return open_dues_invoice(membership, by=membership.business.owner, via="web")


def pay(invoice: DuesInvoice, *, by: User, on: date | None = None, **values: Any) -> DuesPayment:
    return confirm_dues_payment(
        invoice,
        **{
            "received_on": on or timezone.localdate(),
            "amount": invoice.amount,
            "reference": "TRF-001",
            "by": by,
            "via": "admin",
            **values,
        },
    )
