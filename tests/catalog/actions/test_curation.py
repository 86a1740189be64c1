"""The curator decides: once, with reasons, about what he has seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.actions.curation import approve_product, return_product, take_down
from catalog.actions.listing import submit_product
from catalog.choices import ProductStatus, ReturnReason
from catalog.models import Product
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice


@pytest.fixture
def waiting(batik) -> Product:
    return make.product(batik, status=ProductStatus.WAITING, decided_at=None, published_at=None)


class TestApprove:
    def test_it_is_live_and_siti_is_told(self, waiting, kurator, siti) -> None:
        product = approve_product(waiting, by=kurator, via="admin", checks=["mutu"])

        assert list(Product.objects.visible()) == [product]
        notice = Notice.objects.of(siti).get()
        assert notice.subject == "Produk tayang: Kain batik tulis"
        assert product.get_absolute_url() in notice.body
        entry = AuditEntry.objects.about(product).get()
        assert (entry.verb, entry.by, entry.data) == (
            "product.approved",
            kurator,
            {"old": "waiting", "new": "live", "checks": ["mutu"]},
        )

    def test_twice_is_once(self, waiting, kurator) -> None:
        for _press in range(2):
            approve_product(waiting, by=kurator, via="admin")

        assert Notice.objects.count() == AuditEntry.objects.count() == 1

    def test_a_curator_who_sells_does_not_decide_about_his_own_product(
        self, waiting, kurator
    ) -> None:
        waiting.business.owner = kurator
        waiting.business.save()

        with pytest.raises(ActionRefused, match="kurator lain"):
            approve_product(waiting, by=kurator, via="admin")
        with pytest.raises(ActionRefused, match="kurator lain"):
            return_product(waiting, reasons=[], note="Bagus.", by=kurator, via="admin")
        waiting.refresh_from_db()
        assert waiting.status == ProductStatus.WAITING

    def test_what_changed_meanwhile_is_looked_at_again(self, waiting, kurator) -> None:
        with pytest.raises(ActionRefused, match="baru saja diubah"):
            approve_product(
                waiting, by=kurator, via="admin", seen=waiting.updated_at - timedelta(seconds=1)
            )

    def test_a_suspended_business_shows_nothing(self, waiting, kurator) -> None:
        waiting.business.suspended_at = timezone.now()
        waiting.business.save()

        with pytest.raises(ActionRefused, match="ditangguhkan"):
            approve_product(waiting, by=kurator, via="admin")

    def test_no_photo_no_page(self, waiting, kurator) -> None:
        waiting.photos.all().delete()

        with pytest.raises(ActionRefused, match="tanpa foto"):
            approve_product(waiting, by=kurator, via="admin")

    def test_the_first_day_in_the_catalogue_is_kept(self, batik, kurator) -> None:
        since = timezone.now() - timedelta(days=30)
        product = make.product(batik, status=ProductStatus.WAITING, published_at=since)

        assert approve_product(product, by=kurator, via="admin").published_at == since


class TestReturn:
    def test_siti_reads_why_and_sends_it_again(self, waiting, kurator, siti) -> None:
        product = return_product(
            waiting,
            reasons=[ReturnReason.BLURRED],
            note="Pakai alas putih.",
            by=kurator,
            via="admin",
        )

        assert product.status == ProductStatus.NEEDS_REPAIR
        notice = Notice.objects.of(siti).get()
        assert notice.subject == "Produk perlu perbaikan: Kain batik tulis"
        assert "- Foto buram atau gelap." in notice.body
        assert "- Pakai alas putih." in notice.body
        assert f"/saya/produk/{product.pk}/" in notice.body

        submit_product(product, by=siti, via="web")
        return_product(product, reasons=["harga"], by=kurator, via="admin")
        assert Notice.objects.of(siti).count() == 2

    @pytest.mark.parametrize("reasons", [[], ["entah"]])
    def test_not_without_a_reason_of_ours(self, waiting, kurator, reasons) -> None:
        with pytest.raises(ActionRefused, match="alasan"):
            return_product(waiting, reasons=reasons, by=kurator, via="admin")

    def test_there_are_twelve_reasons(self) -> None:
        assert len(ReturnReason) == 12


class TestTakeDown:
    def test_it_is_gone_and_only_a_curator_gives_it_back(self, batik, kurator, siti) -> None:
        product = take_down(make.product(batik), reasons=["merek"], by=kurator, via="admin")

        assert not Product.objects.visible().exists()
        assert Notice.objects.of(siti).get().subject == "Produk diturunkan: Kain batik tulis"
        returned = return_product(product, reasons=["merek"], by=kurator, via="admin")
        assert returned.status == ProductStatus.NEEDS_REPAIR

    def test_a_draft_cannot_be(self, batik, kurator) -> None:
        draft = make.product(batik, status=ProductStatus.DRAFT)

        with pytest.raises(ActionRefused):
            take_down(draft, reasons=["merek"], by=kurator, via="admin")


@pytest.mark.django_db(transaction=True)
def test_of_approval_and_return_at_once_one_wins(waiting, kurator) -> None:
    def approve() -> None:
        approve_product(waiting, by=kurator, via="admin")

    def give_back() -> None:
        return_product(waiting, reasons=["buram"], by=kurator, via="admin")

    assert all_at_once(lambda decide: decide(), [approve, give_back]) == ["done", "refused"]
    waiting.refresh_from_db()
    verb = AuditEntry.objects.about(waiting).get().verb
    won = {ProductStatus.LIVE: "product.approved", ProductStatus.NEEDS_REPAIR: "product.returned"}
    assert won[waiting.status] == verb
    assert Notice.objects.count() == 1
