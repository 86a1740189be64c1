"""What the tests of dues share: a member, a bill, a paid year, a proof from a phone."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from members.actions.dues import confirm_dues_payment, open_dues_invoice
from members.actions.held import hold_payment
from members.actions.membership import accept_membership, request_membership
from members.choices import PaymentMethod
from members.models import (
    Business,
    DuesInvoice,
    DuesPayment,
    HeldPayment,
    KadinMembership,
    QrisCode,
    User,
)


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


def held(about: DuesInvoice | None, *, by: User, reference: str = "TRF-900") -> HeldPayment:
    return hold_payment(
        amount=120_000,
        received_on=timezone.localdate(),
        reference=reference,
        method=PaymentMethod.TRANSFER,
        about=about,
        reason="Tagihan sudah dibatalkan.",
        by=by,
        via="admin",
    )


# Of a merchant that does not exist: nobody can pay it.
STATIC_QRIS = (
    "00020101021126680016ID.CO.CONTOH.WWW011893600000000000000102150000000000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID00000000000010303UMI5204869953033605802ID5912KADIN CONTOH"
    "6015JAKARTA SELATAN61051211062070703A016304194F"
)


def qris_code(payload: str = STATIC_QRIS) -> QrisCode:
    """Kadin's code, in force since yesterday."""
    since = timezone.now() - timedelta(days=1)
    return QrisCode.objects.create(
        starts_at=since, payload=payload, merchant_name="KADIN CONTOH", nmid="ID0000000000001"
    )
