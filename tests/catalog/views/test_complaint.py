"""Reporting a listing, and the desk it lands on."""

from __future__ import annotations

import pytest
from django.utils import timezone

from catalog.choices import ProductStatus
from catalog.models import Complaint, Product
from catalog.views.complaint import REPORTS_PER_ADDRESS
from tests import make


@pytest.fixture
def product(batik) -> Product:
    return make.product(batik)


def send(client, product: Product, **typed):
    values = {"alasan": "larangan", "cerita": "Ini obat.", **typed}
    return client.post(f"/produk/{product.pk}/laporkan/", values, follow=True)


def test_anybody_reports_and_is_thanked(client, product, fresh_limits) -> None:
    page = send(client, product)

    assert "Laporan terkirim" in page.content.decode()
    assert Complaint.objects.get().text == "Ini obat."


def test_twice_is_one_report(client, product, fresh_limits) -> None:
    send(client, product)
    send(client, product)

    assert Complaint.objects.count() == 1


def test_who_is_signed_in_is_not_named(client, product, budi, fresh_limits) -> None:
    client.force_login(budi)
    send(client, product)

    assert Complaint.objects.get().decided_by is None


@pytest.mark.parametrize("typed", [{"alasan": ""}, {"alasan": "entah"}, {"cerita": "a" * 501}])
def test_what_was_typed_is_kept_when_something_is_missing(
    client, product, fresh_limits, typed
) -> None:
    page = send(client, product, **typed)

    assert page.status_code == 200
    assert not Complaint.objects.exists()
    assert typed.get("cerita", "Ini obat.") in page.content.decode()
    assert "<title>Kesalahan:" in page.content.decode()


def test_a_machine_is_thanked_for_nothing(client, product, fresh_limits) -> None:
    page = send(client, product, situs="https://obat.example")

    assert "Laporan terkirim" in page.content.decode()
    assert not Complaint.objects.exists()


def test_a_flood_from_one_address_is_stopped(client, product, fresh_limits) -> None:
    for number in range(REPORTS_PER_ADDRESS):
        send(client, product, cerita=f"Cerita {number % 5}")

    response = send(client, product, cerita="Satu lagi")

    assert response.status_code == 429
    assert "Coba 1 jam lagi." in response.content.decode()


def test_what_nobody_sees_cannot_be_reported(client, siti) -> None:
    hidden = make.product(make.business(siti, suspended_at=timezone.now()))

    assert client.get(f"/produk/{hidden.pk}/laporkan/").status_code == 404


class TestDesk:
    @pytest.fixture
    def complaint(self, product) -> Complaint:
        return Complaint.objects.create(product=product, reason="tiruan", text="Merek saya.")

    def test_it_waits_in_the_queue(self, client, complaint, kurator) -> None:
        client.force_login(kurator)

        assert "Laporan pembeli tentang produk" in client.get("/admin/").content.decode()
        rows = client.get("/admin/catalog/complaint/?status__exact=waiting")
        assert list(rows.context["cl"].result_list) == [complaint]

    def test_the_product_comes_down(self, client, complaint, product, kurator) -> None:
        client.force_login(kurator)

        page = client.get(f"/admin/catalog/complaint/{complaint.pk}/turunkan/")
        assert "Merek saya." in page.content.decode()
        client.post(f"/admin/catalog/complaint/{complaint.pk}/turunkan/", {"alasan": ["merek"]})

        product.refresh_from_db()
        assert product.status == ProductStatus.TAKEN_DOWN

    def test_or_it_stays(self, client, complaint, product, kurator) -> None:
        client.force_login(kurator)
        path = f"/admin/catalog/complaint/{complaint.pk}/abaikan/"

        assert "Tulis alasannya" in client.post(path).content.decode()
        client.post(path, {"catatan": "Mereknya milik sendiri."})

        product.refresh_from_db()
        complaint.refresh_from_db()
        assert product.status == ProductStatus.LIVE
        assert not complaint.is_waiting

    def test_a_curator_of_another_district_does_not_see_it(
        self, client, complaint, kurator
    ) -> None:
        kurator.kecamatan = make.kelurahan("Bukit Duri").kecamatan
        kurator.save()
        client.force_login(kurator)

        path = f"/admin/catalog/complaint/{complaint.pk}/abaikan/"
        assert client.post(path, {"catatan": "x"}).status_code == 404

    def test_one_row_and_three_cost_the_same(
        self, client, complaint, batik, kurator, django_assert_num_queries
    ) -> None:
        client.force_login(kurator)
        client.get("/admin/catalog/complaint/")
        with django_assert_num_queries(7):
            client.get("/admin/catalog/complaint/")
        for name in ("Selendang", "Sarung"):
            Complaint.objects.create(product=make.product(batik, name=name), reason="penjual")
        with django_assert_num_queries(7):
            client.get("/admin/catalog/complaint/")
