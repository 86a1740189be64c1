"""Siti's goods in by a sheet: what is new, what changes, what is refused."""

from __future__ import annotations

import io

import pytest

from catalog.actions.product_import import (
    cancel_product_import,
)
from catalog.choices import Allergen, ProductStatus
from catalog.models import Product
from catalog.product_import import bad_rows
from members.choices import ImportState
from tests import make
from tests.catalog import pictures
from tests.catalog.importing.sheets import HEADERS, TRAY, checked, counts, written, zipped
from umkm_portal.lib.xlsx import read_rows, write_csv, write_rows


class TestIn:
    def test_new_goods_are_shown_first_and_written_when_she_says_so(self, batik) -> None:
        batch = checked(batik, [TRAY])

        assert (batch.state, counts(batch)) == (ImportState.CHECKED, (1, 0, 0, 0))
        assert batch.changes == [[2, "Nampan rotan", "produk baru"]]
        assert not Product.objects.exists()

        batch = written(batch)

        product = Product.objects.get()
        assert (batch.state, counts(batch)) == (ImportState.DONE, (1, 0, 0, 0))
        assert (product.name, product.price, product.unit) == ("Nampan rotan", 15_000, "buah")
        assert product.status == ProductStatus.DRAFT  # no photo yet

    def test_photos_come_by_their_names_and_the_goods_go_to_the_curator(self, batik) -> None:
        row = [*TRAY[:5], "nampan-1.JPG; nampan-2.jpg"]
        photos = zipped(
            {
                "foto/nampan-1.jpg": pictures.jpeg(colour="#b0602a"),
                "foto/lain/Nampan-2.jpg": pictures.jpeg(colour="#2a60b0"),
                "__MACOSX/foto/._nampan-1.jpg": b"nothing",
            }
        )

        batch = written(checked(batik, [row], photos=photos))

        product = Product.objects.get()
        assert counts(batch) == (1, 0, 0, 0)
        assert product.photos.count() == 2
        assert product.status == ProductStatus.WAITING
        assert not batch.photos

    def test_she_may_keep_them_as_drafts(self, batik) -> None:
        photos = zipped({"a.jpg": pictures.jpeg()})
        written(checked(batik, [[*TRAY[:5], "a.jpg"]], photos=photos, submits=False))

        assert Product.objects.get().status == ProductStatus.DRAFT

    def test_the_same_sheet_twice_adds_nothing(self, batik) -> None:
        written(checked(batik, [TRAY]))
        again = checked(batik, [TRAY])

        assert (again.state, counts(again)) == (ImportState.REFUSED, (0, 0, 1, 0))
        assert Product.objects.count() == 1

    def test_right_rows_are_saved_and_wrong_ones_named(self, batik) -> None:
        rows = [
            TRAY,
            ["Tas", "0", "Kerajinan", "buah"],
            ["", "5000", "Kerajinan", "buah"],
            ["Topi", "lima ribu", "Otomotif", "buah"],
            ["Topi", "5000", "", "buah"],
            ["Nampan ROTAN", "5000", "Kerajinan", "buah"],
            ["Kipas", "5000", "Kerajinan", "buah", "", "kipas.jpg"],
            ["=1+1", "5000", "Kerajinan", "buah"],
        ]

        batch = checked(batik, rows)

        assert counts(batch) == (1, 0, 0, 7)
        said = dict(batch.problems)
        assert said[3] == "Harga: Harga harus lebih dari Rp0."
        assert said[4] == "Nama produk: belum diisi."
        assert "Harga: " in said[5]
        assert "Kategori: Pilih salah satu: Kuliner, Fashion, Kerajinan." in said[5]
        assert said[6] == "Kategori: belum diisi."
        assert said[7] == "Produk ini sudah ada di baris 2."
        assert said[8] == "Foto kipas.jpg belum dikirim. Kirim juga ZIP atau berkas fotonya."
        assert "tidak boleh diawali tanda" in said[9]
        assert counts(written(batch)) == (1, 0, 0, 7)
        assert Product.objects.count() == 1

    def test_the_wrong_rows_come_back_with_their_reason_and_go_in_again(self, batik) -> None:
        batch = checked(batik, [TRAY, ["Tas", "0", "Kerajinan", "buah"]])
        sheet = read_rows(io.BytesIO(bad_rows(batch)), name="salah.xlsx")

        assert sheet[0] == [*HEADERS, "Alasan", "Baris"]
        assert sheet[1][0] == "Tas"
        assert sheet[1][-1] == "3"
        cancel_product_import(batch, by=batik.owner, via="web")
        sheet[1][1] = "7500"
        again = checked(batik, write_rows(sheet[0], sheet[1:]))
        assert counts(again) == (1, 0, 0, 0)

    @pytest.mark.parametrize(
        "written_price",
        ["15000", "15.000", "Rp15.000", "Rp 15.000,00", "15rb", "15 ribu", "15000.0", "0,015 juta"],
    )
    def test_prices_as_people_and_programs_write_them(self, batik, written_price) -> None:
        sheet = write_csv(HEADERS, [["Tas", written_price, "Kerajinan", "buah"]])
        written(checked(batik, sheet))

        assert Product.objects.get().price == 15_000

    def test_a_number_cell_of_excel_is_a_price(self, batik) -> None:
        from openpyxl import Workbook

        book, out = Workbook(), io.BytesIO()
        book.active.append(HEADERS[:4])
        book.active.append(["Tas", 15000.0, "Kerajinan", "buah"])
        book.save(out)
        written(checked(batik, out.getvalue()))

        assert Product.objects.get().price == 15_000

    def test_a_dish_brings_its_facts(self, batik) -> None:
        headers = [*HEADERS[:4], "Bahan", "Alergen", "Masa simpan (hari)", "Halal"]
        dish = ["Keripik", "9000", "Kuliner", "bungkus", "Singkong", "Kedelai; susu", "90 hari"]
        rows = [
            [*dish, "Belum bersertifikat halal"],
            ["Sambal", "9000", "Kuliner", "botol", "Cabai"],
            ["Kerupuk", "9000", "Kuliner", "bungkus", *dish[4:], "Halal"],
            ["Kain", "9000", "Fashion", "lembar", *dish[4:], "Non-halal"],
        ]

        batch = written(checked(batik, rows, headers=headers))

        assert [line for line, _said in batch.problems] == [3, 4, 5]
        product = Product.objects.get()
        assert product.allergens == [Allergen.SOY, Allergen.MILK]
        assert not product.needs_food_facts


class TestChange:
    def test_a_price_alone_is_seen_at_once(self, batik) -> None:
        product = make.product(batik)
        sheet = [[f"P{product.pk}", "99rb"]]

        batch = checked(batik, sheet, headers=["Nomor produk", "Harga"])
        assert batch.changes == [[2, product.name, "Rp285.000 → Rp99.000"]]
        written(batch)

        product.refresh_from_db()
        assert (product.price, product.status) == (99_000, ProductStatus.LIVE)

    def test_a_new_name_or_photo_is_looked_at_again(self, batik) -> None:
        renamed, shown = make.product(batik), make.product(batik, name="Kain dua")
        rows = [[f"P{renamed.pk}", "Kain batik cap", ""], [f"P{shown.pk}", "", "baru.jpg"]]
        photos = zipped({"baru.jpg": pictures.jpeg()})

        headers = ["Nomor produk", "Nama produk", "Foto"]
        written(checked(batik, rows, headers=headers, photos=photos))

        assert set(Product.objects.values_list("status", flat=True)) == {ProductStatus.WAITING}

    def test_budis_goods_are_not_there(self, batik, budi) -> None:
        other = make.product(make.business(budi))
        batch = checked(batik, [[f"P{other.pk}", "1000"]], headers=["Nomor produk", "Harga"])

        assert counts(batch) == (0, 0, 0, 1)
        assert "tidak ada di usaha ini" in batch.problems[0][1]

    def test_what_a_curator_took_down_stays_as_it_is(self, batik) -> None:
        product = make.product(batik, status=ProductStatus.TAKEN_DOWN, return_note="Merek lain.")
        batch = checked(batik, [[f"P{product.pk}", "1000"]], headers=["Nomor produk", "Harga"])

        assert "diturunkan" in batch.problems[0][1]
