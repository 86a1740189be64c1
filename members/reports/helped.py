"""What companions did for an owner, in words she reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from members.models import Business, CompanionAccess, Owner, User
from umkm_portal.audit.models import AuditEntry

SHOWN = 100
WORDS = {
    "business.draft_saved": _("Mengisi pendaftaran"),
    "business.submitted": _("Mengirim pendaftaran"),
    "consent.given": _("Mencatat persetujuan dari lembar yang Anda tanda tangani"),
    "document.kept": _("Mengunggah foto KTP"),
    "user.enrolled": _("Membuat akun Anda"),
    "access_code.issued": _("Membuat kode masuk pertama"),
    "product.drafted": _("Menambah produk"),
    "product.changed": _("Mengubah produk"),
    "product.submitted": _("Mengirim produk ke kurator"),
    "product.queued_again": _("Mengirim produk ke kurator lagi"),
    "product.photo_set": _("Memasang foto produk"),
    "product.photo_removed": _("Menghapus foto produk"),
    "product.archived": _("Mengarsipkan produk"),
    "product.priced": _("Mengubah harga produk"),
    "product.sold_out": _("Menandai produk habis"),
    "product.restocked": _("Menandai produk tersedia"),
    "registration.made": _("Mendaftarkan ke acara"),
    "registration.waitlisted": _("Mendaftarkan ke daftar tunggu acara"),
    "registration.cancelled": _("Membatalkan pendaftaran acara"),
}


@dataclass(frozen=True)
class Deed:
    """One thing that was done; `of` names it, where a name says more than the sentence."""

    at: datetime
    what: str
    of: str


def deeds_under(accesses: Iterable[CompanionAccess]) -> dict[int, list[Deed]]:
    """By permission, the newest first; a few queries however many there are."""
    keys = [access.pk for access in accesses]
    entries = AuditEntry.objects.helped_by(*keys).prefetch_related("subject")[:SHOWN]
    found: dict[int, list[Deed]] = {key: [] for key in keys}
    for entry in entries:
        if entry.permission in found:
            what = str(WORDS.get(entry.verb, _("Mengubah data usaha")))
            found[entry.permission].append(Deed(entry.at, what, _name(entry)))
    return found


def _name(entry: AuditEntry) -> str:
    """A product or an event has a name worth reading; people and papers are in the sentence."""
    subject = entry.subject
    if subject is None or isinstance(subject, Business | User | Owner):
        return ""
    named = getattr(subject, "event", subject)
    return str(named) if hasattr(named, "name") else ""
