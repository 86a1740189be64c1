"""The certificate on paper, and what a check of one says: never more than stands on it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Certificate
from umkm_portal.lib.dates import jam, tanggal_polos
from umkm_portal.lib.pdf import render_pdf
from umkm_portal.lib.qr import qr_drawing

FROM = "Pemerintah Kota Administrasi Jakarta Selatan"
Lines = list[tuple[str, str]]


def held_on(certificate: Certificate) -> str:
    """ "12 Juni 2026", or from when to when."""
    first, last = tanggal_polos(certificate.held_from), tanggal_polos(certificate.held_to)
    return first if first == last else f"{first}–{last}"


def hours_of(certificate: Certificate) -> str:
    return _("%d jam pelajaran") % certificate.hours


def check_url(certificate: Certificate) -> str:
    return settings.SITE_URL + certificate.get_absolute_url()


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate on A4 across."""
    address = check_url(certificate)
    return render_pdf(
        "certificate",
        {
            "from": FROM,
            "under": _("Sudin PPKUKM, program Jakpreneur"),
            "title": _("Sertifikat %s") % certificate.number,
            "kind": _("Sertifikat pelatihan"),
            "number": certificate.number,
            "given": _("Diberikan kepada"),
            "name": certificate.name,
            "attended": _("yang hadir dan menyelesaikan pelatihan"),
            "topic": certificate.topic,
            "when": f"{hours_of(certificate)} · {held_on(certificate)}",
            "place_date": f"Jakarta Selatan, {tanggal_polos(certificate.issued_at)}",
            "signer": [certificate.signer_name, certificate.signer_office],
            "qr": qr_drawing(address),
            "check_text": _("Sah tanpa tanda tangan basah; periksa di"),
            "address": address,
        },
    )


@dataclass(frozen=True)
class CertificateCheck:
    """What anybody may read who holds the code; None when the code is nobody's."""

    certificate: Certificate | None

    @property
    def is_good(self) -> bool:
        return self.certificate is not None and self.certificate.revoked_at is None

    @property
    def status(self) -> int:
        if self.certificate is None:
            return 404
        return 200 if self.is_good else 410

    @property
    def picture(self) -> str:
        name = "unknown" if self.certificate is None else "active" if self.is_good else "revoked"
        return f"members/card_icons/{name}.svg"

    @property
    def words(self) -> str:
        if self.certificate is None:
            return _("Kode tidak ditemukan. Periksa lagi 10 huruf dan angkanya.")
        if self.is_good:
            return _("Sertifikat ini asli.")
        return _("Sertifikat ini sudah dicabut.")

    @property
    def more(self) -> str:
        if self.certificate is None:
            return ""
        if self.certificate.revoked_at is None:
            return _("Pemegangnya tercatat hadir di pelatihan ini.")
        return _("Tidak berlaku lagi sejak %s.") % tanggal_polos(self.certificate.revoked_at)

    @property
    def lines(self) -> Lines:
        now = timezone.localtime()
        looked = (_("Diperiksa"), f"{tanggal_polos(now)}, {jam(now)} WIB")
        given = self.certificate
        if given is None:
            return [looked]
        number = (_("Nomor"), given.number)
        if not self.is_good:
            return [number, looked]
        return [
            (_("Nama"), given.name),
            (_("Pelatihan"), given.topic),
            (_("Lama"), hours_of(given)),
            (_("Tanggal"), held_on(given)),
            number,
            looked,
        ]
