"""A sheet on its way: twice, at once, after a job that died, and its end."""

from __future__ import annotations

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from catalog.actions.product_import import (
    cancel_product_import,
    confirm_product_import,
    drop_old_product_imports,
    forget_old_product_imports,
    upload_products,
)
from catalog.models import Product, ProductImport
from catalog.product_import import requeue_stalled_product_imports, work_on
from members.choices import ImportState
from tests.catalog.importing.sheets import TRAY, checked, written
from tests.race import all_at_once
from umkm_portal.lib.errors import ActionRefused


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
