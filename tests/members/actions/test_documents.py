"""What one account may keep here of scans and proofs."""

from __future__ import annotations

import pytest

from members.actions.documents import keep_ktp
from members.actions.dues import submit_proof
from members.actions.membership import accept_membership, request_membership
from members.actions.registration import FieldRefused, save_draft, start_another
from members.choices import ApplicationStatus
from members.models import Business, Document, DuesProof
from tests.members.money import pdf
from umkm_portal.lib.errors import ActionRefused

SCAN = b"%PDF-1.4 " + b"a" * 600


@pytest.fixture
def small_share(settings) -> None:
    settings.MEMBER_PRIVATE_BYTES = 1_000


@pytest.mark.usefixtures("small_share")
def test_begun_and_cancelled_applications_do_not_fill_the_disk(siti) -> None:
    first = save_draft(siti, data={"ktp": SCAN}, by=siti, via="web")
    Business.objects.filter(pk=first.pk).update(status=ApplicationStatus.CANCELLED)
    start_another(siti, by=siti, via="web")

    with pytest.raises(FieldRefused, match="penuh") as refusal:
        save_draft(siti, data={"ktp": SCAN}, by=siti, via="web")

    assert refusal.value.field == "ktp"
    assert Document.objects.count() == 1


@pytest.mark.usefixtures("small_share")
def test_another_photo_in_place_of_the_first_is_no_more(batik, siti) -> None:
    for _try in range(3):
        keep_ktp(batik, content=SCAN, by=siti, via="web")

    assert Document.objects.get().size == len(SCAN)


def test_a_proof_counts_too(batik, siti, sekretariat, settings) -> None:
    keep_ktp(batik, content=SCAN, by=siti, via="web")
    asked = request_membership(batik, by=siti, via="web")
    invoice = accept_membership(asked, by=sekretariat, via="admin").invoices.get()
    settings.MEMBER_PRIVATE_BYTES = len(SCAN)

    with pytest.raises(ActionRefused, match="penuh"):
        submit_proof(invoice, pdf(), by=siti, via="web")

    assert not DuesProof.objects.exists()
