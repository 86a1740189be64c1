"""Siti sends photos as her phone takes them: with a script they leave small, without it they go
as they are."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from catalog.choices import ProductStatus
from catalog.models import Product
from tests import make
from tests.journeys.conftest import PHONE, fits, shoot, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def phone_photo(*, quality: int = 85) -> bytes:
    """Twelve megapixels on their side, as a phone saves a portrait: blue to the left is on top."""
    grain = [Image.effect_noise((4000, 3000), 60) for _channel in range(3)]
    image = Image.blend(
        Image.merge("RGB", grain), Image.new("RGB", (4000, 3000), (200, 60, 20)), 0.45
    )
    image.paste((20, 40, 220), (0, 0, 600, 3000))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Tecno"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


@pytest.fixture
def kain(batik) -> Product:
    return make.product(batik, photo=False, status=ProductStatus.DRAFT)


def test_a_photo_of_twelve_megabytes_leaves_the_phone_small(new_page, siti, kain, tmp_path) -> None:
    phone = new_page(viewport=PHONE)
    sent = []
    phone.on(
        "requestfinished",
        lambda asked: (
            sent.append(int(asked.all_headers()["content-length"]))
            if asked.method == "POST"
            else None
        ),
    )
    photo = tmp_path / "IMG_2026.jpg"
    photo.write_bytes(phone_photo(quality=98))
    assert photo.stat().st_size > 11_500_000

    sign_in(phone, siti)
    phone.goto(f"/saya/produk/{kain.pk}/foto/")
    phone.get_by_label("Tambah foto").set_input_files(photo)
    phone.get_by_role("button", name="Kirim foto").click()
    phone.get_by_text("1 foto tersimpan.").wait_for(timeout=60_000)

    assert sent
    assert max(sent) < 500_000
    assert phone.url.endswith(f"/saya/produk/{kain.pk}/foto/")
    row = kain.photos.get()
    assert (row.width, row.height) == (1200, 1600)
    assert fits(phone)


def test_siti_sends_orders_and_removes_photos(phone_page, siti, kain, tmp_path) -> None:
    files = []
    for number, colour in enumerate(("#aa2211", "#11aa22", "#1122aa")):
        file = tmp_path / f"IMG_{number}.jpg"
        Image.new("RGB", (1200, 900), colour).save(file)
        files.append(file)
    small = tmp_path / "kecil.jpg"
    Image.new("RGB", (300, 300)).save(small)
    phone = phone_page

    sign_in(phone, siti)
    phone.goto(f"/saya/produk/{kain.pk}/foto/")
    phone.get_by_label("Tambah foto").set_input_files([*files, small])
    phone.get_by_role("button", name="Kirim foto").click()
    phone.get_by_text("3 foto tersimpan.").wait_for()
    assert phone.get_by_text("kecil.jpg: Foto terlalu kecil (300×300).").first.is_visible()
    shoot(phone, "foto-1")
    assert fits(phone)

    red, green, blue = kain.photos.all()
    phone.get_by_role("button", name="Jadikan foto utama 3").click()
    phone.wait_for_url("**/foto/#foto-*")
    phone.get_by_role("button", name="Turun 1").wait_for()
    assert list(kain.photos.all()) == [blue, red, green]
    phone.get_by_role("button", name="Turun 1").click()
    phone.get_by_role("button", name="Naik 3").wait_for()
    phone.get_by_role("button", name="Hapus foto 3").click()
    phone.get_by_text("2 dari 8 foto.").wait_for()
    assert list(kain.photos.all()) == [red, blue]
    assert phone.locator("main li img").first.evaluate(
        "picture => picture.decode().then(() => picture.naturalWidth)"
    )


def test_a_broken_signal_is_said_and_the_same_button_sends_again(
    new_page, siti, kain, tmp_path
) -> None:
    phone = new_page(viewport=PHONE)
    photo = tmp_path / "IMG.jpg"
    Image.new("RGB", (1200, 900), "#aa2211").save(photo)
    sign_in(phone, siti)
    phone.goto(f"/saya/produk/{kain.pk}/foto/")
    phone.get_by_label("Tambah foto").set_input_files(photo)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Kirim foto").click()
    phone.get_by_text("Foto belum terkirim karena sinyal putus.").wait_for()
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Kirim foto").click()
    phone.get_by_text("1 foto tersimpan.").wait_for()
    assert kain.photos.count() == 1


def test_a_new_product_with_its_photo_goes_through_the_script_too(
    new_page, siti, batik, tmp_path
) -> None:
    phone = new_page(viewport=PHONE)
    photo = tmp_path / "IMG.jpg"
    photo.write_bytes(phone_photo())
    sign_in(phone, siti)
    phone.goto("/saya/produk/baru/")
    phone.get_by_label("Foto").set_input_files(photo)
    phone.get_by_label("Harga").fill("Rp22.000")
    phone.get_by_label("Kategori").select_option("kerajinan")
    phone.get_by_label("Satuan").fill("buah")
    phone.get_by_role("button", name="Simpan sebagai draf").click()
    phone.get_by_text("Tulis nama produk.").first.wait_for(timeout=30_000)
    phone.get_by_label("Nama produk").fill("Bakul rotan kecil")
    phone.get_by_label("Foto").set_input_files(photo)
    phone.get_by_role("button", name="Simpan sebagai draf").click()
    phone.get_by_text("Bakul rotan kecil tersimpan").wait_for(timeout=30_000)
    assert Product.objects.get().photos.get().height == 1600
