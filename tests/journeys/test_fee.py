"""Siti owes the fee of her place, pays it in cash, and takes her kuitansi home."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from events.models import FeeEntry
from tests import fees
from tests.journeys.conftest import fits, shoot, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_siti_pays_at_the_table_and_reads_it_on_her_phone(
    phone_page, desk, siti, batik, petugas
) -> None:
    place = fees.place(fees.market_day(), batik)
    sign_in(phone_page, siti)
    sign_in(desk, petugas)

    phone_page.goto("/saya/jbl/")
    phone_page.get_by_role("link", name="Lihat tempat ini").click()
    expect(phone_page.get_by_text("Belum dibayar")).to_be_visible()
    expect(phone_page.get_by_text(fees.HOW)).to_be_visible()
    assert fits(phone_page)
    shoot(phone_page, "biaya-belum")

    desk.goto(f"{reverse('admin:events_boothplace_changelist')}?q=Batik")
    desk.get_by_role("link", name="Batik Siti").click()
    desk.get_by_role("link", name="Catat biaya lapak").click()
    desk.get_by_label("Tunai di meja panitia").check()
    shoot(desk, "biaya-meja")
    desk.get_by_role("button", name="Catat biaya lapak").click()
    expect(desk.get_by_text("Tercatat lunas")).to_be_visible()

    phone_page.reload()
    number = FeeEntry.objects.get().number
    expect(phone_page.get_by_text(f"kuitansi {number}")).to_be_visible()
    assert fits(phone_page)
    shoot(phone_page, "biaya-lunas")
    with phone_page.expect_download() as paper:
        phone_page.get_by_role("link", name="Unduh kuitansi").click()
    text = pypdf.PdfReader(io.BytesIO(paper.value.path().read_bytes())).pages[0].extract_text()
    assert number in text
    check = reverse("events:fee_check", args=[FeeEntry.objects.get().code])
    phone_page.goto(check)
    expect(phone_page.get_by_text("Kuitansi ini asli.")).to_be_visible()
    assert place.business.name in phone_page.content()
