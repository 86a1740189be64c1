"""The sheet that goes out, and files that are none."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from catalog.actions.photos import add_photo
from catalog.choices import Allergen
from catalog.models import Product
from catalog.product_import import MOST_ROWS
from catalog.product_sheet import COLUMNS, REQUIRED
from catalog.reports.product_files import export, export_photos, template
from members.choices import ImportState
from members.member_sheet import columns_of
from tests import make
from tests.catalog import pictures
from tests.catalog.importing.sheets import TRAY, checked, counts, zipped
from umkm_portal.lib.picture_zip import PictureZip, ZipRefused
from umkm_portal.lib.xlsx import read_rows


class TestOut:
    def test_the_own_export_imports_again_without_a_change(self, batik) -> None:
        make.product(batik, description="- isi 10\n- wangi\n\n=bagus", photo=False)
        make.product(batik, name="+62 kain", unit="m", sold_out=True, lead_days=3)
        make.dish(batik, allergens=[Allergen.EGG, Allergen.NUTS], other_allergens="wijen")
        for colour in ("#b0602a", "#2a60b0"):
            add_photo(Product.objects.first(), pictures.photo(colour), by=None, via="web")

        batch = checked(batik, export(batik))
        assert (batch.problems, counts(batch)) == ([], (0, 0, 3, 0))

        packed = io.BytesIO(b"".join(export_photos(batik)))
        with_photos = checked(batik, export(batik), photos=packed)
        assert counts(with_photos) == (0, 0, 3, 0)

    def test_the_photos_carry_the_names_of_the_sheet(self, batik) -> None:
        product = make.product(batik, photo=False)
        add_photo(product, pictures.photo(), by=None, via="web")

        sheet = read_rows(io.BytesIO(export(batik)), name="produk.xlsx")
        names = PictureZip(io.BytesIO(b"".join(export_photos(batik)))).names()

        place = [str(column.header) for column in COLUMNS].index("Foto")
        assert [sheet[1][place]] == names

    def test_the_template_is_what_the_importer_reads(self) -> None:
        book = load_workbook(io.BytesIO(template()))
        headers = [cell.value for cell in book["Produk"][1]]

        assert columns_of(headers, COLUMNS) == list(COLUMNS)
        assert [h for h in headers if h.endswith("*")] == [
            f"{column.header} *" for column in COLUMNS if column.key in REQUIRED
        ]
        offered = {str(rule.formula1) for rule in book["Produk"].data_validations.dataValidation}
        assert '"Kuliner,Fashion,Kerajinan"' in offered
        assert len(book["Penjelasan"]["A"]) > len(COLUMNS)


class TestBadFiles:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"PK\x03\x04 nothing", "rusak"),
            (b"%PDF-1.7 x", "Simpan ulang sebagai .xlsx"),
            (b"Nama;Umur\nA;3", "Kolom tidak dikenal"),
            (b"Nama produk;Nama produk\nA;B", "dua kali"),
            (b"Nama produk;Harga", "Tidak ada baris berisi"),
        ],
    )
    def test_what_is_no_sheet_of_goods_says_so(self, batik, content, said) -> None:
        batch = checked(batik, content)

        assert batch.state == ImportState.REFUSED
        assert said in batch.refusal

    def test_more_than_300_rows_are_too_many(self, batik) -> None:
        batch = checked(batik, [[f"Tas {n}", "1", "Kerajinan", "b"] for n in range(MOST_ROWS + 1)])

        assert (
            batch.refusal == "Paling banyak 300 produk sekali kirim. Bagi menjadi beberapa berkas."
        )

    @pytest.mark.parametrize(
        "name", ["../../etc/passwd.jpg", "/etc/a.jpg", "C:\\a.jpg", "C:/a.jpg"]
    )
    def test_a_zip_that_points_elsewhere_is_refused(self, name) -> None:
        with pytest.raises(ZipRefused, match="tidak wajar"):
            PictureZip(zipped({name: pictures.jpeg()}))

    def test_a_zip_of_too_many_files_is_refused(self) -> None:
        with pytest.raises(ZipRefused, match="Paling banyak 2400"):
            PictureZip(zipped({f"{n}.jpg": b"" for n in range(2401)}))

    def test_a_broken_zip_is_refused(self) -> None:
        with pytest.raises(ZipRefused, match="rusak"):
            PictureZip(io.BytesIO(b"PK nothing"))

    @pytest.mark.parametrize(
        ("files", "said"),
        [
            ({"a.jpg": b"\0" * (9 * 2**20)}, "Paling besar 8 MB"),
            ({"a.jpg": b"no picture"}, "rusak atau bukan foto"),
            ({"a.jpg": pictures.jpeg(300, 300)}, "terlalu kecil"),
            ({"a.jpg": pictures.jpeg(), "b/A.JPG": pictures.jpeg()}, "Ada dua foto"),
            ({"b.jpg": pictures.jpeg()}, "tidak ada di antara foto"),
        ],
    )
    def test_a_picture_that_cannot_be_used_is_named_with_its_row(self, batik, files, said) -> None:
        batch = checked(batik, [[*TRAY[:5], "a.jpg"]], photos=zipped(files))

        assert counts(batch) == (0, 0, 0, 1)
        assert said in batch.problems[0][1]

    def test_a_bomb_in_a_zip_is_never_unpacked(self, batik) -> None:
        files = {"a.png": pictures.bomb()}
        batch = checked(batik, [[*TRAY[:5], "a.png"]], photos=zipped(files))

        assert counts(batch) == (0, 0, 0, 1)
