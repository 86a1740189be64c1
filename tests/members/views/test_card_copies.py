"""The card as a picture, on paper, and what becomes of a lost one."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from django.contrib.staticfiles import finders
from PIL import Image

from members.models import Business, KadinMembership, Owner, RevokedCard, User
from tests import make
from tests.members.money import member, pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(batik: Business, sekretariat: User) -> KadinMembership:
    Owner.objects.update(full_name="Siti Aminah")
    found = member(batik, by=sekretariat)
    pay(found.invoices.get(), by=sekretariat)
    return found


def test_siti_keeps_her_card_as_a_small_picture_whose_code_is_read(
    client, siti, membership, settings
) -> None:
    client.force_login(siti)

    answer = client.get(f"/saya/kartu/{membership.number}.png")

    assert answer["Content-Type"] == "image/png"
    assert f"kartu-{membership.number}.png" in answer["Content-Disposition"]
    assert len(answer.content) <= 60_000
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(answer.content)))
    assert found.text == f"{settings.SITE_URL}/cek/{membership.card_code}/"


def test_the_sheet_has_eight_cards_with_all_that_stands_on_one(client, siti, membership) -> None:
    client.force_login(siti)

    answer = client.get(f"/saya/kartu/{membership.number}.pdf")

    assert len(answer.content) <= 60_000
    (page,) = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    text = page.extract_text()
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    for words in (
        "Kadin Kota Administrasi",
        "Anggota Tercatat UMKM",
        "Batik Siti",
        "Siti Aminah",
        "Fashion, Jagakarsa",
        membership.number,
        membership.card_code,
        "Berlaku s.d.",
    ):
        assert text.count(words) == 8, words
    for secret in (make.NIK_SITI, "81234567890", "812-3456-7890", "Jl. Contoh"):
        assert secret not in text


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_a_card_that_is_not_good_is_not_drawn(client, siti, membership, kind) -> None:
    KadinMembership.objects.update(suspended_at="2026-01-01T00:00Z")
    client.force_login(siti)

    assert client.get(f"/saya/kartu/{membership.number}.{kind}").status_code == 404
    assert client.get(f"/saya/kartu/JSP-KDN-2026-999999.{kind}").status_code == 404


def test_siti_says_her_card_is_lost_and_the_old_code_says_so(client, siti, membership) -> None:
    client.force_login(siti)
    address = f"/saya/kartu/{membership.number}/ganti/"
    old = membership.card_code
    assert "Ya, ganti kartu" in client.get(address).content.decode()
    assert not RevokedCard.objects.exists()

    answer = client.post(address, {"code": old, "reason": "hilang"}, follow=True)

    membership.refresh_from_db()
    page = answer.content.decode()
    assert "Kartu lama tidak berlaku lagi." in page
    assert membership.card_code in page
    assert old not in page
    gone = client.get(f"/cek/{old}/")
    assert gone.status_code == 410
    assert "Kartu ini sudah diganti." in gone.content.decode()
    assert "Batik Siti" not in gone.content.decode()
    assert "Kartu ini berlaku" in client.get(f"/cek/{membership.card_code}/").content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Pilih alasannya."),
        ({"reason": "bosan"}, "Pilih salah satu alasan."),
        ({"reason": "hilang", "code": "2222222222"}, "bukan milik usaha"),
    ],
)
def test_without_a_reason_or_with_a_strange_code_nothing_changes(
    client, siti, membership, typed, said
) -> None:
    client.force_login(siti)
    values = {"code": membership.card_code, **typed}

    page = client.post(f"/saya/kartu/{membership.number}/ganti/", values).content.decode()

    assert said in page
    assert not RevokedCard.objects.exists()


def test_every_state_has_its_own_colour_picture_and_words(client, membership) -> None:
    address = f"/cek/{membership.card_code}/"
    good = client.get(address).content.decode()
    KadinMembership.objects.update(suspended_at="2026-01-01T00:00Z")
    suspended = client.get(address).content.decode()
    unknown = client.get("/cek/2222222222/").content.decode()

    assert 'class="verdict ok"' in good
    assert 'class="verdict bad"' in suspended
    assert 'class="verdict bad"' in unknown
    signs = [page.split('class="verdict')[1].split("<p>")[0] for page in (good, suspended, unknown)]
    assert len(set(signs)) == 3


def test_everything_a_gate_loads_is_small(client, membership) -> None:
    page = client.get(f"/cek/{membership.card_code}/").content
    loaded = [finders.find(path) for path in ("css/cek.css", "img/ikon.svg")]

    assert b"<script" not in page
    assert page.count(b"<link") == len(loaded)
    assert len(page) + sum(Path(path).stat().st_size for path in loaded) <= 15_000
