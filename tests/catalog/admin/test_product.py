"""The curators' desk."""

from __future__ import annotations

import pytest

from catalog.choices import ProductStatus
from catalog.models import Product
from tests import make


@pytest.fixture
def waiting(batik) -> Product:
    return make.product(batik, status=ProductStatus.WAITING, published_at=None, decided_at=None)


def page(product: Product) -> str:
    return f"/admin/catalog/product/{product.pk}/change/"


def decide(client, product: Product, aksi: str, **typed):
    values = {"dilihat": product.updated_at.isoformat(), "aksi": aksi}
    return client.post(page(product), values | typed)


def test_the_queue_counts_and_leads_to_the_oldest(client, waiting, kurator) -> None:
    client.force_login(kurator)

    text = client.get("/admin/").content.decode()
    assert "Kurasi produk" in text
    response = client.get("/admin/catalog/product/?status__exact=waiting")
    assert list(response.context["cl"].result_list) == [waiting]


def test_three_ticks_and_it_is_live(client, waiting, kurator) -> None:
    client.force_login(kurator)

    response = decide(client, waiting, "setujui", periksa=["legalitas", "mutu"])
    assert "Centang ketiga pemeriksaan" in response.content.decode()

    decide(client, waiting, "setujui", periksa=["legalitas", "mutu", "kemasan"])
    waiting.refresh_from_db()
    assert (waiting.status, waiting.decided_by) == (ProductStatus.LIVE, kurator)


def test_reasons_go_back_to_the_owner(client, waiting, kurator) -> None:
    client.force_login(kurator)

    response = decide(client, waiting, "kembalikan")
    assert "Pilih paling sedikit satu alasan" in response.content.decode()

    decide(client, waiting, "kembalikan", alasan=["buram", "harga"], catatan="Foto di luar rumah.")
    waiting.refresh_from_db()
    assert waiting.return_reasons == ["buram", "harga"]


def test_a_live_one_can_be_taken_down(client, batik, kurator) -> None:
    product = make.product(batik)
    client.force_login(kurator)
    decide(client, product, "turunkan", alasan=["merek"])

    product.refresh_from_db()
    assert product.status == ProductStatus.TAKEN_DOWN


def test_what_was_typed_over_meanwhile_is_not_approved(client, waiting, kurator) -> None:
    client.force_login(kurator)
    response = decide(
        client,
        waiting,
        "setujui",
        dilihat="2026-01-01T00:00:00+00:00",
        periksa=["legalitas", "mutu", "kemasan"],
    )

    assert "baru saja diubah" in response.content.decode()
    waiting.refresh_from_db()
    assert waiting.status == ProductStatus.WAITING


@pytest.mark.parametrize(
    "typed", [{"dilihat": "x"}, {"alasan": ["x"]}, {"aksi": "hapus"}, {"dilihat": ""}]
)
def test_nonsense_decides_nothing(client, waiting, kurator, typed) -> None:
    client.force_login(kurator)

    assert decide(client, waiting, **{"aksi": "setujui", **typed}).status_code == 200
    waiting.refresh_from_db()
    assert waiting.status == ProductStatus.WAITING


@pytest.mark.parametrize("role", ["petugas", "admin"])
def test_others_of_the_staff_look_only(client, waiting, role, request) -> None:
    client.force_login(request.getfixturevalue(role))

    assert "Setujui" not in client.get(page(waiting)).content.decode()
    response = decide(client, waiting, "setujui", periksa=["legalitas", "mutu", "kemasan"])
    assert response.status_code == 403
    waiting.refresh_from_db()
    assert waiting.status == ProductStatus.WAITING


@pytest.mark.parametrize("role", ["sekretariat", "bendahara"])
def test_kadins_staff_have_no_business_here(client, waiting, role, request) -> None:
    client.force_login(request.getfixturevalue(role))

    assert client.get(page(waiting)).status_code == 403
    assert client.get("/admin/catalog/product/").status_code == 403


def test_an_owner_is_sent_away(client, waiting, siti) -> None:
    client.force_login(siti)

    assert decide(client, waiting, "setujui").status_code in {302, 403, 404}
    waiting.refresh_from_db()
    assert waiting.status == ProductStatus.WAITING


def test_an_officer_of_one_kecamatan_sees_its_products(client, waiting, petugas) -> None:
    petugas.kecamatan = make.kelurahan("Bukit Duri").kecamatan
    petugas.save()
    client.force_login(petugas)

    assert client.get(page(waiting)).status_code in {302, 404}


def test_one_row_and_three_cost_the_same(
    client, batik, kurator, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    client.force_login(kurator)
    make.product(batik)
    with django_assert_max_num_queries(12) as one:
        client.get("/admin/catalog/product/")
    make.product(batik)
    make.product(batik)
    with django_assert_num_queries(len(one)):
        client.get("/admin/catalog/product/")
