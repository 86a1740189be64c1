"""The second screen of a dish."""

from __future__ import annotations

import pytest

from catalog.choices import ProductStatus
from catalog.models import Product
from tests import make
from tests.catalog import pictures

TOLD = {
    "bahan": "Singkong, cabai, garam.",
    "alergen": ["kacang", "susu"],
    "alergen_lain": "wijen",
    "masa_simpan": "60",
    "halal": "belum",
    "aksi": "kirim",
}
DISH = {
    "kunci": "k-1",
    "nama": "Keripik singkong 200 g",
    "harga": "22.000",
    "kategori": "kuliner",
    "satuan": "bungkus",
    "aksi": "kirim",
}


@pytest.fixture
def draft(batik) -> Product:
    return make.dish(batik, status=ProductStatus.DRAFT, ingredients="", allergens=[], food_mark="")


def page(product: Product) -> str:
    return f"/saya/produk/{product.pk}/pangan/"


class TestTheWayThere:
    def test_sending_a_dish_leads_to_it_and_from_there_to_the_curator(
        self, client, siti, batik
    ) -> None:
        client.force_login(siti)
        response = client.post("/saya/produk/baru/", DISH | {"foto": pictures.upload()})
        dish = Product.objects.get()

        assert response["Location"] == page(dish)
        text = client.get(page(dish)).content.decode()
        assert "Tersimpan. Tinggal keterangan pangan, lalu kirim." in text
        assert dish.status == ProductStatus.DRAFT

        response = client.post(page(dish), TOLD, follow=True)
        dish.refresh_from_db()
        assert dish.status == ProductStatus.WAITING
        assert "menunggu kurasi" in response.content.decode()
        assert (dish.allergens, dish.other_allergens) == (["kacang", "susu"], "wijen")

    def test_it_may_be_saved_without_sending(self, client, siti, draft) -> None:
        client.force_login(siti)
        client.post(page(draft), TOLD | {"aksi": "simpan"})

        draft.refresh_from_db()
        assert (draft.status, draft.shelf_life_days) == (ProductStatus.DRAFT, 60)

    def test_cloth_has_no_such_page(self, client, siti, batik) -> None:
        client.force_login(siti)

        assert client.get(page(make.product(batik))).status_code == 404

    def test_budi_does_not_find_it(self, client, budi, draft) -> None:
        client.force_login(budi)

        assert client.get(page(draft)).status_code == 404
        assert client.post(page(draft), TOLD).status_code == 404
        assert client.post(f"/saya/produk/{draft.pk}/lama-pesan/", {"hari": 3}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"bahan": " "}, "Tulis bahannya."),
        ({"bahan": "b" * 1001}, "Paling banyak 1000 huruf."),
        ({"alergen": []}, "Centang alergennya"),
        ({"alergen": ["tidak_ada", "susu"]}, "saja, atau alergennya saja."),
        ({"alergen": ["batu"]}, "Pilih dari daftar."),
        ({"masa_simpan": ""}, "Tulis berapa hari tahan disimpan."),
        ({"masa_simpan": "sebulan"}, "Tulis jumlah hari dengan angka"),
        ({"masa_simpan": "0"}, "Paling sedikit 1 hari."),
        ({"masa_simpan": "99999"}, "Paling lama 3650 hari."),
        ({"halal": ""}, "Pilih salah satu."),
    ],
)
def test_a_mistake_gets_a_sentence_and_loses_nothing(
    client, siti, draft, changes, sentence
) -> None:
    client.force_login(siti)
    response = client.post(page(draft), TOLD | changes)

    text = response.content.decode()
    assert response.status_code == 200
    assert sentence in text.replace("&quot;", '"')
    assert 'value="wijen"' in text
    draft.refresh_from_db()
    assert draft.food_mark == ""


class TestHalal:
    def test_without_a_certificate_it_is_kept_as_not_yet_certified(
        self, client, siti, draft
    ) -> None:
        client.force_login(siti)
        before = client.get(page(draft)).content.decode()
        assert f"/saya/berkas/{draft.business_id}/halal/" in before
        assert "Nomor KH" in before

        response = client.post(page(draft), TOLD | {"halal": "halal"}, follow=True)

        draft.refresh_from_db()
        assert draft.food_mark == "belum"
        assert "tersimpan sebagai belum bersertifikat halal" in response.content.decode()

    def test_with_one_it_is_halal(self, client, siti, draft) -> None:
        make.licence(draft.business)
        client.force_login(siti)
        client.post(page(draft), TOLD | {"halal": "halal"})

        draft.refresh_from_db()
        assert draft.food_mark == "halal"


class TestLead:
    def test_three_days_are_said_at_once(self, client, siti, batik) -> None:
        cake = make.dish(batik)
        client.force_login(siti)
        response = client.post(f"/saya/produk/{cake.pk}/lama-pesan/", {"hari": "3"}, follow=True)

        cake.refresh_from_db()
        assert (cake.lead_days, cake.status) == (3, ProductStatus.LIVE)
        assert "PO 3 hari" in response.content.decode()

    @pytest.mark.parametrize("typed", ["", "tiga", "-1", "61", "9" * 30])
    def test_nonsense_is_answered(self, client, siti, batik, typed) -> None:
        cake = make.dish(batik)
        client.force_login(siti)
        path = f"/saya/produk/{cake.pk}/lama-pesan/"
        response = client.post(path, {"hari": typed}, follow=True)

        assert "notice" in response.content.decode()
        cake.refresh_from_db()
        assert cake.lead_days == 0
