"""A shopper says a listing is wrong; a curator decides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.actions.complaints import (
    MOST_WAITING,
    dismiss_complaint,
    drop_old_complaints,
    file_complaint,
    uphold_complaint,
)
from catalog.actions.listing import archive_product
from catalog.choices import ComplaintStatus, ProductStatus
from catalog.models import Complaint, Product
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice


def file(product: Product, text: str = "Fotonya bukan kain ini.", **values) -> Complaint:
    return file_complaint(
        product, **{"reason": "tidak_benar", "text": text, "by": None, "via": "web", **values}
    )


@pytest.fixture
def product(batik) -> Product:
    return make.product(batik)


def test_it_waits_and_names_nobody(product) -> None:
    complaint = file(product)

    assert complaint.status == ComplaintStatus.WAITING
    assert AuditEntry.objects.get(verb="complaint.filed").by is None


def test_the_same_words_again_are_the_same_report(product) -> None:
    assert file(product) == file(product)
    assert file(product, "Lain") != file(product)
    assert Complaint.objects.count() == 2


def test_a_reason_of_nobodys_is_refused(product) -> None:
    with pytest.raises(ActionRefused, match="Pilih satu alasan"):
        file(product, reason="entah")


def test_a_curator_is_not_buried(product) -> None:
    for number in range(MOST_WAITING):
        file(product, f"Cerita {number}")
    with pytest.raises(ActionRefused, match="sudah banyak dilaporkan"):
        file(product, "Satu lagi")


def test_a_dismissed_one_leaves_the_product_where_it_is(product, kurator) -> None:
    complaint = file(product)
    for _again in range(2):
        dismiss_complaint(complaint, note="Fotonya benar.", by=kurator, via="admin")

    product.refresh_from_db()
    complaint.refresh_from_db()
    assert product.status == ProductStatus.LIVE
    assert (complaint.status, complaint.decided_by) == (ComplaintStatus.DISMISSED, kurator)
    assert AuditEntry.objects.filter(verb="complaint.dismissed").count() == 1


def test_a_dismissal_says_why(product, kurator) -> None:
    with pytest.raises(ActionRefused, match="Tulis alasannya"):
        dismiss_complaint(file(product), note="", by=kurator, via="admin")


def test_an_upheld_one_takes_the_product_down_and_answers_the_others(
    product, siti, kurator
) -> None:
    complaint, other = file(product), file(product, "Merek orang.", reason="tiruan")
    for _again in range(2):
        uphold_complaint(complaint, reasons=["merek"], note="", by=kurator, via="admin")

    product.refresh_from_db()
    other.refresh_from_db()
    assert product.status == ProductStatus.TAKEN_DOWN
    assert other.status == ComplaintStatus.UPHELD
    assert Notice.objects.of(siti).filter(purpose="product_taken_down").count() == 1


def test_taking_down_needs_a_reason(product, kurator) -> None:
    complaint = file(product)
    with pytest.raises(ActionRefused, match="Pilih paling sedikit satu alasan"):
        uphold_complaint(complaint, reasons=[], note="", by=kurator, via="admin")
    complaint.refresh_from_db()
    assert complaint.is_waiting


def test_what_its_owner_took_away_cannot_be_taken_down(product, siti, kurator) -> None:
    complaint = file(product)
    archive_product(product, by=siti, via="web")
    with pytest.raises(ActionRefused, match="diubah orang lain"):
        uphold_complaint(complaint, reasons=["merek"], note="", by=kurator, via="admin")


def test_a_decision_is_not_turned_round(product, kurator) -> None:
    complaint = file(product)
    dismiss_complaint(complaint, note="Benar.", by=kurator, via="admin")
    with pytest.raises(ActionRefused, match="sudah diputuskan"):
        uphold_complaint(complaint, reasons=["merek"], note="", by=kurator, via="admin")


def test_nobody_decides_about_her_own_goods(product, siti) -> None:
    for decide in (
        lambda c: dismiss_complaint(c, note="x", by=siti, via="admin"),
        lambda c: uphold_complaint(c, reasons=["merek"], note="", by=siti, via="admin"),
    ):
        with pytest.raises(ActionRefused, match="kurator lain"):
            decide(file(product))


def test_decided_ones_go_after_a_year(product, kurator) -> None:
    dismiss_complaint(file(product), note="Benar.", by=kurator, via="admin")
    file(product, "Baru")
    today = timezone.localdate()

    assert drop_old_complaints(on=today + timedelta(days=365)) == 0
    assert drop_old_complaints(on=today + timedelta(days=367)) == 1


@pytest.mark.django_db(transaction=True)
def test_many_who_say_the_same_at_once_are_one(product) -> None:
    outcomes = all_at_once(lambda _: file(product), range(4))

    assert outcomes == ["done"] * 4
    assert Complaint.objects.count() == 1
