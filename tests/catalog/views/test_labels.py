"""Paper for the stall."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest
import zxingcpp
from django.utils import timezone
from PIL import Image

from catalog.reports.labels import booth_sign
from tests import make
from umkm_portal.lib import pdf
from umkm_portal.lib.dates import tanggal

A4 = (595, 842)
A6 = (298, 420)


def opened(response) -> pypdf.PdfReader:
    assert response["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(response.content))


def size(reader: pypdf.PdfReader) -> tuple[int, int]:
    box = reader.pages[0].mediabox
    return round(box.width), round(box.height)


def codes_on(monkeypatch, make_pdf) -> list[str]:
    """The same paper as a picture, and what a phone reads off it."""
    drawn = {}

    def as_picture(template, data):
        drawn["png"] = pdf.render_png(template, data, ppi=150)
        return b""

    monkeypatch.setattr("catalog.reports.labels.render_pdf", as_picture)
    make_pdf()
    return [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn["png"])))]


@pytest.fixture
def owner(client, siti):
    client.force_login(siti)
    return client


@pytest.mark.parametrize(("asked", "pages"), [("", 2), ("?ukuran=a6", 3), ("?ukuran=x", 2)])
def test_nine_labels_are_two_sheets_of_eight_or_three_of_four(owner, batik, asked, pages) -> None:
    for number in range(9):
        make.product(batik, name=f"Kain {number}")

    reader = opened(owner.get(f"/saya/produk/label.pdf{asked}"))

    assert len(reader.pages) == pages
    assert size(reader) == A4
    assert "Kain 0" in reader.pages[0].extract_text()
    assert "Rp285.000" in reader.pages[0].extract_text()


def test_only_what_was_ticked_is_printed(owner, batik) -> None:
    kain, _other = make.product(batik), make.product(batik, name="Selendang")

    text = opened(owner.get(f"/saya/produk/label.pdf?p={kain.pk}&p=abc")).pages[0].extract_text()

    assert "Kain batik tulis" in text
    assert "Selendang" not in text


def test_nobody_prints_what_is_not_hers_or_not_live(owner, batik, budi) -> None:
    other = make.product(make.business(budi, name="Roti Budi"), name="Roti")

    response = owner.get(f"/saya/produk/label.pdf?p={other.pk}")

    assert response.status_code == 302


@pytest.mark.parametrize("asked", ["", "?ukuran=a6"])
def test_each_code_leads_to_its_product(owner, batik, settings, monkeypatch, asked) -> None:
    products = [make.product(batik, name=f"Kain {number}") for number in range(3)]

    found = codes_on(monkeypatch, lambda: owner.get(f"/saya/produk/label.pdf{asked}"))

    assert sorted(found) == sorted(f"{settings.SITE_URL}/produk/p-{p.pk}/" for p in products)
    path = f"/produk/p-{products[0].pk}/"
    assert owner.get(path)["Location"] == products[0].get_absolute_url()


@pytest.mark.parametrize("name", ["W" * 120, "Keripik singkong balado " * 5, "#panic($x$)", "😀"])
@pytest.mark.parametrize("asked", ["", "?ukuran=a6"])
def test_a_long_name_keeps_to_its_label(owner, siti, name, asked, monkeypatch) -> None:
    batik = make.business(siti, name=name[:120])
    make.product(batik, name=name[:120], price=1_000_000_000, unit="s" * 20)

    found = codes_on(monkeypatch, lambda: owner.get(f"/saya/produk/label.pdf{asked}"))

    assert len(found) == 1


class TestSign:
    def test_it_is_a6_and_its_code_leads_to_the_storefront(
        self, owner, batik, settings, monkeypatch
    ) -> None:
        reader = opened(owner.get(f"/saya/produk/papan-{batik.pk}.pdf"))
        assert size(reader) == A6
        assert "Batik Siti" in reader.pages[0].extract_text()

        found = codes_on(monkeypatch, lambda: booth_sign(batik))
        assert found == [settings.SITE_URL + batik.get_absolute_url()]

    def test_it_names_the_booth_of_this_week(self, owner, batik) -> None:
        place = make.place(make.jbl_day(timezone.localdate() + timedelta(days=2)), batik)

        text = opened(owner.get(f"/saya/produk/papan-{batik.pk}.pdf")).pages[0].extract_text()

        assert f"{tanggal(place.day.date)} · lapak A07" in text

    def test_only_hers_and_only_while_it_is_listed(self, owner, batik, budi) -> None:
        other = make.business(budi, name="Roti Budi")
        assert owner.get(f"/saya/produk/papan-{other.pk}.pdf").status_code == 404

        batik.suspended_at = timezone.now()
        batik.save()
        assert owner.get(f"/saya/produk/papan-{batik.pk}.pdf").status_code == 404


def test_the_page_offers_what_is_live(owner, batik) -> None:
    make.product(batik)
    make.product(batik, name="Draf", status="draft")

    text = owner.get("/saya/produk/label/").content.decode()

    assert "Kain batik tulis, Rp285.000" in text
    assert "Draf" not in text
    assert f"papan-{batik.pk}.pdf" in text
