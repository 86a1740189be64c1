"""The curators' desk."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.actions.curation import approve_product
from catalog.actions.listing import ProductValues, change_product
from catalog.choices import ProductStatus
from catalog.models import ApprovedLook, Product
from members.choices import Role
from members.models import User
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry


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


class TestTheQueue:
    ALL = ("legalitas", "mutu", "kemasan")

    def test_a_decision_leads_to_the_next_one(self, client, waiting, batik, kurator) -> None:
        later = make.product(batik, name="Selendang", status=ProductStatus.WAITING)
        client.force_login(kurator)
        assert "Selendang" in client.get(page(waiting)).content.decode()

        response = decide(client, waiting, "setujui", periksa=self.ALL)
        assert response["Location"] == page(later)
        response = decide(client, later, "kembalikan", alasan=["buram"])
        assert response["Location"] == "/admin/catalog/product/?status__exact=waiting"

    def test_a_live_one_taken_down_stays_in_sight(self, client, batik, kurator, waiting) -> None:
        live = make.product(batik)
        client.force_login(kurator)

        response = decide(client, live, "turunkan", alasan=["merek"])
        assert response["Location"] == page(live)

    def test_what_changed_and_what_is_lacking_stand_above(
        self, client, batik, siti, kurator
    ) -> None:
        dish = make.dish(batik, status=ProductStatus.WAITING, description="Gurih renyah")
        client.force_login(kurator)
        assert "Berubah sejak" not in client.get(page(dish)).content.decode()
        decide(client, dish, "setujui", periksa=self.ALL)
        values = ProductValues(dish.name, dish.price, dish.unit, "kuliner", "Gurih pedas")
        change_product(dish, values, by=siti, via="web")

        text = client.get(page(dish)).content.decode()
        assert "Berubah sejak disetujui" in text
        assert "<del>renyah</del>" in text
        assert "<ins>pedas</ins>" in text
        assert "Wajib halal sejak 17 Oktober 2026" in text

    def test_words_of_the_owner_are_never_markup(self, client, batik, siti, kurator) -> None:
        dish = make.dish(batik, status=ProductStatus.WAITING)
        client.force_login(kurator)
        decide(client, dish, "setujui", periksa=self.ALL)
        values = ProductValues(dish.name, 1, "x", "kuliner", "<script>alert(1)</script>")
        change_product(dish, values, by=siti, via="web")

        assert "<script>alert" not in client.get(page(dish)).content.decode()

    def test_food_that_needs_a_certificate_can_be_listed(self, client, batik, kurator) -> None:
        dish = make.dish(batik)
        make.dish(batik, name="Lapis rum", food_mark="nonhalal")
        make.product(batik)
        client.force_login(kurator)

        response = client.get("/admin/catalog/product/?halal=kurang")
        assert list(response.context["cl"].result_list) == [dish]
        assert client.get("/admin/catalog/product/?halal=entah").status_code == 200

    def test_before_the_day_there_is_no_such_list(self, client, batik, kurator, settings) -> None:
        settings.WAJIB_HALAL_SEJAK = date(2999, 1, 1)
        client.force_login(kurator)

        assert "halal=kurang" not in client.get("/admin/catalog/product/").content.decode()

    def test_the_reasons_stand_in_three_groups(self, client, waiting, kurator) -> None:
        client.force_login(kurator)
        text = client.get(page(waiting)).content.decode()

        assert text.count('name="alasan"') == 12
        for group in ("Legalitas", "Mutu", "Kemasan dan isian"):
            assert group in text


@pytest.mark.django_db(transaction=True)
def test_two_curators_who_approve_at_once_approve_once(waiting, kurator) -> None:
    other = make.staff("kurator2", Role.KURATOR)

    def approve(curator: User) -> None:
        approve_product(waiting, by=curator, via="admin")

    assert all_at_once(approve, [kurator, other]) == ["done", "done"]
    assert AuditEntry.objects.about(waiting).filter(verb="product.approved").count() == 1
    assert ApprovedLook.objects.count() == 1
