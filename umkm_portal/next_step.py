"""The one thing an owner should do now, in the order in which each unlocks the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.reports.pressing import Pressing, Wish
from members.choices import ApplicationStatus, InvoiceStatus, Right
from members.models import Business, DuesInvoice
from umkm_portal.lib.dates import pukul, tanggal
from umkm_portal.lib.rupiah import rupiah

PAYABLE = (InvoiceStatus.UNPAID, InvoiceStatus.PROOF_REFUSED, InvoiceStatus.UNDERPAID)


@dataclass(frozen=True)
class NextStep:
    title: str
    reason: str
    url: str = ""
    label: str = ""


def next_step(
    business: Business | None,
    *,
    invoice: DuesInvoice | None = None,
    products: int = 0,
    pressing: Pressing | None = None,
) -> NextStep:
    """`invoice` is the open one, if any; `products` counts those not archived.

    What is `pressing` ends within hours or days, so it comes before what can wait.
    """
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
    if pressing is not None:
        return _answer(pressing)
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
    business: Business,
    rights: frozenset[Right],
    *,
    fills_form: bool,
    pressing: Pressing | None = None,
) -> NextStep:
    """For staff and companions: what they came for; only companions fill the application."""
    given = ", ".join(str(right.label).lower() for right in Right if right in rights)
    title = _("Anda bekerja untuk %(name)s") % {"name": business}
    reason = _("Hak Anda: %(rights)s. Iuran dan data pemilik tetap tertutup.") % {"rights": given}
    if fills_form and business.status in {ApplicationStatus.DRAFT, ApplicationStatus.NEEDS_REPAIR}:
        way = reverse("members:registration_start")
        return NextStep(title, _("Pendaftarannya belum lengkap."), way, _("Isi pendaftaran"))
    if pressing is not None and Right.MARKET in rights:
        return _answer(pressing)
    if Right.CATALOGUE in rights:
        return NextStep(title, reason, reverse("catalog:product_add"), _("Tambah produk"))
    return NextStep(title, reason, reverse("events:my_booths"), _("Lihat lapak dan acara"))


def _answer(pressing: Pressing) -> NextStep:
    title, reason, label = {
        Wish.PLACE: (
            _("Jawab tawaran lapak"),
            _("Ada lapak untuk Anda di %(event)s, %(day)s. Jawab sebelum %(until)s."),
            _("Jawab sekarang"),
        ),
        Wish.SEAT: (
            _("Jawab tawaran tempat"),
            _("Ada tempat untuk Anda di %(event)s. Jawab sebelum %(until)s."),
            _("Jawab sekarang"),
        ),
        Wish.REPAIR: (
            _("Perbaiki pengajuan lapak"),
            _("Panitia mengembalikan pengajuan Anda untuk %(event)s, %(day)s."),
            _("Baca catatannya"),
        ),
        Wish.REPORT: (
            _("Laporkan penjualan"),
            _("Penjualan Anda di %(event)s, %(day)s: tiga ketukan saja. Bisa sampai %(until)s."),
            _("Laporkan sekarang"),
        ),
    }[pressing.wish]
    values = {
        "event": pressing.event,
        "day": tanggal(pressing.day) if pressing.day else "",
        "until": _until(pressing),
    }
    return NextStep(title, reason % values, pressing.url, label)


def _until(pressing: Pressing) -> str:
    if pressing.wish is Wish.REPORT:
        # It locks at midnight: the last day that is open says more.
        return tanggal(pressing.until - timedelta(minutes=1))
    return f"{tanggal(pressing.until)} {pukul(pressing.until)}"


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
