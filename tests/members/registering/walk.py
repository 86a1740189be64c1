"""The steps as the owner takes them."""

from __future__ import annotations

from django.test import Client

from tests.members import apply

STEPS = ["pemilik", "usaha", "alamat", "legalitas"]


def fill(phone: Client, steps=STEPS) -> None:
    for step in steps:
        answer = phone.post(f"/daftar/{step}/", apply.TYPED[step])
        assert answer.status_code == 302, answer.context["form"].errors


def page_of(answer) -> str:
    return answer.content.decode()
