"""Siti lets a companion help on her phone, sees what was done, and takes it back; her staff too."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from catalog.models import Product
from members.models import Business
from tests import make
from tests.catalog import pictures
from tests.journeys.conftest import PHONE, fits, shoot, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def second_phone(new_page, request):
    """Of somebody else; without JavaScript, as on an old phone."""
    return new_page(viewport=PHONE, javascript=False)


def test_siti_gives_a_code_the_companion_adds_a_product_siti_takes_it_back(
    phone_page, second_phone, siti, batik, pendamping, tmp_path
) -> None:
    photo = tmp_path / "IMG_1.jpg"
    photo.write_bytes(pictures.sideways_with_gps())
    hers, field = phone_page, second_phone

    sign_in(hers, siti)
    hers.goto("/saya/usaha/")
    hers.get_by_role("link", name="Pendamping", exact=True).click()
    hers.get_by_role("link", name="Buat kode pendamping").click()
    hers.get_by_role("button", name="Saya setuju, buat kode").click()
    code = hers.locator("main code").inner_text()
    shoot(hers, "pendamping-1-kode")
    assert fits(hers)

    sign_in(field, pendamping)
    field.goto("/pendamping/")
    field.get_by_role("link", name="Pakai kode pemilik").click()
    field.get_by_label("Kode dari pemilik").fill(f"{code[:5]} {code[5:]}".lower())
    field.get_by_role("button", name="Mulai membantu").click()
    field.get_by_text("Anda membantu Batik Siti sampai").wait_for()
    shoot(field, "pendamping-2-membantu")
    assert fits(field)
    field.get_by_role("link", name="Tambah produk").first.click()
    field.get_by_label("Foto").set_input_files(photo)
    field.get_by_label("Nama produk").fill("Selendang sutra")
    field.get_by_label("Harga").fill("150.000")
    field.get_by_label("Kategori").select_option("fashion")
    field.get_by_label("Satuan").fill("lembar")
    field.get_by_role("button", name="Simpan dan kirim ke kurator").click()
    field.get_by_text("tersimpan dan menunggu kurasi").wait_for()
    assert Product.objects.get().business == batik

    hers.goto("/saya/pendamping/")
    hers.get_by_text("Dibantu oleh Pendamping").wait_for()
    hers.get_by_text("Menambah produk: Selendang sutra").wait_for()
    shoot(hers, "pendamping-3-tindakan")
    assert fits(hers)
    hers.get_by_role("button", name="Cabut akses").click()
    hers.get_by_text("Akses dicabut dan langsung berlaku.").wait_for()

    field.goto(f"/saya/produk/{Product.objects.get().pk}/")
    field.get_by_role("heading", name="Halaman ini tidak ada").wait_for()
    assert not field.get_by_text("Anda membantu").count()


def test_a_companion_enrols_two_owners_in_a_street(phone_page, pendamping) -> None:
    page = phone_page
    sign_in(page, pendamping)
    page.goto("/pendamping/")
    for number, name in ((1, "Pecel Rohmah"), (2, "Lontong Yani")):
        if number == 1:
            page.get_by_role("link", name="Daftarkan usaha baru").click()
            page.get_by_label("Kelurahan").select_option(label="Srengseng Sawah")
        page.get_by_label("Nomor lembar tanda tangan").fill(f"L-{number}")
        page.get_by_label("Nama sesuai KTP").fill(name.split()[1])
        page.get_by_label("Nomor HP pemilik").fill(f"0813 5555 000{number}")
        page.locator("#id_nik").fill([make.NIK_SITI, make.NIK_BUDI][number - 1])
        page.get_by_label("Nama usaha").fill(name)
        page.get_by_label("Bidang").select_option("kuliner")
        page.get_by_label("Penjualan setahun").fill("60.000.000")
        page.get_by_label("Jalan dan nomor").fill(f"Jl. Contoh No. {number}")
        page.get_by_label("Keanggotaan dan pemeriksaan data").check()
        page.get_by_label("Pemilik sudah menandatangani").check()
        page.get_by_role("button", name="Kirim dan buat kode masuk").click()
        page.get_by_role("heading", name=name).wait_for()
        assert re.fullmatch(r"\w{10}", page.locator("main code").inner_text())
        shoot(page, f"lapangan-{number}-kertas")
        assert fits(page)
        page.get_by_role("link", name="Usaha berikutnya").click()
    shoot(page, "lapangan-3-berikutnya")
    kept = Business.objects.values_list("kelurahan__name", flat=True)
    assert list(kept) == ["Srengseng Sawah"] * 2
    assert page.get_by_label("Tanggal tanda tangan").input_value() == (
        f"{timezone.localdate():%d/%m/%Y}"
    )


def test_siti_switches_business_and_invites_ani(phone_page, second_phone, siti, batik) -> None:
    make.business(siti, name="Kedai Siti")
    ani = make.user("ani")
    hers, other = phone_page, second_phone

    sign_in(hers, siti)
    hers.goto("/saya/produk/")
    hers.get_by_label("Pindah ke usaha").select_option(label="Batik Siti")
    hers.get_by_role("button", name="Ganti usaha").click()
    hers.locator("strong", has_text="Batik Siti").wait_for()
    shoot(hers, "orang-1-ganti")
    assert fits(hers)
    hers.goto("/saya/orang/undang/")
    hers.get_by_label("Nomor HP atau e-mail karyawan").fill("ani@example.id")
    hers.get_by_label("Katalog").check()
    hers.get_by_role("button", name="Buat undangan").click()
    hers.get_by_role("heading", name="Kirim undangan ini").wait_for()
    shoot(hers, "orang-2-tautan")
    assert fits(hers)
    link = hers.locator("main a", has_text="/undangan/").get_attribute("href")

    sign_in(other, ani)
    other.goto("/undangan/" + link.split("/undangan/")[1])
    other.get_by_role("heading", name="Bekerja untuk Batik Siti?").wait_for()
    shoot(other, "orang-3-undangan")
    assert fits(other)
    other.get_by_role("button", name="Terima undangan").click()
    other.get_by_text("Selamat bekerja untuk Batik Siti.").wait_for()
    shoot(other, "orang-4-karyawan")
    other.goto("/saya/produk/")
    other.get_by_role("link", name="Tambah produk").first.wait_for()
