"""Everything kept about one person, told in sections: for the page, the JSON and the PDF alike.

UU 27/2022 art. 5–8 and 13: what is held, what for, how long, who looked, and a copy of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.application import answers, masked_nik
from members.models import (
    Business,
    Consent,
    DataRequest,
    Document,
    DuesInvoice,
    DuesPayment,
    KadinMembership,
    Owner,
    User,
)
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.dates import tanggal_pendek
from umkm_portal.lib.phone import show_phone
from umkm_portal.lib.rupiah import rupiah

LOOKED = {
    "nik.viewed": gettext_lazy("NIK dibuka"),
    "document.viewed": gettext_lazy("Berkas dibuka"),
    "dues_proof.viewed": gettext_lazy("Bukti bayar dibuka"),
}
MOST_ROWS = 1_000


@dataclass(frozen=True)
class Section:
    """`facts` are single values by label; `rows` a table under `columns`. All texts."""

    key: str
    title: str
    why: str
    kept: str
    facts: Sequence[tuple[str, str]] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.rows and not any(value for _label, value in self.facts)

    @property
    def labelled_rows(self) -> list[list[tuple[str, str]]]:
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    def as_json(self) -> dict[str, Any]:
        return {
            "judul": self.title,
            "untuk": self.why,
            "disimpan": self.kept,
            "isi": dict(self.facts),
            "baris": [dict(row) for row in self.labelled_rows],
        }


def when(moment: Any) -> str:
    """A date as people read it; a moment in Jakarta's time; empty for none."""
    if moment is None:
        return ""
    if hasattr(moment, "tzinfo"):
        local = timezone.localtime(moment)
        return f"{tanggal_pendek(local.date())} {local:%H.%M}"
    return tanggal_pendek(moment)


def sections_of(user: User) -> list[Section]:
    """What `members` keeps; the apps above add theirs."""
    return [
        _account(user),
        _person(user),
        *[_business(business) for business in _businesses(user)],
        _documents(user),
        _memberships(user),
        _bills(user),
        _payments(user),
        _consents(user),
        _looks(user),
        _requests(user),
    ]


def _account(user: User) -> Section:
    return Section(
        "akun",
        _("Akun"),
        why=_("Untuk masuk dan mengirim kabar."),
        kept=_("Sampai Anda minta dihapus."),
        facts=[
            (_("Nama"), user.name),
            (_("E-mail"), user.email),
            (_("Nomor HP"), show_phone(user.phone) if user.phone else ""),
            (_("Mendaftar"), when(user.date_joined)),
            (_("Terakhir masuk"), when(user.last_login)),
        ],
    )


def _person(user: User) -> Section:
    owner = Owner.objects.filter(user=user).first() or Owner()
    dki = {None: "", True: _("Ya"), False: _("Tidak")}[owner.ktp_dki]
    return Section(
        "pemilik",
        _("Pemilik usaha"),
        why=_("Untuk memastikan usaha ini milik Anda."),
        kept=_("Selama Anda terdaftar. NIK terkunci, dan di sini disamarkan."),
        facts=[
            (_("Nama sesuai KTP"), owner.full_name),
            (_("NIK"), masked_nik(owner)),
            (_("Nomor HP"), show_phone(owner.phone) if owner.phone else ""),
            (_("Alamat rumah"), owner.home_address),
            (_("KTP Jakarta"), str(dki)),
        ],
    )


def _businesses(user: User) -> list[Business]:
    related = Business.objects.owned_by(user).select_related("kelurahan__kecamatan")
    return list(related.prefetch_related("documents").order_by("pk"))


def _business(business: Business) -> Section:
    told = [a for a in answers(business) if a.step != "pemilik"]
    return Section(
        f"usaha-{business.pk}",
        _("Usaha: %s") % business,
        why=_("Untuk pendaftaran, keanggotaan, dan halaman usaha."),
        kept=_("Selama terdaftar; pendaftaran yang ditolak 90 hari."),
        facts=[
            (_("Nomor"), business.number or ""),
            (_("Status"), str(business.get_status_display())),
            *[(str(a.label), a.value) for a in told],
            (_("Jam buka"), business.opening_hours),
            ("Instagram", business.instagram),
            (_("Toko di marketplace"), business.shop_url),
        ],
    )


def _documents(user: User) -> Section:
    documents = Document.objects.owned_by(user).select_related("business").order_by("pk")
    return Section(
        "berkas",
        _("Berkas"),
        why=_("Untuk pemeriksaan petugas."),
        kept=_("Foto KTP dihapus 30 hari setelah keputusan."),
        columns=[_("Usaha"), _("Jenis"), _("Diunggah"), _("Dihapus setelah")],
        rows=[
            [str(d.business), str(d.get_kind_display()), when(d.uploaded_at), when(d.delete_after)]
            for d in documents
        ],
    )


def _memberships(user: User) -> Section:
    memberships = KadinMembership.objects.owned_by(user).select_related("business")
    return Section(
        "kadin",
        _("Keanggotaan Kadin"),
        why=_("Untuk kartu dan hak anggota."),
        kept=_("Selama anggota; dua tahun setelah berakhir tanpa nama."),
        columns=[_("Usaha"), _("Nomor"), _("Status"), _("Masa")],
        rows=[
            [
                str(m.business),
                m.number or "",
                str(m.get_status_display()),
                "; ".join(
                    f"{when(t.period.lower)} – {when(t.last_day)}"
                    for t in sorted(m.terms.all(), key=lambda t: t.period.lower)
                ),
            ]
            for m in memberships.prefetch_related("terms").order_by("pk")
        ],
    )


def _bills(user: User) -> Section:
    return Section(
        "tagihan",
        _("Tagihan"),
        why=_("Untuk iuran anggota."),
        kept=_("Sepuluh tahun, seperti dokumen keuangan lain."),
        columns=[_("Nomor"), _("Tanggal"), _("Jumlah"), _("Status")],
        rows=[
            [i.number, when(i.issued_on), rupiah(i.amount), str(i.get_status_display())]
            for i in DuesInvoice.objects.owned_by(user).order_by("pk")[:MOST_ROWS]
        ],
    )


def _payments(user: User) -> Section:
    payments = DuesPayment.objects.filter(invoice__in=DuesInvoice.objects.owned_by(user))
    return Section(
        "penerimaan",
        _("Pembayaran"),
        why=_("Untuk kuitansi dan pembukuan."),
        kept=_("Sepuluh tahun. Setelah data dihapus, tanpa nama Anda."),
        columns=[_("Kuitansi"), _("Uang masuk"), _("Jumlah"), _("Referensi")],
        rows=[
            [p.receipt_number, when(p.received_on), rupiah(p.amount), p.reference]
            for p in payments.order_by("pk")[:MOST_ROWS]
        ],
    )


def _consents(user: User) -> Section:
    return Section(
        "persetujuan",
        _("Persetujuan"),
        why=_("Sebagai bukti apa yang Anda izinkan, dan kapan."),
        kept=_("Selama ada akun."),
        columns=[_("Tujuan"), _("Versi teks"), _("Diberikan"), _("Lewat"), _("Ditarik")],
        rows=[
            [
                str(c.get_purpose_display()),
                c.text_version,
                when(c.given_at),
                c.channel,
                when(c.withdrawn_at),
            ]
            for c in Consent.objects.of(user).order_by("pk")
        ],
    )


def _looks(user: User) -> Section:
    """Who opened the hidden things, herself left out."""
    subjects = {
        "nik.viewed": Business.objects.owned_by(user),
        "document.viewed": Document.objects.owned_by(user),
        "dues_proof.viewed": DuesInvoice.objects.owned_by(user),
    }
    entries = [
        entry
        for verb, rows in subjects.items()
        for entry in AuditEntry.objects.filter(
            verb=verb, object_id__in=rows.values_list("pk", flat=True)
        ).exclude(by=user)[:MOST_ROWS]
    ]
    return Section(
        "dibuka",
        _("Siapa membuka data tersembunyi"),
        why=_("Supaya Anda bisa memeriksa siapa melihat NIK, KTP, dan bukti bayar Anda."),
        kept=_("Catatan jejak tidak bisa diubah siapa pun."),
        columns=[_("Waktu"), _("Kejadian"), _("Alasan")],
        rows=[
            [when(e.at), str(LOOKED[e.verb]), str(e.data.get("reason", ""))]
            for e in sorted(entries, key=lambda e: e.pk, reverse=True)
        ],
    )


def _requests(user: User) -> Section:
    return Section(
        "permintaan",
        _("Permintaan Anda tentang data"),
        why=_("Untuk menjawab dalam 3 × 24 jam."),
        kept=_("Selama ada akun."),
        columns=[_("Diminta"), _("Permintaan"), _("Isi"), _("Status"), _("Jawaban")],
        rows=[
            [
                when(r.asked_at),
                str(r.get_kind_display()),
                r.text,
                str(r.get_status_display()),
                r.answer,
            ]
            for r in DataRequest.objects.of(user)
        ],
    )
