"""What waits for a decision of staff, one line per kind of work: for the desk and the digest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Complaint, Product
from events.models import BoothPlace, EventProposal
from events.models.fee import to_return
from events.reports.sales_desk import reports_to_come
from members.models import (
    Business,
    ChangeProposal,
    DataRequest,
    Document,
    DuesProof,
    GatewayNotification,
    HeldPayment,
    KadinMembership,
    Letter,
    StatementLine,
    User,
)
from umkm_portal.notices.models import Notice


@dataclass(frozen=True)
class Waiting:
    """One line of the queue: what waits, who may see it, which rows, and where they are listed."""

    label: Any
    permission: str
    rows: Callable[[User], QuerySet[Any]]
    age_field: str
    changelist: str
    query: str


QUEUE = [
    Waiting(
        _("Pendaftaran usaha"),
        "members.change_business",
        lambda user: Business.objects.waiting().within_reach_of(user),
        "submitted_at",
        "admin:members_business_changelist",
        "status__exact=submitted",
    ),
    Waiting(
        _("Berkas usaha"),
        "members.change_document",
        lambda user: Document.objects.waiting().within_reach_of(user),
        "uploaded_at",
        "admin:members_document_changelist",
        "tunggu=ya",
    ),
    Waiting(
        _("Pengajuan tempat JBL"),
        "events.change_boothplace",
        lambda user: BoothPlace.objects.waiting(at=timezone.now()).within_reach_of(user),
        "applied_at",
        "admin:events_boothplace_changelist",
        "status__exact=applied",
    ),
    Waiting(
        _("Biaya lapak perlu dikembalikan"),
        "events.change_boothplace",
        lambda user: to_return(BoothPlace.objects.within_reach_of(user)),
        "placed_at",
        "admin:events_boothplace_changelist",
        "biaya=kembali",
    ),
    Waiting(
        _("Laporan penjualan belum masuk"),
        "events.change_salesreport",
        lambda user: reports_to_come(user, at=timezone.now()),
        "day__date",
        "admin:events_salesreport_belum",
        "",
    ),
    Waiting(
        _("Usulan acara"),
        "events.change_eventproposal",
        lambda user: EventProposal.objects.waiting(),
        "sent_at",
        "admin:events_eventproposal_changelist",
        "status__exact=waiting",
    ),
    Waiting(
        _("Kurasi produk"),
        "catalog.change_product",
        lambda user: Product.objects.waiting(),
        "submitted_at",
        "admin:catalog_product_changelist",
        "status__exact=waiting",
    ),
    Waiting(
        _("Laporan pembeli tentang produk"),
        "catalog.change_complaint",
        lambda user: Complaint.objects.waiting().within_reach_of(user),
        "filed_at",
        "admin:catalog_complaint_changelist",
        "status__exact=waiting",
    ),
    Waiting(
        _("Pencatatan Kadin"),
        "members.change_kadinmembership",
        lambda user: KadinMembership.objects.waiting(),
        "requested_at",
        "admin:members_kadinmembership_changelist",
        "status__exact=submitted",
    ),
    Waiting(
        _("Bukti pembayaran"),
        "members.change_duesproof",
        lambda user: DuesProof.objects.waiting(),
        "uploaded_at",
        "admin:members_duesproof_changelist",
        "status__exact=waiting",
    ),
    Waiting(
        _("Pembayaran daring yang janggal"),
        "members.change_gatewaynotification",
        lambda user: GatewayNotification.objects.waiting(),
        "first_at",
        "admin:members_gatewaynotification_changelist",
        "handled_at__isempty=1&verdict__in=mismatch,reversed",
    ),
    Waiting(
        _("Uang tertahan"),
        "members.change_heldpayment",
        lambda user: HeldPayment.objects.waiting(),
        "held_at",
        "admin:members_heldpayment_changelist",
        "status__exact=waiting",
    ),
    Waiting(
        _("Permintaan data pribadi (3 × 24 jam)"),
        "members.change_datarequest",
        lambda user: DataRequest.objects.waiting(),
        "asked_at",
        "admin:members_datarequest_changelist",
        "status__exact=waiting",
    ),
    Waiting(
        _("Perubahan yang perlu orang kedua"),
        "members.change_changeproposal",
        lambda user: ChangeProposal.objects.waiting_for(user, at=timezone.now()),
        "proposed_at",
        "admin:members_changeproposal_changelist",
        "keadaan=proposed",
    ),
    Waiting(
        _("Pesan WhatsApp belum terkirim"),
        "members.change_letter",
        lambda user: Letter.objects.within_reach_of(user).for_whatsapp(at=timezone.now()),
        "created_at",
        "admin:members_letter_changelist",
        "",
    ),
    Waiting(
        _("Baris mutasi bank"),
        "members.change_statementline",
        lambda user: StatementLine.objects.waiting(),
        "statement__uploaded_at",
        "admin:members_bankstatement_changelist",
        "",
    ),
    Waiting(
        _("Pesan yang gagal terkirim"),
        "notices.change_notice",
        lambda user: Notice.objects.given_up(),
        "created_at",
        "admin:notices_notice_changelist",
        "mail_status__exact=given_up",
    ),
]


def waiting_for(user: User) -> list[dict[str, Any]]:
    """Count and oldest date of everything this person may decide about."""
    lines = []
    for item in QUEUE:
        if not user.has_perm(item.permission):
            continue
        rows = item.rows(user).order_by(item.age_field)
        count = rows.count()
        lines.append(
            {
                "label": item.label,
                "count": count,
                "oldest": rows.values_list(item.age_field, flat=True).first() if count else None,
                "url": f"{reverse(item.changelist)}?{item.query}",
            }
        )
    return lines
