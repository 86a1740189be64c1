"""Siti lists a product, the curator looks at it, a shopper finds it and writes to her."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from catalog.models import Product
from tests import make
from tests.catalog import pictures
from tests.journeys.conftest import fits, shoot, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_siti_lists_a_product_and_a_shopper_orders_it(
    phone_page, desk, new_page, siti, batik, kurator, tmp_path
) -> None:
    phone = phone_page
    photo = tmp_path / "IMG_2026.jpg"
    photo.write_bytes(pictures.sideways_with_gps())

    sign_in(phone, siti)
    phone.goto("/saya/produk/")
    phone.get_by_role("link", name="Tambah produk").click()
    assert fits(phone)
    phone.get_by_role("button", name="Foto", exact=True).set_input_files(photo)
    phone.get_by_label("Nama produk").fill("Keripik singkong Setu 200 g")
    phone.get_by_label("Harga").fill("Rp22.000")
    phone.get_by_label("Kategori").select_option("kuliner")
    phone.get_by_label("Satuan").fill("bungkus")
    shoot(phone, "1-produk-baru")
    phone.get_by_role("button", name="Simpan dan kirim ke kurator").click()
    phone.get_by_text("Tinggal keterangan pangan").wait_for()
    phone.get_by_label("Bahan").fill("Singkong, minyak sawit, garam")
    phone.get_by_label("Kacang tanah").check()
    phone.get_by_label("Masa simpan").fill("90")
    phone.get_by_label("Belum bersertifikat halal").check()
    assert fits(phone)
    shoot(phone, "1b-keterangan-pangan")
    phone.get_by_role("button", name="Simpan dan kirim ke kurator").click()
    phone.get_by_text("menunggu kurasi, paling lama 3 hari kerja").wait_for()
    assert fits(phone)

    sign_in(desk, kurator)
    desk.goto("/admin/")
    desk.get_by_role("link", name="Kurasi produk").first.click()
    desk.get_by_role("link", name="Keripik singkong Setu 200 g").click()
    for check in ("Legalitas", "Mutu", "Kemasan:"):
        desk.get_by_label(check).check()
    shoot(desk, "2-kurasi")
    desk.get_by_role("button", name="Setujui").click()
    desk.get_by_text("Keripik singkong Setu 200 g: Tayang.").wait_for()

    phone.goto("/saya/produk/")
    phone.get_by_role("button", name="Tandai habis").click()
    phone.get_by_role("button", name="Tandai tersedia").click()
    phone.get_by_role("button", name="Tandai habis").wait_for()

    shopper = phone
    shopper.context.clear_cookies()
    shopper.goto("/katalog/")
    shopper.get_by_role("searchbox").first.fill("kripik")
    shopper.get_by_role("searchbox").first.press("Enter")
    shopper.get_by_role("link", name="Keripik singkong Setu 200 g").click()
    assert fits(shopper)
    shoot(shopper, "3-produk")
    way = shopper.get_by_role("link", name="Pesan lewat WhatsApp").last.get_attribute("href")
    answer = shopper.request.get(way, max_redirects=0)
    link = urlsplit(answer.headers["location"])
    assert link.geturl().startswith("https://wa.me/6281234567890?text=")
    text = parse_qs(link.query)["text"][0]
    assert "• 1 × Keripik singkong Setu 200 g (Rp22.000 per bungkus)" in text
    assert text in shopper.inner_text(".bubble")
    image = shopper.locator(".gallery img").first
    assert image.evaluate("picture => picture.decode().then(() => picture.naturalHeight)") > 0
    shopper.get_by_role("link", name="Batik Siti", exact=True).click()
    shopper.get_by_role("heading", name="Batik Siti").wait_for()
    assert fits(shopper)
    assert Product.objects.get().photos.get().height > Product.objects.get().photos.get().width


def test_filters_work_with_and_without_javascript(phone_page, batik) -> None:
    make.product(batik, name="Kain murah", price=10_000)
    make.product(batik, name="Kain mahal", price=900_000)
    phone = phone_page
    phone.goto("/katalog/fashion/")
    phone.get_by_role("button", name="Saring").click()
    phone.get_by_label("Paling mahal").fill("50.000")
    shoot(phone, "4-saring")
    phone.get_by_role("button", name="Tampilkan").click()

    phone.get_by_text("1 produk").wait_for()
    assert phone.get_by_role("link", name="Kain murah").is_visible()
    assert "harga_maks=50" in phone.url
    phone.get_by_role("link", name="Sampai Rp50.000").click()
    phone.get_by_text("2 produk").wait_for()
    shoot(phone, "5-disaring")
    assert fits(phone)
