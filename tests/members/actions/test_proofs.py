import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from members.actions.dues import (
    refuse_proof,
    submit_proof,
)
from members.choices import InvoiceStatus, ProofStatus
from members.models import (
    DuesInvoice,
    DuesProof,
    KadinMembership,
)
from tests.members.money import member, pay, pdf, picture
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.images import ImageRefused
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(batik, sekretariat) -> KadinMembership:
    return member(batik, by=sekretariat)


@pytest.fixture
def invoice(membership) -> DuesInvoice:
    return membership.invoices.get()


def at(day: str):
    return time_machine.travel(f"{day}T05:00:00+00:00", tick=False)


@pytest.mark.parametrize(("upload", "ending"), [(picture, ".jpg"), (pdf, ".pdf")])
def test_a_photo_or_pdf_waits_for_the_treasurer(invoice, siti, upload, ending) -> None:
    proof = submit_proof(invoice, upload(), by=siti, via="web")

    invoice.refresh_from_db()
    assert proof.file.name.endswith(ending)
    assert "bukti.jpg" not in proof.file.name
    assert invoice.status == InvoiceStatus.CHECKING
    assert Notice.objects.of(siti).filter(purpose="proof_received").count() == 1


def test_a_second_proof_while_one_waits_says_since_when(invoice, siti) -> None:
    with at("2026-06-03"):
        submit_proof(invoice, picture(), by=siti, via="web")

    with pytest.raises(ActionRefused) as refused:
        submit_proof(invoice, picture(), by=siti, via="web")
    assert str(refused.value) == (
        "Bukti untuk tagihan ini sudah kami terima 3 Juni 2026 dan sedang diperiksa."
    )


def test_no_proof_for_a_paid_bill(invoice, siti, bendahara) -> None:
    pay(invoice, by=bendahara)

    with pytest.raises(ActionRefused, match="Tagihan ini sudah lunas"):
        submit_proof(invoice, picture(), by=siti, via="web")


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("kosong.jpg", b""),
        SimpleUploadedFile("surat.docx", b"PK\x03\x04 not a picture"),
        SimpleUploadedFile("bukti.jpg", b"<script>alert(1)</script>"),
        SimpleUploadedFile("bukti.pdf", b"MZ\x90 not a pdf"),
    ],
    ids=["empty", "docx", "html", "exe"],
)
def test_what_is_no_proof_leaves_nothing(invoice, siti, upload) -> None:
    with pytest.raises(ImageRefused):
        submit_proof(invoice, upload, by=siti, via="web")
    assert not DuesProof.objects.exists()
    invoice.refresh_from_db()
    assert invoice.status == InvoiceStatus.UNPAID


def test_after_a_refusal_another_proof_may_come(invoice, siti, bendahara) -> None:
    proof = submit_proof(invoice, picture(), by=siti, via="web")
    refuse_proof(proof, reason="Jumlah tidak terbaca.", by=bendahara, via="admin")

    invoice.refresh_from_db()
    assert invoice.status == InvoiceStatus.PROOF_REFUSED
    notice = Notice.objects.of(siti).get(purpose="proof_refused")
    assert "Jumlah tidak terbaca." in notice.body
    second = submit_proof(invoice, picture(), by=siti, via="web")
    assert second.status == ProofStatus.WAITING


def test_refusing_twice_is_once_and_without_reason_not_at_all(invoice, siti, bendahara) -> None:
    proof = submit_proof(invoice, picture(), by=siti, via="web")
    with pytest.raises(ActionRefused, match="alasan"):
        refuse_proof(proof, reason="  ", by=bendahara, via="admin")
    for _time in range(2):
        refuse_proof(proof, reason="Buram.", by=bendahara, via="admin")

    assert AuditEntry.objects.filter(verb="dues_proof.refused").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_send_one_proof(batik, siti, sekretariat) -> None:
    invoice = member(batik, by=sekretariat).invoices.get()

    outcomes = all_at_once(
        lambda upload: submit_proof(invoice, upload, by=siti, via="web"), [picture(), picture()]
    )
    assert outcomes == ["done", "refused"]
    assert DuesProof.objects.count() == 1
