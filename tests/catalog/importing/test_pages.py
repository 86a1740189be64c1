"""The pages of a sheet."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.choices import ProductStatus
from catalog.models import Product, ProductImport
from catalog.product_import import work_on
from tests import make
from tests.catalog import pictures
from tests.catalog.importing.sheets import HEADERS, TRAY, zipped
from umkm_portal.lib.xlsx import write_rows


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
