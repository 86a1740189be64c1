"""The officers' pages of an application."""

from __future__ import annotations

from django.test import Client

from members.choices import Role
from members.models import Business
from tests import make

LIST = "/admin/members/business/"
PAGES = ["change", "setujui", "perbaikan", "tolak", "nik", "ktp", "history"]


def page_of(answer) -> str:
    return answer.content.decode()


def page(business: Business, name: str = "change") -> str:
    return f"{LIST}{business.pk}/{name}/"


def approve(client: Client, business: Business, **more):
    business.refresh_from_db()
    typed = {"seen": str(business.submitted_at)}
    return client.post(page(business, "setujui"), typed, **more)


def of_kecamatan(name: str):
    return make.staff(name, Role.PETUGAS, kecamatan=make.kelurahan("Tebet Barat").kecamatan)
