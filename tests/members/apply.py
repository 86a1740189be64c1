"""Siti's application, step by step, as the forms hand it on."""

from __future__ import annotations

import io
from typing import Any

from django.utils import timezone
from PIL import Image

from members.actions.registration import save_draft, submit_business
from members.choices import ConsentPurpose
from members.models import Business, User
from tests import make
from umkm_portal.lib.nik import parse_nik


def nik(digits: str = make.NIK_SITI):
    return parse_nik(digits, today=timezone.localdate())


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "full_name": "Siti Contoh",
        "nik": nik(),
        "phone": "+6281234567890",
        "home_address": "Jl. Rumah No. 2, Depok",
        "ktp_dki": False,
        "name": "Batik Siti",
        "sector": "fashion",
        "yearly_sales": 120_000_000,
        "order_phone": "+6281234567890",
        "street": "Jl. Contoh No. 1",
        "kelurahan": make.kelurahan(),
        **changes,
    }


def draft(user: User, **changes: Any) -> Business:
    return save_draft(user, data=filled(**changes), by=user, via="web")


def sent(user: User, **changes: Any) -> Business:
    business = draft(user, **changes)
    return submit_business(business, consents=[ConsentPurpose.MEMBERSHIP], by=user, via="web")


def picture(width: int = 1200, height: int = 800, form: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#9fcfb4").save(out, form)
    return out.getvalue()


# What the five steps send, as typed on a phone.
TYPED = {
    "pemilik": {
        "full_name": "Siti Contoh",
        "nik": make.NIK_SITI,
        "phone": "0812 3456 7890",
        "home_address": "Jl. Rumah No. 2, Depok",
        "ktp_dki": "tidak",
    },
    "usaha": {
        "name": "Batik Siti",
        "sector": "fashion",
        "description": "Batik tulis rumahan.",
        "started_year": "2019",
        "yearly_sales": "Rp120.000.000",
        "order_phone": "+62 812-3456-7890",
    },
    "alamat": {
        "street": "Jl. Contoh No. 1",
        "rt": "4",
        "rw": "RW 02",
        "landmark": "seberang masjid",
        "kelurahan": "31.74.09.1002",
        "postcode": "",
    },
    "legalitas": {"nib": "1234567890123", "jakpreneur_id": "JP-77"},
}
