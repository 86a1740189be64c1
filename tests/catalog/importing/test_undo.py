"""A wrong sheet is taken back within a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone

from catalog.actions.curation import approve_product
from catalog.actions.listing import set_price
from catalog.actions.product_import import upload_products
from catalog.actions.product_import_undo import undo_product_import
from catalog.choices import Allergen, Category, FoodMark, ProductStatus
from catalog.models import Product, ProductImport, ProductPhoto
from catalog.models.photo import WIDTHS, photo_path
from catalog.product_import import work_on
from members.choices import ImportState
from tests import make
from tests.catalog import pictures
from tests.catalog.importing.sheets import TRAY, checked, counts, written, zipped
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused


def undone(batch: ProductImport) -> ProductImport:
    undo_product_import(batch, by=batch.uploaded_by, via="web")
    batch.refresh_from_db()
    return batch


@pytest.fixture
def new_goods(batik) -> ProductImport:
    """One goes to the curator with its photo, one stays a draft."""
    rows = [[*TRAY[:5], "a.jpg"], ["Tas", "20000", "Kerajinan", "buah", "", ""]]
    return written(checked(batik, rows, photos=zipped({"a.jpg": pictures.jpeg()})))


class TestNewGoods:
    def test_they_go_with_their_photos(self, new_goods, django_capture_on_commit_callbacks) -> None:
        path = photo_path(ProductPhoto.objects.get().name, WIDTHS[0])
        assert default_storage.exists(path)
        with django_capture_on_commit_callbacks(execute=True):
            batch = undone(new_goods)

        assert (batch.state, batch.problems) == (ImportState.UNDONE, [])
        assert not Product.objects.exists()
        assert not default_storage.exists(path)
        assert not batch.file
        said = AuditEntry.objects.get(verb="product_import.undone").data
        assert said == {"taken_back": 2, "kept": 0}

    def test_twice_is_once(self, new_goods) -> None:
        undone(new_goods)
        undone(new_goods)

        assert AuditEntry.objects.filter(verb="product_import.undone").count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_two_presses_at_once_are_one(self, new_goods) -> None:
        def press(batch: ProductImport) -> None:
            undo_product_import(batch, by=batch.uploaded_by, via="web")

        assert all_at_once(press, [new_goods, new_goods]) == ["done", "done"]
        assert AuditEntry.objects.filter(verb="product_import.undone").count() == 1

    def test_what_a_curator_has_seen_stays(self, new_goods, kurator) -> None:
        approve_product(Product.objects.get(name=TRAY[0]), by=kurator, via="admin")

        batch = undone(new_goods)

        assert Product.objects.get().name == TRAY[0]
        assert batch.problems == [[2, "Nampan rotan: sudah diubah atau diputuskan setelah impor."]]
        assert batch.refused == 1

    def test_what_she_went_on_with_stays(self, new_goods, siti) -> None:
        set_price(Product.objects.get(name="Tas"), 25_000, by=siti, via="web")

        batch = undone(new_goods)

        assert Product.objects.get().price == 25_000
        assert [line for line, _said in batch.problems] == [3]

    def test_what_she_threw_away_herself_is_no_trouble(self, new_goods) -> None:
        Product.objects.filter(name="Tas").delete()

        assert undone(new_goods).problems == []

    def test_the_mended_sheet_goes_in_again(self, batik, new_goods) -> None:
        undone(new_goods)

        batch = written(checked(batik, [[*TRAY[:1], "16.000", *TRAY[2:]]]))

        assert counts(batch) == (1, 0, 0, 0)
        assert Product.objects.get().price == 16_000


class TestChangedGoods:
    def test_they_say_what_they_said_before(self, batik) -> None:
        dish = make.dish(
            batik, name="Abon", price=30_000, allergens=[Allergen.EGG], lead_days=1, sold_out=False
        )
        before = Product.objects.values().get()
        headers = [
            "Nomor produk", "Nama produk", "Harga", "Alergen", "Masa simpan (hari)", "Habis",
            "Lama pesan (hari)", "Tautan marketplace",
        ]  # fmt: skip
        row = [
            f"P{dish.pk}", "Abon Sapi", "3.000", "Ikan", "9", "ya", "5",
            "https://www.tokopedia.com/batiksiti",
        ]  # fmt: skip
        batch = written(checked(batik, [row], headers=headers))
        assert counts(batch) == (0, 1, 0, 0), batch.problems
        assert Product.objects.get().price == 3_000

        assert undone(batch).problems == []

        after = Product.objects.values().get()
        same = {
            "name",
            "price",
            "allergens",
            "shelf_life_days",
            "sold_out",
            "lead_days",
            "shop_url",
        }
        assert {key: after[key] for key in same} == {key: before[key] for key in same}

    def test_a_dish_that_became_a_cloth_is_a_dish_again(self, batik) -> None:
        dish = make.dish(batik, name="Abon", food_mark=FoodMark.UNCERTIFIED)
        row = [f"P{dish.pk}", "Kerajinan"]
        batch = written(checked(batik, [row], headers=["Nomor produk", "Kategori"]))
        assert Product.objects.get().food_mark == ""

        undone(batch)

        product = Product.objects.get()
        assert (product.category, product.food_mark) == (Category.KULINER, FoodMark.UNCERTIFIED)

    def test_a_price_is_seen_at_once_and_no_curator_asked(self, batik) -> None:
        product = make.product(batik, price=30_000)
        batch = written(
            checked(batik, [[f"P{product.pk}", "3000"]], headers=["Nomor produk", "Harga"])
        )

        undone(batch)

        product.refresh_from_db()
        assert (product.price, product.status) == (30_000, ProductStatus.LIVE)

    def test_a_new_photo_stays_and_it_is_said(self, batik) -> None:
        make.product(batik, name=TRAY[0], price=1, photo=False)
        batch = written(
            checked(batik, [[*TRAY[:5], "a.jpg"]], photos=zipped({"a.jpg": pictures.jpeg()}))
        )

        batch = undone(batch)

        assert Product.objects.get().price == 1
        assert batch.problems == [[2, "Nampan rotan: foto barunya tetap dipakai."]]

    def test_what_cannot_be_as_it_was_stays_whole(self, batik) -> None:
        product = make.product(batik, name="Kain", price=5_000)
        batch = written(
            checked(
                batik,
                [[f"P{product.pk}", "Kain Baru", "6000"]],
                headers=["Nomor produk", "Nama produk", "Harga"],
            )
        )
        Product.objects.update(status=ProductStatus.TAKEN_DOWN, return_note="Merek lain.")

        batch = undone(batch)

        assert Product.objects.get().name == "Kain Baru"
        assert "diturunkan" in batch.problems[0][1]

    def test_rows_of_a_job_that_died_are_remembered_too(self, batik) -> None:
        product = make.product(batik, name="Kain", price=5_000)
        batch = written(
            checked(batik, [[f"P{product.pk}", "6000"]], headers=["Nomor produk", "Harga"])
        )
        ProductImport.objects.update(state=ImportState.WRITING, finished_at=None)
        work_on(batch.pk)
        batch.refresh_from_db()
        assert counts(batch) == (0, 0, 1, 0)

        undone(batch)

        assert Product.objects.get().price == 5_000


class TestRefused:
    def test_after_a_day(self, new_goods) -> None:
        late = timezone.now() + timedelta(days=1, minutes=1)
        with time_machine.travel(late), pytest.raises(ActionRefused, match="satu hari"):
            undone(new_goods)

        assert Product.objects.count() == 2

    def test_before_it_is_done(self, batik) -> None:
        with pytest.raises(ActionRefused, match="satu hari"):
            undone(checked(batik, [TRAY]))

    def test_while_another_sheet_is_at_work(self, batik, new_goods) -> None:
        upload_products(batik, b"Nama produk", name="a", by=batik.owner, via="web")

        with pytest.raises(ActionRefused, match="masih dikerjakan"):
            undone(new_goods)


class TestPages:
    def test_she_takes_it_back_on_its_page(self, client, siti, batik, new_goods) -> None:
        client.force_login(siti)
        where = f"/saya/produk/impor/{new_goods.pk}/"
        assert "Tarik kembali impor ini" in client.get(where).text

        client.post(f"{where}tarik/")

        page = client.get(where).text
        assert "Impor ini sudah ditarik kembali." in page
        assert "Tarik kembali impor ini" not in page

    def test_what_stays_is_named(self, client, siti, batik, new_goods) -> None:
        set_price(Product.objects.get(name="Tas"), 25_000, by=siti, via="web")
        client.force_login(siti)
        where = f"/saya/produk/impor/{new_goods.pk}/"

        client.post(f"{where}tarik/")

        page = client.get(where).text
        assert "Yang tetap seperti sekarang" in page
        assert "Tas: sudah diubah" in page

    def test_too_late_is_said(self, client, siti, new_goods) -> None:
        client.force_login(siti)
        ProductImport.objects.update(finished_at=timezone.now() - timedelta(days=2))
        where = f"/saya/produk/impor/{new_goods.pk}/"
        assert "Tarik kembali" not in client.get(where).text

        assert "dalam satu hari" in client.post(f"{where}tarik/", follow=True).content.decode()

    def test_budi_cannot(self, client, budi, new_goods) -> None:
        make.business(budi, name="Lain")
        client.force_login(budi)

        assert client.post(f"/saya/produk/impor/{new_goods.pk}/tarik/").status_code == 404


class TestDesk:
    LIST = "/admin/catalog/productimport/"

    def test_the_curator_sees_what_was_wrong(self, client, kurator, batik) -> None:
        batch = checked(batik, [["Tas", "-5", "Kerajinan", "buah", "", ""]])
        client.force_login(kurator)

        assert "produk.xlsx" in client.get(self.LIST).text
        page = client.get(f"{self.LIST}{batch.pk}/change/").text
        assert "Baris 2: Harga: " in page
        assert 'name="_save"' not in page

    def test_nobody_changes_or_deletes_one_there(self, client, kurator, admin, batik) -> None:
        batch = checked(batik, [TRAY])
        for person in (kurator, admin):
            client.force_login(person)
            assert client.get(f"{self.LIST}add/").status_code == 403
            assert client.post(f"{self.LIST}{batch.pk}/change/", {}).status_code == 403
            assert client.get(f"{self.LIST}{batch.pk}/delete/").status_code == 403

    def test_others_have_no_business_there(self, client, petugas, sekretariat, bendahara) -> None:
        for person in (petugas, sekretariat, bendahara):
            client.force_login(person)
            assert client.get(self.LIST).status_code == 403

    def test_one_row_takes_as_many_queries_as_three(
        self, client, kurator, batik, django_assert_max_num_queries
    ) -> None:
        written(checked(batik, [TRAY]))
        client.force_login(kurator)
        client.get(self.LIST)
        with django_assert_max_num_queries(12) as one:
            client.get(self.LIST)
        for number in range(2):
            written(checked(batik, [[f"Tas {number}", *TRAY[1:]]]))
        with django_assert_max_num_queries(len(one)):
            client.get(self.LIST)
