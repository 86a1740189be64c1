"""What stands on a member card, on the screen, as a picture and on paper: never NIK or phone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from members.models import Business
from members.reports.standing import Standing
from umkm_portal.lib.dates import tanggal_pendek
from umkm_portal.lib.images import few_colours
from umkm_portal.lib.pdf import render_pdf, render_png
from umkm_portal.lib.qr import qr_drawing

PHONE_PPI = 254
"""Ten dots to the millimetre: 856 wide, more than the screens of cheap phones."""
A_PAGE = 8


@dataclass(frozen=True)
class CardFace:
    """The front of the card of one valid membership. `code` is for the public check only."""

    number: str
    name: str
    owner: str
    sector: str
    kecamatan: str
    ends_on: date | None
    jakpreneur: bool
    code: str

    @property
    def check_url(self) -> str:
        return settings.SITE_URL + reverse("members:card_check", args=[self.code])


def face_of(standing: Standing) -> CardFace:
    """Call it for a business with a membership of Kadin."""
    assert standing.kadin  # noqa: S101  only a member has a card
    business, kelurahan = standing.business, standing.business.kelurahan
    return CardFace(
        number=standing.kadin.number or "",
        name=business.name,
        owner=owner_name(business),
        sector=str(business.get_sector_display()),
        kecamatan=kelurahan.kecamatan.name if kelurahan else "",
        ends_on=standing.last_day,
        jakpreneur=business.is_verified,
        code=standing.kadin.card_code,
    )


def owner_name(business: Business) -> str:
    """The name as on the identity card, or of the account while there is none."""
    person = getattr(business.owner, "owner", None)
    return (person.full_name if person else "") or str(business.owner)


def card_png(face: CardFace) -> bytes:
    """The card as a picture to keep on the phone."""
    return few_colours(render_png("card", _set(face), ppi=PHONE_PPI))


def card_sheet(faces: Iterable[CardFace]) -> bytes:
    """A PDF of A4 pages, eight cards each, at their true size."""
    return render_pdf(
        "card_sheet",
        {
            "title": _("Kartu anggota"),
            "hint": _("Cetak pada ukuran sebenarnya (100 %), lalu gunting di garis putus-putus."),
            "cards": [_set(face) for face in faces],
        },
    )


def _set(face: CardFace) -> dict[str, Any]:
    return {
        "unit": ["Kadin Kota Administrasi", "Jakarta Selatan"],
        "kind": _("Anggota Tercatat UMKM"),
        "name": face.name,
        "owner": face.owner,
        "place": f"{face.sector}, {face.kecamatan}" if face.kecamatan else face.sector,
        "number": face.number,
        "until": tanggal_pendek(face.ends_on) if face.ends_on else "–",
        "code": face.code,
        "qr": qr_drawing(face.check_url),
        "labels": {"number": _("Nomor"), "until": _("Berlaku s.d."), "code": _("Kode")},
    }
