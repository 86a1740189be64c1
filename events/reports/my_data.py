"""What the agenda and the market keep about one person."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from events.models import (
    Attendance,
    BoothPlace,
    BroughtProduct,
    Certificate,
    FeedbackGiven,
    Registration,
    SalesReport,
)
from events.reports.explaining import turn_sentence
from events.reports.fees import fee_of
from events.reports.sales import words_of
from members.models import User
from members.reports.my_data import Section, when


def sections_of(user: User) -> list[Section]:
    return [
        _places(user),
        _goods(user),
        _sales(user),
        _sign_ups(user),
        _presence(user),
        _certificates(user),
    ]


def _places(user: User) -> Section:
    places = BoothPlace.objects.owned_by(user).select_related(
        "booth", "day__event__edition", "sponsor"
    )
    places = places.prefetch_related("fee_entries__taken_back")
    return Section(
        "lapak",
        _("Lapak JBL"),
        why=_("Untuk pembagian lapak dan daftar hadir."),
        kept=_("Setelah data dihapus, tanpa nama Anda; catatan dan alasan dua tahun."),
        columns=[_("Acara"), _("Hari"), _("Lapak"), _("Status"), _("Pengajuan dan keputusan")],
        rows=[
            [
                place.day.event.name,
                when(place.day.date),
                place.number,
                str(place.get_status_display()),
                "; ".join(f"{label}: {value}" for label, value in _application(place) if value),
            ]
            for place in places.order_by("pk")
        ],
    )


def _application(place: BoothPlace) -> list[tuple[str, str]]:
    """What she wrote, what was decided, and why."""
    needs = [
        *((place.tables, _("%d meja")), (place.chairs, _("%d kursi"))),
        (place.power_watts, _("%d watt")),
    ]
    words = [text % number for number, text in needs if number]
    return [
        (_("Nomor"), place.reference if place.applied_at else ""),
        (_("Diajukan"), when(place.applied_at)),
        (_("Kebutuhan"), ", ".join([*words, *([_("memasak di tempat")] if place.cooks else [])])),
        (_("Lewat"), str(place.sponsor or "")),
        (_("Catatan Anda"), place.note),
        (_("Tata tertib disetujui"), when(place.rules_accepted_at)),
        (_("Diterima"), when(place.placed_at)),
        (_("Ditawari sampai"), when(place.offer_until)),
        (_("Giliran"), turn_sentence(place.explanation)),
        (_("Alasan"), place.reason),
        (_("Biaya lapak"), fee.words if (fee := fee_of(place)) else ""),
        (_("Di luar urutan karena"), place.override_reason),
        (_("Datang"), when(place.checked_in_at)),
    ]


def _goods(user: User) -> Section:
    rows = BroughtProduct.objects.filter(product__business__owner=user)
    rows = rows.select_related("day__event", "product").order_by("pk")
    return Section(
        "barang",
        _("Barang yang dibawa ke JBL"),
        why=_("Untuk tanda lapak pada produk."),
        kept=_("Sampai produknya dihapus."),
        columns=[_("Acara"), _("Hari"), _("Produk")],
        rows=[[r.day.event.name, when(r.day.date), r.product.name] for r in rows],
    )


def _sales(user: User) -> Section:
    mine = SalesReport.objects.owned_by(user).select_related("day__event", "best_product")
    return Section(
        "penjualan",
        _("Laporan penjualan JBL"),
        why=_("Untuk jumlah penjualan JBL dan catatan usaha Anda. Dilihat petugas Pemkot."),
        kept=_("Setelah data dihapus, angkanya tanpa nama Anda; catatan Anda dua tahun."),
        columns=[_("Acara"), _("Hari"), _("Isi"), _("Dilaporkan")],
        rows=[
            [
                report.day.event.name,
                when(report.day.date),
                "; ".join(f"{label}: {value}" for label, value in words_of(report)),
                when(report.reported_at),
            ]
            for report in mine.order_by("pk")
        ],
    )


def _sign_ups(user: User) -> Section:
    mine = Registration.objects.owned_by(user).select_related("event").order_by("pk")
    return Section(
        "acara",
        _("Pendaftaran acara"),
        why=_("Untuk kursi dan daftar hadir."),
        kept=_("Setelah data dihapus, tanpa nama Anda."),
        columns=[_("Acara"), _("Mendaftar"), _("Status")],
        rows=[[r.event.name, when(r.registered_at), str(r.get_status_display())] for r in mine],
    )


def _presence(user: User) -> Section:
    answered = FeedbackGiven.objects.filter(registration=OuterRef("registration"))
    there = (
        Attendance.objects.filter(registration__business__owner=user)
        .annotate(has_answered=Exists(answered))
        .select_related("event", "day")
        .order_by("pk")
    )
    return Section(
        "hadir",
        _("Hadir di acara"),
        why=_("Untuk sertifikat dan langkah Jakpreneur."),
        kept=_("Setelah data dihapus, tanpa nama Anda."),
        columns=[_("Acara"), _("Hari"), _("Dicatat"), _("Masukan")],
        rows=[
            [
                row.event.name,
                when(row.day.date),
                when(row.attended_at),
                # Whether, never what: the answers are kept without names.
                _("sudah dikirim") if row.has_answered else "",
            ]
            for row in there
        ],
    )


def _certificates(user: User) -> Section:
    given = Certificate.objects.filter(registration__business__owner=user).order_by("pk")
    return Section(
        "sertifikat",
        _("Sertifikat pelatihan"),
        why=_("Supaya orang lain bisa memeriksanya."),
        kept=_("Sampai data dihapus; lalu tanpa nama dan dicabut."),
        columns=[_("Nomor"), _("Nama"), _("Pelatihan"), _("Terbit"), _("Dicabut")],
        rows=[
            [row.number, row.name, row.topic, when(row.issued_at), row.revoked_because]
            for row in given
        ],
    )
