"""Siti's goods out as a sheet and in again."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from catalog.actions.photos import add_photo
from catalog.actions.product_import import (
    cancel_product_import,
    confirm_product_import,
    drop_old_product_imports,
    forget_old_product_imports,
    upload_products,
)
from catalog.choices import Allergen, ProductStatus
from catalog.models import Product, ProductImport
from catalog.product_import import MOST_ROWS, bad_rows, requeue_stalled_product_imports, work_on
from catalog.product_sheet import COLUMNS, REQUIRED
from catalog.reports.product_files import export, export_photos, template
from members.choices import ImportState
from members.member_sheet import columns_of
from tests import make
from tests.catalog import pictures
from tests.race import all_at_once
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.picture_zip import PictureZip, ZipRefused
from umkm_portal.lib.xlsx import read_rows, write_csv, write_rows

HEADERS = ["Nama produk", "Harga", "Kategori", "Satuan", "Keterangan", "Foto"]
TRAY = ["Nampan rotan", "15.000", "Kerajinan", "buah", "Anyaman tangan.", ""]


def zipped(files: dict[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    packed.seek(0)
    return packed


def checked(business, rows, *, headers=HEADERS, photos=None, **more) -> ProductImport:
    """A sheet that a job has looked at."""
    content = rows if isinstance(rows, bytes) else write_rows(headers, rows)
    batch = upload_products(
        business, content, name="produk.xlsx", photos=photos, by=business.owner, via="web", **more
    )
    work_on(batch.pk)
    batch.refresh_from_db()
    return batch


def written(batch: ProductImport) -> ProductImport:
    confirm_product_import(batch, by=batch.uploaded_by, via="web")
    work_on(batch.pk)
    batch.refresh_from_db()
    return batch


def counts(batch: ProductImport) -> tuple[int, int, int, int]:
    return batch.created, batch.updated, batch.unchanged, batch.refused


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


class TestWork:
    def test_the_same_file_sent_twice_in_a_row_is_one(self, batik) -> None:
        send = {"name": "a.xlsx", "by": batik.owner, "via": "web"}
        first = upload_products(batik, b"Nama produk", **send)

        assert upload_products(batik, b"Nama produk", **send) == first
        with pytest.raises(ActionRefused, match="masih dikerjakan"):
            upload_products(batik, b"Nama produk;Harga", **send)

    @pytest.mark.django_db(transaction=True)
    def test_two_sheets_at_once_are_one_after_the_other(self, batik) -> None:
        def send(content: bytes) -> None:
            upload_products(batik, content, name="a", by=batik.owner, via="web")

        assert all_at_once(send, [b"satu", b"dua"]) == ["done", "refused"]

    def test_confirmed_twice_is_once(self, batik) -> None:
        batch = checked(batik, [TRAY])
        written(batch)
        written(batch)

        assert Product.objects.count() == 1

    def test_a_job_that_died_begins_again_and_doubles_nothing(self, batik) -> None:
        batch = checked(batik, [TRAY])
        written(batch)
        now = timezone.now()
        ProductImport.objects.update(state=ImportState.WRITING, finished_at=None)
        ProductImport.objects.update(touched_at=now - timezone.timedelta(minutes=3))

        assert requeue_stalled_product_imports(at=now) == 1
        work_on(batch.pk)
        assert Product.objects.count() == 1

    def test_a_wrong_state_is_refused(self, batik) -> None:
        batch = checked(batik, [TRAY])
        cancel_product_import(batch, by=batik.owner, via="web")
        cancel_product_import(batch, by=batik.owner, via="web")

        with pytest.raises(ActionRefused, match="Dibatalkan"):
            confirm_product_import(batch, by=batik.owner, via="web")
        with pytest.raises(ActionRefused, match="Selesai"):
            cancel_product_import(written(checked(batik, [TRAY])), by=batik.owner, via="web")

    def test_files_go_after_a_day_and_the_line_after_a_year(
        self, batik, django_capture_on_commit_callbacks
    ) -> None:
        batch = checked(batik, [TRAY])
        name, now = batch.file.name, timezone.now()

        assert drop_old_product_imports(at=now, by=None, via="jadwal") == 0
        later = now + timezone.timedelta(days=1, minutes=1)
        with django_capture_on_commit_callbacks(execute=True):
            assert drop_old_product_imports(at=later, by=None, via="jadwal") == 1
        batch.refresh_from_db()
        assert batch.state == ImportState.CANCELLED
        assert not storages["private"].exists(name)
        assert forget_old_product_imports(on=now.date()) == 0
        assert forget_old_product_imports(on=now.date() + timezone.timedelta(days=367)) == 1


class TestPages:
    @pytest.fixture
    def siti_signed_in(self, client, siti, batik, fresh_limits):
        client.force_login(siti)
        return client

    def send(self, client, **files):
        sheet = SimpleUploadedFile("produk.xlsx", write_rows(HEADERS, [[*TRAY[:5], "a.jpg"]]))
        return client.post("/saya/produk/impor/", {"berkas": sheet, "kirim": "on", **files})

    def test_from_upload_to_catalogue(self, siti_signed_in, batik) -> None:
        photos = [pictures.upload(name="a.jpg"), pictures.upload(name="b.jpg")]
        where = self.send(siti_signed_in, foto=photos)["Location"]
        waiting = siti_signed_in.get(where).content.decode()
        assert 'http-equiv="refresh"' in waiting

        work_on(ProductImport.objects.get().pk)
        ready = siti_signed_in.get(where).content.decode()
        assert "Simpan 1 baris yang benar" in ready
        siti_signed_in.post(f"{where}tulis/")
        work_on(ProductImport.objects.get().pk)

        assert "sudah tersimpan" in siti_signed_in.get(where).content.decode()
        assert Product.objects.get().status == ProductStatus.WAITING

    def test_a_zip_is_as_good(self, siti_signed_in, batik) -> None:
        packed = SimpleUploadedFile("foto.zip", zipped({"a.jpg": pictures.jpeg()}).read())
        self.send(siti_signed_in, foto=packed)
        work_on(ProductImport.objects.get().pk)

        assert ProductImport.objects.get().created == 1

    @pytest.mark.parametrize(
        ("name", "said"), [("foto.zip", "ZIP foto itu rusak"), ("a.docx", "a.docx bukan foto")]
    )
    def test_what_is_no_photo_is_said_at_once(self, siti_signed_in, name, said) -> None:
        answer = self.send(siti_signed_in, foto=SimpleUploadedFile(name, b"nothing"))

        assert said in answer.content.decode()
        assert not ProductImport.objects.exists()

    def test_nothing_sent_is_asked_for(self, siti_signed_in) -> None:
        assert b"Pilih berkas dulu." in siti_signed_in.post("/saya/produk/impor/").content

    def test_wrong_rows_to_take_home(self, siti_signed_in, batik) -> None:
        where = self.send(siti_signed_in)["Location"]
        work_on(ProductImport.objects.get().pk)

        assert b"Foto a.jpg belum dikirim" in siti_signed_in.get(where).content
        answer = siti_signed_in.get(f"{where}baris-salah/")
        assert answer["Content-Disposition"].startswith("attachment")

    def test_called_off(self, siti_signed_in, batik) -> None:
        where = self.send(siti_signed_in, foto=pictures.upload(name="a.jpg"))["Location"]
        work_on(ProductImport.objects.get().pk)

        answer = siti_signed_in.post(f"{where}batal/", follow=True)
        assert b"Tidak ada yang berubah." in answer.content

    def test_files_to_take(self, siti_signed_in, batik) -> None:
        make.product(batik)
        for path in ("templat", "ekspor", f"foto/{batik.pk}"):
            answer = siti_signed_in.get(f"/saya/produk/impor/{path}/")
            assert answer.status_code == 200
            assert "attachment" in answer["Content-Disposition"]
            b"".join(answer.streaming_content) if answer.streaming else answer.content
