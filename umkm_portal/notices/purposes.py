"""What each letter is: essential or of a group one may switch off, whose it is, and whether ✆.

Every `mail/<purpose>.txt` has its row, or a test fails: nobody adds one without deciding these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from umkm_portal.notices.choices import Group, Office


@dataclass(frozen=True)
class Purpose:
    """`group` None: essential, always sent. With `whatsapp`, its name in the list of messages
    that staff also send by hand (✆ in the table of messages)."""

    office: Office
    whatsapp: Any = ""
    group: Group | None = None

    @property
    def by_whatsapp(self) -> bool:
        return bool(self.whatsapp)


def _kadin(whatsapp: Any = "") -> Purpose:
    return Purpose(Office.KADIN, whatsapp)


def _city(whatsapp: Any = "") -> Purpose:
    return Purpose(Office.PEMKOT, whatsapp)


_ACCOUNT = Purpose(Office.PORTAL)

PURPOSES: dict[str, Purpose] = {
    "access_code_issued": _ACCOUNT,
    "access_code_used": _ACCOUNT,
    "account_changed": _ACCOUNT,
    "staff_digest": _ACCOUNT,
    "jbl_papers_list": _ACCOUNT,
    "business_merged": _city(),
    "consent_given": _ACCOUNT,
    "consent_withdrawn": _ACCOUNT,
    "person_invited": _ACCOUNT,
    "person_accepted": _ACCOUNT,
    "person_revoked": _ACCOUNT,
    "companion_begun": _ACCOUNT,
    "companion_ended": _ACCOUNT,
    "resume_link": _ACCOUNT,
    "data_request_asked": _ACCOUNT,
    "data_request_answered": _ACCOUNT,
    "data_erased": _ACCOUNT,
    "document_expiring": _city(),
    "document_refused": _city(),
    "document_verified": _city(),
    "application_sent": _city(),
    "application_needs_repair": _city(_("Pendaftaran perlu dilengkapi")),
    "application_approved": _city(_("Pendaftaran disetujui")),
    "application_refused": _city(),
    "product_live": _city(_("Produk tayang")),
    "product_returned": _city(_("Produk perlu perbaikan")),
    "product_taken_down": _city(),
    "booth_placed": _city(_("Lapak JBL")),
    "booth_removed": _city(_("Lapak JBL berubah")),
    "jbl_applied": _city(),
    "jbl_returned": _city(_("Pengajuan JBL perlu dilengkapi")),
    "jbl_rejected": _city(),
    "jbl_accepted": _city(_("Diterima di JBL")),
    "jbl_waitlisted": _city(_("Daftar tunggu JBL")),
    "jbl_offer": _city(_("Tawaran tempat JBL")),
    "jbl_offer_lapsed": _city(),
    "jbl_closed": _city(),
    "jbl_papers_missing": _city(),
    "jbl_rules_changed": _city(),
    "fee_received": _city(_("Kuitansi biaya lapak")),
    "fee_taken_back": _city(_("Biaya lapak dikembalikan")),
    "jbl_tomorrow": _city(_("Besok JBL")),
    "sales_report": _city(_("Lapor penjualan")),
    "event_registered": _city(),
    "event_waitlisted": _city(),
    "event_offered": _city(_("Tempat dari daftar tunggu")),
    "event_offer_lapsed": _city(),
    "event_place_cancelled": _city(),
    "event_reminder": _city(_("Pengingat acara")),
    "event_changed": _city(_("Acara berubah")),
    "event_moved": _city(_("Acara dipindah")),
    "certificate_issued": _city(),
    "event_cancelled": _city(_("Acara dibatalkan")),
    "kadin_repair": _kadin(_("Pencatatan perlu dilengkapi")),
    "kadin_accepted": _kadin(),
    "kadin_refused": _kadin(),
    "kadin_suspended": _kadin(),
    "card_replaced": _kadin(),
    "dues_invoice": _kadin(_("Tagihan iuran")),
    "dues_reminder": _kadin(_("Pengingat iuran")),
    "dues_lapsed": _kadin(),
    "proof_received": _kadin(),
    "proof_refused": _kadin(_("Bukti ditolak")),
    "dues_underpaid": _kadin(_("Kurang bayar")),
    "dues_overpaid": _kadin(),
    "dues_corrected": _kadin(),
    "dues_refunded": _kadin(),
    "dues_void": _kadin(),
    "dues_waived": _kadin(),
    "payment_held": _kadin(),
    "payment_returned": _kadin(),
    "change_proposed": _kadin(),
    "change_decided": _kadin(),
    "member_imported": _kadin(),
    "record_claimed": _kadin(),
    "dues_paid": _kadin(_("Lunas dan kuitansi")),
    "info_events": Purpose(Office.PEMKOT, group=Group.EVENTS),
    "info_programme": Purpose(Office.PEMKOT, group=Group.PROGRAMME),
}


URGENT = ("event_cancelled", "event_moved", "event_changed")
"""Somebody may be on her way: staff send these before whatever else waits."""


def purpose_named(name: str) -> Purpose:
    """A letter nobody has decided about yet is essential and shown to no office."""
    return PURPOSES.get(name, _ACCOUNT)


def purposes_of(*offices: Office, by_whatsapp: bool | None = None) -> list[str]:
    """Names of the letters of these offices; with `by_whatsapp`, only those marked so."""
    return [
        name
        for name, purpose in PURPOSES.items()
        if purpose.office in offices and by_whatsapp in {None, purpose.by_whatsapp}
    ]
