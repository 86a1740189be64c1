"""Her dues, from asking to the card."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members.actions.dues import refuse_proof, submit_proof
from members.choices import ApplicationStatus, InvoiceStatus
from members.models import Business, DuesInvoice, DuesPayment, DuesProof, KadinMembership, User
from tests import make
from tests.members.browser import sign_in
from tests.members.money import member, pay, pdf, picture
from umkm_portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice(batik: Business, sekretariat: User) -> DuesInvoice:
    return member(batik, by=sekretariat).invoices.get()


def test_siti_asks_after_reading_who_will_see_what(client, siti, batik) -> None:
    sign_in(client, siti)

    assert "Ajukan pencatatan" in client.get("/saya/iuran/").content.decode()
    page = client.get(f"/saya/iuran/ajukan/{batik.pk}/").content.decode()
    assert "Siapa yang melihat data ini?" in page
    answer = client.post(f"/saya/iuran/ajukan/{batik.pk}/", follow=True)

    assert "Permohonan terkirim" in answer.content.decode()
    assert batik.kadin.status == ApplicationStatus.SUBMITTED


def test_a_draft_is_told_to_be_sent_first(client, siti) -> None:
    draft = Business.objects.create(owner=siti)
    answer = sign_in(client, siti).post(f"/saya/iuran/ajukan/{draft.pk}/", follow=True)

    assert "Kirim dulu pendaftaran usaha Anda" in answer.content.decode()
    assert not KadinMembership.objects.exists()


def test_the_bill_leads_with_amount_and_day(client, siti, invoice, settings) -> None:
    page = sign_in(client, siti).get(f"/saya/iuran/{invoice.number}/").content.decode()

    assert page.index("Rp120.000") < page.index("bayar sebelum") < page.index("Transfer bank")
    assert f'data-salin="{settings.BANK_ACCOUNT}"' in page
    assert "tanpa biaya tambahan" in page
    assert "Masa bila uang masuk hari ini" in page


def test_an_overdue_bill_says_so(client, siti, invoice) -> None:
    DuesInvoice.objects.update(issued_on="2026-01-01", due_on="2026-01-15")

    assert "Jatuh tempo" in sign_in(client, siti).get("/saya/iuran/").content.decode()


@pytest.mark.parametrize("upload", [picture, pdf])
def test_siti_sends_a_proof_and_can_fetch_it_again(client, siti, invoice, upload) -> None:
    sign_in(client, siti)
    answer = client.post(f"/saya/iuran/{invoice.number}/bukti/", {"bukti": upload()}, follow=True)

    page = answer.content.decode()
    assert "Bukti transfer terkirim. Bendahara memeriksa paling lama 2 hari kerja." in page
    assert "sedang diperiksa" in page
    proof = DuesProof.objects.get()
    file = client.get(f"/saya/iuran/{invoice.number}/bukti/{proof.pk}/")
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert AuditEntry.objects.get(verb="dues_proof.viewed").by == siti


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (None, "Pilih foto atau PDF bukti transfer."),
        (SimpleUploadedFile("a.jpg", b""), "Berkas itu kosong. Pilih berkas lain."),
        (SimpleUploadedFile("a.jpg", b"not a picture"), "Berkas itu rusak atau bukan foto."),
        (SimpleUploadedFile("a.docx", b"PK"), "Berkas .docx tidak bisa dibuka."),
    ],
)
def test_what_is_no_proof_gets_a_sentence(client, siti, invoice, upload, sentence) -> None:
    data = {} if upload is None else {"bukti": upload}
    answer = sign_in(client, siti).post(f"/saya/iuran/{invoice.number}/bukti/", data)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert "<title>Kesalahan:" in page
    assert not DuesProof.objects.exists()


def test_the_second_tab_is_told_since_when(client, siti, invoice) -> None:
    sign_in(client, siti)
    client.post(f"/saya/iuran/{invoice.number}/bukti/", {"bukti": picture()})
    second = client.post(f"/saya/iuran/{invoice.number}/bukti/", {"bukti": picture()})

    assert "Bukti untuk tagihan ini sudah kami terima" in second.content.decode()
    assert DuesProof.objects.count() == 1


def test_a_reload_of_the_proofs_address_goes_to_the_bill(client, siti, invoice) -> None:
    answer = sign_in(client, siti).get(f"/saya/iuran/{invoice.number}/bukti/")

    assert answer.url == f"/saya/iuran/{invoice.number}/"


def test_a_refused_proof_says_why_and_takes_another(client, siti, invoice, bendahara) -> None:
    proof = submit_proof(invoice, picture(), by=siti, via="web")
    refuse_proof(proof, reason="Jumlah <b>tidak</b> terbaca.", by=bendahara, via="admin")
    page = sign_in(client, siti).get(f"/saya/iuran/{invoice.number}/").content.decode()

    assert "Jumlah &lt;b&gt;tidak&lt;/b&gt; terbaca." in page
    assert "Kirim bukti transfer" in page


def test_a_paid_bill_leads_to_receipt_and_card(client, siti, invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara)
    sign_in(client, siti)

    assert (
        "Tagihan ini sudah lunas." in client.get(f"/saya/iuran/{invoice.number}/").content.decode()
    )
    receipt = client.get(f"/saya/iuran/{invoice.number}/kuitansi/").content.decode()
    for words in (
        payment.receipt_number,
        "Sudah terima dari",
        "seratus dua puluh ribu rupiah",
        "Sah tanpa tanda tangan basah; periksa di",
        "Bukan faktur pajak",
        f"/kuitansi/{payment.receipt_code}/",
        "<svg",
    ):
        assert words in receipt
    card = client.get("/saya/kartu/").content.decode()
    assert invoice.membership.number in card
    assert invoice.membership.card_code in card


def test_no_receipt_before_the_money(client, siti, invoice) -> None:
    assert sign_in(client, siti).get(f"/saya/iuran/{invoice.number}/kuitansi/").status_code == 404


def test_paying_again_too_early_says_from_when(client, siti, invoice, bendahara) -> None:
    pay(invoice, by=bendahara)
    answer = sign_in(client, siti).post(f"/saya/iuran/bayar/{invoice.membership_id}/", follow=True)

    assert "Tagihan berikutnya bisa dibuat mulai" in answer.content.decode()
    assert DuesInvoice.objects.count() == 1


# --- who may --------------------------------------------------------------------------------------


def addresses(invoice: DuesInvoice, proof: DuesProof) -> list[str]:
    business, membership = invoice.membership.business, invoice.membership
    return [
        f"/saya/iuran/ajukan/{business.pk}/",
        f"/saya/iuran/perbaiki/{membership.pk}/",
        f"/saya/iuran/bayar/{membership.pk}/",
        f"/saya/iuran/{invoice.number}/",
        f"/saya/iuran/{invoice.number}/bukti/",
        f"/saya/iuran/{invoice.number}/bukti/{proof.pk}/",
        f"/saya/iuran/{invoice.number}/kuitansi/",
    ]


@pytest.mark.parametrize("who", ["budi", "petugas", "bendahara", "sekretariat"])
def test_what_is_sitis_is_not_there_for_anybody_else(
    client, request, siti, invoice, bendahara, who
) -> None:
    proof = submit_proof(invoice, picture(), by=siti, via="web")
    pay(invoice, by=bendahara)
    sign_in(client, request.getfixturevalue(who))

    for address in addresses(invoice, proof):
        if "/bayar/" not in address:
            assert client.get(address).status_code == 404, address
        if not address.endswith((f"/bukti/{proof.pk}/", "/kuitansi/", f"{invoice.number}/")):
            assert client.post(address, {"bukti": picture()}).status_code == 404, address
    assert not AuditEntry.objects.filter(verb="dues_proof.viewed").exists()


def test_a_proof_is_not_found_under_another_bill(client, siti, invoice) -> None:
    proof = submit_proof(invoice, picture(), by=siti, via="web")

    assert sign_in(client, siti).get(f"/saya/iuran/INV-X/bukti/{proof.pk}/").status_code == 404


def test_visitors_are_sent_to_sign_in(client, invoice) -> None:
    for address in ("/saya/iuran/", "/saya/kartu/", f"/saya/iuran/{invoice.number}/"):
        assert client.get(address).url.startswith("/akun/masuk/")


def test_nothing_is_confirmed_by_extra_fields(client, siti, invoice) -> None:
    sign_in(client, siti).post(
        f"/saya/iuran/{invoice.number}/bukti/",
        {"bukti": picture(), "status": "paid", "amount": "1", "verified": "on", "owner": "1"},
    )

    invoice.refresh_from_db()
    assert (invoice.status, invoice.amount) == (InvoiceStatus.CHECKING, 120_000)
    assert not DuesPayment.objects.exists()


def test_reading_changes_nothing(client, siti, invoice) -> None:
    page = sign_in(client, siti).get(f"/saya/iuran/bayar/{invoice.membership_id}/")
    assert "Data masih benar?" in page.text
    assert DuesInvoice.objects.count() == 1


# --- how many queries -----------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["/saya/iuran/", "/saya/kartu/"])
def test_three_businesses_cost_what_one_does(
    client, siti, sekretariat, django_assert_max_num_queries, page
) -> None:
    pay(member(make.business(siti), by=sekretariat).invoices.get(), by=sekretariat)
    sign_in(client, siti).get(page)
    with django_assert_max_num_queries(15) as one:
        client.get(page)
    for n in range(2):
        other = make.business(siti, name=f"Batik {n}")
        pay(member(other, by=sekretariat).invoices.get(), by=sekretariat)
    with django_assert_max_num_queries(15) as three:
        client.get(page)

    assert len(three) == len(one)
