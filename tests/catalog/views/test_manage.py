"""Siti's products on her phone; Budi finds none of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as django_settings

from catalog.choices import ProductStatus
from catalog.models import Product
from members.choices import ApplicationStatus
from tests import make
from tests.catalog import pictures

TYPED = {
    "kunci": "k-1",
    "nama": "Tas anyam pandan",
    "harga": "Rp22.000",
    "kategori": "kerajinan",
    "satuan": "buah",
    "aksi": "kirim",
}


@pytest.fixture
def siti_signed_in(client, siti, batik):
    client.force_login(siti)
    return client


def send(client, path: str = "/saya/produk/baru/", **changes):
    return client.post(path, TYPED | {"foto": pictures.upload()} | changes)


class TestAdd:
    def test_five_fields_and_one_press_reach_the_curator(self, siti_signed_in, batik) -> None:
        response = send(siti_signed_in)

        assert response["Location"] == "/saya/produk/"
        product = Product.objects.get()
        assert (product.name, product.price, product.unit) == (
            "Tas anyam pandan",
            22_000,
            "buah",
        )
        assert (product.business, product.status) == (batik, ProductStatus.WAITING)
        assert product.photos.count() == 1
        assert b"menunggu kurasi" in siti_signed_in.get("/saya/produk/").content

    def test_it_may_stay_a_draft(self, siti_signed_in) -> None:
        send(siti_signed_in, aksi="simpan")

        assert Product.objects.get().status == ProductStatus.DRAFT

    def test_twice_is_once(self, siti_signed_in) -> None:
        send(siti_signed_in)
        send(siti_signed_in)

        assert Product.objects.count() == 1

    def test_she_cannot_publish_it_herself(self, siti_signed_in, budi) -> None:
        other = make.business(budi)
        send(
            siti_signed_in,
            status="live",
            published_at="2026-01-01",
            decided_by="1",
            business=str(other.pk),
            usaha=str(other.pk),
            is_staff="1",
        )

        product = Product.objects.get()
        assert product.status == ProductStatus.WAITING
        assert product.published_at is None
        assert product.business.owner.name == "Siti"

    def test_before_approval_it_is_kept_as_a_draft(self, client, siti) -> None:
        make.business(siti, status=ApplicationStatus.SUBMITTED)
        client.force_login(siti)

        response = client.post(
            "/saya/produk/baru/", TYPED | {"foto": pictures.upload()}, follow=True
        )

        assert "Usaha Anda belum disetujui" in response.content.decode()
        assert Product.objects.get().status == ProductStatus.DRAFT

    def test_without_a_business_it_leads_to_registration(self, client, siti) -> None:
        client.force_login(siti)

        assert 'href="/daftar/"' in client.get("/saya/produk/baru/").content.decode()

    def test_with_two_businesses_she_chooses(self, siti_signed_in, siti) -> None:
        second = make.business(siti, name="Dapur Siti")
        send(siti_signed_in, usaha=str(second.pk))

        assert Product.objects.get().business == second

    @pytest.mark.parametrize(
        ("field", "typed", "sentence"),
        [
            ("nama", "", "Tulis nama produk."),
            ("nama", "\u202e\u200b", "Tulis nama produk."),
            ("nama", "a" * 121, "Paling banyak 120 huruf."),
            ("harga", "0", "Harga harus lebih dari Rp0."),
            ("harga", "gratis", "Tulis jumlah dalam rupiah"),
            ("harga", "9" * 40, "Tulis jumlah dalam rupiah"),
            ("harga", "5.000.000.000", "Harga terlalu besar."),
            ("kategori", "jasa", "Pilih kategori."),
            ("satuan", "s" * 21, "Paling banyak 20 huruf."),
            ("keterangan", "k" * 2001, "Paling banyak 2000 huruf."),
        ],
    )
    def test_a_mistake_gets_a_sentence_and_loses_nothing(
        self, siti_signed_in, field, typed, sentence
    ) -> None:
        response = send(siti_signed_in, **{"keterangan": "Renyah", field: typed})
        text = response.content.decode()

        assert response.status_code == 200
        assert sentence in text
        assert "Kesalahan:" in text
        assert "buah" in text or field == "satuan"
        assert not Product.objects.exists()

    @pytest.mark.parametrize(
        "name", ["<b>Sate</b>", "{{ x }}", "'; DROP TABLE", "=1+1", "كعك 😀", "é"]
    )
    def test_names_keep_what_people_type(self, siti_signed_in, name) -> None:
        send(siti_signed_in, nama=name)

        assert Product.objects.get().name == name
        assert "<b>Sate" not in siti_signed_in.get("/saya/produk/").content.decode()


class TestBadPhotos:
    """Only the photo is asked for again; what was typed is a draft already."""

    @pytest.mark.parametrize(
        ("data", "name", "sentence"),
        [
            (b"", "kosong.jpg", "Berkas itu kosong."),
            (b"bukan foto", "menu.jpg", "rusak atau bukan foto"),
            (b"PK\x03\x04", "menu.docx", "Berkas .docx tidak bisa dibuka."),
            (pictures.bomb(), "bom.png", "terlalu besar untuk diproses"),
            (b"\xff\xd8" + b"0" * 12 * 1024 * 1024, "besar.jpg", "Foto 13 MB. Paling besar 8 MB."),
            (pictures.jpeg(320, 240), "kecil.jpg", "Foto terlalu kecil (320×240)."),
            (pictures.jpeg()[:-9000], "putus.jpg", "belum terkirim penuh"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "gambar.svg", "tidak bisa dibuka"),
        ],
        ids=["empty", "text", "docx", "bomb", "12 MB", "small", "cut", "svg"],
    )
    def test_it_says_why_and_keeps_the_rest(self, siti_signed_in, data, name, sentence) -> None:
        upload = pictures.upload(data, name)
        response = send(siti_signed_in, foto=upload)
        text = response.content.decode()

        assert sentence in text
        assert "Isian lain sudah tersimpan." in text
        product = Product.objects.get()
        assert product.status == ProductStatus.DRAFT
        assert f'action="/saya/produk/{product.pk}/"' in text
        assert not list(Path(django_settings.MEDIA_ROOT).rglob("*.*"))

        send(siti_signed_in, f"/saya/produk/{product.pk}/")
        product.refresh_from_db()
        assert product.status == ProductStatus.WAITING

    def test_no_photo_at_all_is_asked_for(self, siti_signed_in) -> None:
        response = siti_signed_in.post("/saya/produk/baru/", TYPED)

        assert "Tambahkan satu foto produk." in response.content.decode()
        assert Product.objects.get().status == ProductStatus.DRAFT


class TestEdit:
    def test_a_new_price_is_seen_at_once(self, siti_signed_in, batik) -> None:
        product = make.product(batik)
        typed = {
            "nama": product.name,
            "harga": "300.000",
            "kategori": "fashion",
            "satuan": "lembar",
            "aksi": "simpan",
        }
        siti_signed_in.post(f"/saya/produk/{product.pk}/", typed)

        product.refresh_from_db()
        assert (product.price, product.status) == (300_000, ProductStatus.LIVE)

    def test_the_form_shows_what_is_kept_and_what_to_mend(self, siti_signed_in, batik) -> None:
        product = make.product(
            batik,
            status=ProductStatus.NEEDS_REPAIR,
            return_reasons=["buram"],
            return_note="Coba lagi",
        )
        text = siti_signed_in.get(f"/saya/produk/{product.pk}/").content.decode()

        assert "Foto buram atau gelap." in text
        assert "Coba lagi" in text
        assert 'value="285.000"' in text

    def test_habis_is_one_press_and_says_what_it_wants(self, siti_signed_in, batik) -> None:
        product = make.product(batik)
        for _press in range(2):
            siti_signed_in.post(f"/saya/produk/{product.pk}/habis/", {"habis": "1"})

        product.refresh_from_db()
        assert product.sold_out
        fragment = siti_signed_in.post(
            f"/saya/produk/{product.pk}/habis/", {"habis": "0"}, headers={"HX-Request": "true"}
        ).content.decode()
        assert "Tandai habis" in fragment
        assert "<html" not in fragment

    def test_archived_is_gone_from_the_catalogue(self, siti_signed_in, batik) -> None:
        product = make.product(batik)
        siti_signed_in.post(f"/saya/produk/{product.pk}/arsip/")

        assert not Product.objects.visible().exists()


class TestBudi:
    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize("path", ["", "arsip/", "habis/"])
    def test_finds_nothing_of_sitis(self, client, batik, budi, method, path) -> None:
        product = make.product(batik)
        make.business(budi, name="Budi")
        client.force_login(budi)
        response = getattr(client, method)(f"/saya/produk/{product.pk}/{path}", TYPED)

        assert response.status_code == (405 if method == "get" and path else 404)
        product.refresh_from_db()
        assert (product.name, product.sold_out) == ("Kain batik tulis", False)
        assert product.photos.exists()

    def test_his_list_is_his(self, client, batik, budi) -> None:
        make.product(batik)
        client.force_login(budi)

        assert b"Kain batik" not in client.get("/saya/produk/").content

    def test_a_stranger_is_asked_to_sign_in(self, client, batik) -> None:
        product = make.product(batik)
        for path in ("", "baru/", f"{product.pk}/"):
            assert client.get(f"/saya/produk/{path}").status_code == 302


def test_one_row_and_three_cost_the_same(
    siti_signed_in, batik, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    make.product(batik)
    with django_assert_max_num_queries(9) as one:
        siti_signed_in.get("/saya/produk/")
    make.product(batik)
    make.product(batik)
    with django_assert_num_queries(len(one)):
        siti_signed_in.get("/saya/produk/")
