"""The one thing an owner should do now, in the order in which each unlocks the next."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.choices import ApplicationStatus, InvoiceStatus, Right
from members.models import Business, DuesInvoice
from umkm_portal.lib.dates import tanggal
from umkm_portal.lib.rupiah import rupiah

PAYABLE = (InvoiceStatus.UNPAID, InvoiceStatus.PROOF_REFUSED, InvoiceStatus.UNDERPAID)


@dataclass(frozen=True)
class NextStep:
    title: str
    reason: str
    url: str = ""
    label: str = ""


def next_step(business: Business | None, *, invoice: DuesInvoice | None, products: int) -> NextStep:
    """`invoice` is the open one, if any; `products` counts those not archived."""
    if business is None or business.status == ApplicationStatus.DRAFT:
        return _register(business)
    if business.status == ApplicationStatus.NEEDS_REPAIR:
        count = len(business.repair_fields)
        return NextStep(
            ngettext("Perbaiki %(n)s isian", "Perbaiki %(n)s isian", count) % {"n": count},
            business.decision_reason,
            reverse("members:registration_start"),
            _("Perbaiki sekarang"),
        )
    if invoice is not None and invoice.status in PAYABLE:
        return _pay(invoice)
    if business.may_list and not products:
        return NextStep(
            _("Pasang produk pertama"),
            _("Belum ada produk. Foto satu produk sekarang, cukup 1 menit."),
            reverse("catalog:product_add"),
            _("Tambah produk"),
        )
    return _wait_or_join(business)


def next_step_of_helper(
    business: Business, rights: frozenset[Right], *, fills_form: bool
) -> NextStep:
    """For staff and companions: what they came for; only companions fill the application."""
    given = ", ".join(str(right.label).lower() for right in Right if right in rights)
    title = _("Anda bekerja untuk %(name)s") % {"name": business}
    reason = _("Hak Anda: %(rights)s. Iuran dan data pemilik tetap tertutup.") % {"rights": given}
    if fills_form and business.status in {ApplicationStatus.DRAFT, ApplicationStatus.NEEDS_REPAIR}:
        way = reverse("members:registration_start")
        return NextStep(title, _("Pendaftarannya belum lengkap."), way, _("Isi pendaftaran"))
    if Right.CATALOGUE in rights:
        return NextStep(title, reason, reverse("catalog:product_add"), _("Tambah produk"))
    return NextStep(title, reason, reverse("events:my_booths"), _("Lihat lapak dan acara"))


def _register(business: Business | None) -> NextStep:
    return NextStep(
        _("Lanjutkan pendaftaran usaha") if business else _("Daftarkan usaha Anda"),
        _("Lima langkah pendek, tersimpan setiap langkah."),
        reverse("members:registration_start"),
        _("Lanjutkan") if business else _("Mulai"),
    )


def _pay(invoice: DuesInvoice) -> NextStep:
    return NextStep(
        _("Bayar iuran %(amount)s") % {"amount": rupiah(invoice.missing)},
        _("Setelah iuran diterima, kartu anggota Kadin langsung aktif. Bayar sebelum %(day)s.")
        % {"day": tanggal(invoice.due_on)},
        reverse("members:dues_invoice", args=[invoice.number]),
        _("Bayar iuran"),
    )


def _wait_or_join(business: Business) -> NextStep:
    if business.status == ApplicationStatus.SUBMITTED:
        return NextStep(
            _("Pendaftaran sedang diperiksa"),
            _("Kabar pemeriksaan ada di Pesan dan e-mail, paling lama 3 hari kerja."),
        )
    if business.status == ApplicationStatus.APPROVED and not hasattr(business, "kadin"):
        return NextStep(
            _("Ajukan pencatatan Kadin"),
            _("Anggota tercatat mendapat kartu, lencana di katalog, dan bantuan ekspor."),
            reverse("members:dues_home"),
            _("Ajukan pencatatan"),
        )
    return NextStep(
        _("Tidak ada yang perlu dikerjakan sekarang"),
        _("Kabar baru selalu ada di Pesan. Hari ini %(day)s.")
        % {"day": tanggal(timezone.localdate())},
    )
