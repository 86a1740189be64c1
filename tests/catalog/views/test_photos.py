"""The pictures of Siti's product: several at once, in her order; Budi finds none of them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalog.actions.photos import add_photo
from catalog.choices import ProductStatus
from catalog.models import Product
from tests import make
from tests.catalog import pictures
from tests.catalog.pictures import COLOURS


@pytest.fixture
def kain(batik) -> Product:
    return make.product(batik, photo=False, status=ProductStatus.DRAFT)


@pytest.fixture
def desk(client, siti, kain):
    client.force_login(siti)
    return client


def path(product: Product, rest: str = "") -> str:
    return f"/saya/produk/{product.pk}/foto/{rest}"


def send(client, product: Product, *uploads):
    return client.post(path(product), {"foto": uploads})


def shots(number: int):
    return [
        pictures.upload(pictures.jpeg(colour=colour), f"IMG_{at}.jpg")
        for at, colour in enumerate(COLOURS[:number])
    ]


def order(product: Product) -> list[str]:
    return [photo.colour for photo in product.photos.all()]


def test_several_come_at_once_in_the_order_in_which_they_were_chosen(desk, kain) -> None:
    response = send(desk, kain, *shots(3))

    assert response.headers["Location"] == path(kain)
    red, green, blue = order(kain)
    assert [int(colour[1:], 16) >> 8 for colour in (red, green, blue)] == [0xAC00, 0xAA, 0x100]
    page = desk.get(path(kain)).content.decode()
    assert "3 foto tersimpan." in page
    assert "3 dari 8 foto." in page
    assert page.count("Jadikan foto utama") == 2


def test_the_same_sending_twice_is_once(desk, kain) -> None:
    send(desk, kain, *shots(2))
    send(desk, kain, *shots(2))

    assert kain.photos.count() == 2


def test_one_tap_makes_a_picture_the_main_one(desk, kain) -> None:
    send(desk, kain, *shots(3))
    red, green, blue = order(kain)
    last = kain.photos.last()
    response = desk.post(path(kain, f"{last.pk}/ke/"), {"ke": "0"})
    assert response.headers["Location"] == f"{path(kain)}#foto-{last.pk}"
    assert order(kain) == [blue, red, green]

    desk.post(path(kain, f"{last.pk}/ke/"), {"ke": "1"})
    assert order(kain) == [red, blue, green]


@pytest.mark.parametrize("to", ["", "-1", "x", "²", "99999999999999999999", "0\0"])
def test_a_place_that_is_none_changes_nothing(desk, kain, to) -> None:
    send(desk, kain, *shots(2))
    before = order(kain)
    response = desk.post(path(kain, f"{kain.photos.last().pk}/ke/"), {"ke": to})

    assert response.status_code in {302, 400}
    assert order(kain) == before


def test_a_picture_goes_and_the_next_is_the_main_one(desk, kain) -> None:
    send(desk, kain, *shots(2))
    first, second = kain.photos.all()
    desk.post(path(kain, f"{first.pk}/hapus/"))

    assert kain.photos.get() == second
    assert kain.photos.get().position == 0


def test_the_only_picture_of_a_live_product_stays_with_a_sentence(desk, kain, siti) -> None:
    add_photo(kain, pictures.photo(), by=siti, via="web")
    Product.objects.filter(pk=kain.pk).update(status=ProductStatus.WAITING)
    response = desk.post(path(kain, f"{kain.photos.get().pk}/hapus/"), follow=True)

    assert "Foto satu-satunya tidak bisa dihapus." in response.content.decode()


def test_good_ones_are_kept_and_each_bad_one_is_named(desk, kain) -> None:
    tiny = SimpleUploadedFile("kecil.jpg", pictures.jpeg(320, 240))
    torn = SimpleUploadedFile("putus.jpg", pictures.jpeg()[:900])
    response = send(desk, kain, *shots(1), tiny, torn)

    page = response.content.decode()
    assert "kecil.jpg: Foto terlalu kecil (320×240). Paling kecil 400×400." in page
    assert "putus.jpg: Foto itu rusak atau belum terkirim penuh. Unggah lagi." in page
    assert "1 foto tersimpan." in page
    assert kain.photos.count() == 1


def test_the_ninth_is_refused_with_a_sentence_and_the_eighth_kept(desk, kain, siti) -> None:
    for colour in COLOURS[:7]:
        add_photo(kain, pictures.photo(colour), by=siti, via="web")
    new = [pictures.upload(pictures.jpeg(colour=c), f"{c[1:]}.jpg") for c in ("#ffffff", "#999999")]
    page = send(desk, kain, *new).content.decode()

    assert "Paling banyak 8 foto untuk satu produk. Hapus satu dulu." in page
    assert "1 foto tersimpan." in page
    assert "Sudah 8 foto. Hapus satu untuk menambah yang lain." in page
    assert "Kirim foto" not in page
    assert kain.photos.count() == 8


def test_nine_at_once_are_refused_before_any_is_looked_at(desk, kain) -> None:
    nine = [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(9)]
    assert "Paling banyak 8 foto sekali kirim." in send(desk, kain, *nine).content.decode()
    assert not kain.photos.exists()


def test_nothing_chosen_is_asked_for(desk, kain) -> None:
    assert "Pilih foto dulu." in desk.post(path(kain), {}).content.decode()
    assert "Pilih foto dulu." in desk.post(path(kain), {"foto": "kata"}).content.decode()


def test_over_the_members_room_is_a_sentence(desk, kain, settings) -> None:
    settings.MEMBER_STORAGE_BYTES = 1_000
    assert "Ruang berkas Anda penuh" in send(desk, kain, *shots(1)).content.decode()
    assert not kain.photos.exists()


def test_a_full_disk_is_a_sentence_and_leaves_no_row(desk, kain, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "berkas"
    settings.MEDIA_ROOT.write_text("not a folder")
    assert "gangguan di sistem kami" in send(desk, kain, *shots(2)).content.decode()
    assert not kain.photos.exists()


def test_a_body_of_over_70_mb_is_a_sentence(desk, kain) -> None:
    response = desk.post(path(kain), {}, CONTENT_LENGTH=str(70 * 1024 * 1024 + 1))
    assert response.status_code == 413
    assert "70 MB" in response.content.decode()


def test_a_product_taken_down_offers_no_buttons(desk, kain, siti) -> None:
    add_photo(kain, pictures.photo(), by=siti, via="web")
    Product.objects.filter(pk=kain.pk).update(
        status=ProductStatus.TAKEN_DOWN, return_note="Bukan foto produk."
    )
    page = desk.get(path(kain)).content.decode()
    assert "Produk yang diturunkan tidak bisa diubah." in page
    assert "Kirim foto" not in page
    assert "Hapus foto" not in page


def test_budi_finds_none_of_it(client, budi, kain, siti) -> None:
    add_photo(kain, pictures.photo(), by=siti, via="web")
    photo = kain.photos.get()
    client.force_login(budi)
    assert client.get(path(kain)).status_code == 404
    assert send(client, kain, *shots(1)).status_code == 404
    for rest in ("ke", "hapus"):
        assert client.post(path(kain, f"{photo.pk}/{rest}/"), {"ke": "0"}).status_code == 404
    own = make.product(make.business(budi), photo=False)
    assert client.post(path(own, f"{photo.pk}/hapus/")).status_code == 404
    assert kain.photos.count() == 1


def test_one_and_eight_pictures_cost_the_same(
    desk, kain, siti, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    add_photo(kain, pictures.photo("#123456"), by=siti, via="web")
    with django_assert_max_num_queries(15) as first:
        desk.get(path(kain))
    for colour in COLOURS[:7]:
        add_photo(kain, pictures.photo(colour), by=siti, via="web")
    with django_assert_num_queries(len(first.captured_queries)):
        desk.get(path(kain))


def _gif() -> bytes:
    out = io.BytesIO()
    Image.new("P", (500, 500)).save(out, "GIF")
    return out.getvalue()


TORTURE = [
    ("kosong.jpg", b"", "kosong"),
    ("bom.png", pictures.bomb(), "terlalu besar untuk diproses"),
    ("gambar.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", ".svg"),
    ("lucu.gif", _gif(), "Berkas .gif tidak bisa dibuka"),
    ("skrip.php.jpg", b"<?php system($_GET['x']); ?>", "rusak atau bukan foto"),
    ("foto.png", pictures.jpeg(), "tidak cocok dengan akhiran"),
    ("foto", pictures.jpeg(), "tidak cocok dengan akhiran"),
    ("foto.jpg.exe", pictures.jpeg(), "tidak cocok dengan akhiran"),
    ("panjang.jpg", pictures.jpeg(2400, 400), "terlalu panjang"),
    ("kecil.jpg", pictures.jpeg(399, 399), "Foto terlalu kecil (399×399)"),
    ("iphone.heic", b"\0\0\0\x18ftypheic" + bytes(3000), "rusak"),
    ("besar.jpg", pictures.jpeg() + bytes(8 * 1024 * 1024), "Paling besar 8 MB"),
    ("../../etc/passwd.jpg", b"root", "rusak atau bukan foto"),
    ("a" * 300 + ".jpg", b"x", "rusak atau bukan foto"),
]


@pytest.mark.parametrize(
    ("name", "data", "sentence"), TORTURE, ids=[row[0][:20] for row in TORTURE]
)
def test_what_cannot_be_used_gets_a_sentence_and_leaves_nothing(
    desk, kain, settings, name, data, sentence
) -> None:
    response = send(desk, kain, SimpleUploadedFile(name, data))

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not kain.photos.exists()
    assert not [file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()]


def test_a_picture_that_is_also_a_programme_comes_out_as_a_picture_alone(desk, kain, settings):
    polyglot = pictures.jpeg(comment=b"<script>alert(1)</script>") + b"PK\3\4<?php evil() ?>"
    send(desk, kain, SimpleUploadedFile("foto.jpg", polyglot))

    kept = [file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()]
    assert len(kept) == 3
    for file in kept:
        assert b"script" not in file.read_bytes()
        assert b"php" not in file.read_bytes()
