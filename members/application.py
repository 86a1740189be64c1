"""What an application asks, step by step: the one table behind forms, actions, pages and admin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Business, Document, Owner
from umkm_portal.lib.crypto import decrypt
from umkm_portal.lib.nik import mask_nik, parse_nik
from umkm_portal.lib.phone import show_phone
from umkm_portal.lib.regions import region_name
from umkm_portal.lib.rupiah import rupiah

STEP_TITLES = {
    "pemilik": _("Pemilik"),
    "usaha": _("Usaha"),
    "alamat": _("Alamat"),
    "legalitas": _("Legalitas"),
    "periksa": _("Periksa"),
}
STEPS = tuple(STEP_TITLES)
FIELDS = {
    "pemilik": {
        "full_name": _("Nama sesuai KTP"),
        "nik": _("NIK"),
        "phone": _("Nomor HP"),
        "home_address": _("Alamat rumah"),
        "ktp_dki": _("KTP Jakarta"),
    },
    "usaha": {
        "name": _("Nama usaha"),
        "sector": _("Bidang"),
        "description": _("Cerita singkat"),
        "started_year": _("Mulai tahun"),
        "yearly_sales": _("Penjualan setahun"),
        "order_phone": _("WhatsApp untuk pembeli"),
    },
    "alamat": {
        "street": _("Jalan dan nomor"),
        "rt": _("RT"),
        "rw": _("RW"),
        "landmark": _("Patokan"),
        "kelurahan": _("Kelurahan"),
        "postcode": _("Kode pos"),
        "show_address": _("Alamat boleh tampil"),
    },
    "legalitas": {
        "nib": _("NIB"),
        "jakpreneur_id": _("Nomor Jakpreneur"),
        "ktp": _("Foto KTP"),
    },
}
LABELS = {name: label for fields in FIELDS.values() for name, label in fields.items()}
STEP_OF = {name: step for step, fields in FIELDS.items() for name in fields}
REVIEW_DAYS = 3
"""Working days in which officers answer an application."""
OWNER_FIELDS = frozenset(FIELDS["pemilik"])
REQUIRED = (
    "full_name",
    "nik",
    "phone",
    "home_address",
    "ktp_dki",
    "name",
    "sector",
    "yearly_sales",
    "street",
    "kelurahan",
)


@dataclass(frozen=True)
class Answer:
    field: str
    label: Any
    value: str
    step: str


def owner_of(business: Business) -> Owner:
    """The person of the business, unsaved and empty before the first step."""
    return Owner.objects.filter(user_id=business.owner_id).first() or Owner()


def ktp_of(business: Business) -> Document | None:
    return business.documents.filter(kind="ktp").first() if business.pk else None


def masked_nik(owner: Owner) -> str:
    return mask_nik(decrypt(owner.nik_encrypted)) if owner.nik_encrypted else ""


@dataclass(frozen=True)
class NikFacts:
    """What the number itself says about its holder, without the number."""

    masked: str
    born_on: date
    sex: str
    region_code: str
    region: str


def read_nik(owner: Owner) -> NikFacts | None:
    """Read birth, sex and region from the stored number; None when there is none."""
    if not owner.nik_encrypted:
        return None
    nik = parse_nik(decrypt(owner.nik_encrypted), today=timezone.localdate())
    sex = str(_("Perempuan") if nik.sex == "P" else _("Laki-laki"))
    region = region_name(nik.region_code) or str(_("wilayah tidak dikenal"))
    return NikFacts(mask_nik(nik.digits), nik.born_on, sex, nik.region_code, region)


def missing(business: Business, owner: Owner) -> list[str]:
    """Names of required fields that are still empty."""
    held = {**vars(business), **vars(owner), "nik": owner.nik_digest}
    held["kelurahan"] = business.kelurahan_id
    return [name for name in REQUIRED if held[name] in ("", None)]


def answers(business: Business) -> list[Answer]:
    """Everything the owner told, as people read it; the NIK masked."""
    owner = owner_of(business)
    shown = {**_person(owner), **_trade(business), **_place(business), **_papers(business)}
    return [
        Answer(name, label, shown[name], step)
        for step, fields in FIELDS.items()
        for name, label in fields.items()
    ]


def _person(owner: Owner) -> dict[str, str]:
    dki = {None: "", True: _("Ya"), False: _("Tidak")}[owner.ktp_dki]
    return {
        "full_name": owner.full_name,
        "nik": masked_nik(owner),
        "phone": show_phone(owner.phone) if owner.phone else "",
        "home_address": owner.home_address,
        "ktp_dki": str(dki),
    }


def _trade(business: Business) -> dict[str, str]:
    sales, size = business.yearly_sales, business.size
    return {
        "name": business.name,
        "sector": str(business.get_sector_display()),
        "description": business.description,
        "started_year": str(business.started_year or ""),
        "yearly_sales": "" if sales is None or size is None else f"{rupiah(sales)} ({size.label})",
        "order_phone": show_phone(business.order_phone) if business.order_phone else "",
    }


def _place(business: Business) -> dict[str, str]:
    village = business.kelurahan
    return {
        "street": business.street,
        "rt": business.rt,
        "rw": business.rw,
        "landmark": business.landmark,
        "kelurahan": f"{village.name}, Kec. {village.kecamatan.name}" if village else "",
        "postcode": business.postcode,
        "show_address": str(_("Ya") if business.show_address else _("Tidak")),
    }


def _papers(business: Business) -> dict[str, str]:
    return {
        "nib": business.nib,
        "jakpreneur_id": business.jakpreneur_id,
        "ktp": str(_("Sudah diunggah")) if ktp_of(business) else "",
    }
