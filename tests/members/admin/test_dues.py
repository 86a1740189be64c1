from datetime import timedelta

import pytest
from django.utils import timezone

from members.actions.dues import submit_proof
from members.actions.membership import request_membership
from members.choices import ApplicationStatus, InvoiceStatus, ProofStatus
from members.models import DuesInvoice, DuesPayment, DuesProof, DuesRate, User
from tests import make
from tests.members.admin.desk import DESK
from tests.members.money import member, pay, pdf, picture
from umkm_portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db

ALL = [
    "kadinmembership",
    "duesinvoice",
    "duesproof",
    "duespayment",
    "heldpayment",
    "duesrate",
]


@pytest.fixture
def proof(invoice: DuesInvoice, siti: User) -> DuesProof:
    return submit_proof(invoice, picture(), by=siti, via="web")


def typed(**changes: str) -> dict[str, str]:
    today = timezone.localdate()
    return {
        "method": "transfer",
        "received_on": f"{today:%d/%m/%Y}",
        "fit": "pas",
        "amount": "Rp120.000",
        "reference": "TRF 778",
        "simpan": "1",
        **changes,
    }


# --- the secretariat ------------------------------------------------------------------------------


def test_the_secretariat_sees_what_it_needs_and_nothing_of_pemkots(
    client, siti, sekretariat
) -> None:
    business = make.business(siti, decision_reason="Catatan rahasia Pemkot", repair_fields=["rt"])
    membership = request_membership(business, by=siti, via="web")
    client.force_login(sekretariat)

    page = client.get(f"{DESK}kadinmembership/{membership.pk}/change/").content.decode()
    assert "Batik Siti" in page
    assert "Terima pencatatan" in page
    assert "Keanggotaan dimohon" in page
    assert "Catatan rahasia" not in page
    assert client.get(f"{DESK}business/{business.pk}/change/").status_code in {403, 404}
    assert client.get(f"{DESK}document/").status_code in {403, 404}


def test_the_secretariat_accepts(client, siti, batik, sekretariat) -> None:
    membership = request_membership(batik, by=siti, via="web")
    client.force_login(sekretariat)
    address = f"{DESK}kadinmembership/{membership.pk}/terima/"

    assert client.get(address).status_code == 200
    membership.refresh_from_db()
    assert membership.status == ApplicationStatus.SUBMITTED
    answer = client.post(address, follow=True)

    membership.refresh_from_db()
    assert membership.status == ApplicationStatus.APPROVED
    assert "Usaha tercatat" in answer.content.decode()
    assert AuditEntry.objects.get(verb="kadin_membership.accepted").via == "admin"


def test_repair_and_refusal_need_a_reason_and_keep_what_was_typed(
    client, siti, batik, sekretariat
) -> None:
    membership = request_membership(batik, by=siti, via="web")
    client.force_login(sekretariat)
    address = f"{DESK}kadinmembership/{membership.pk}/"

    page = client.post(f"{address}perbaikan/", {"reason": "Alamat kurang"}).content.decode()
    assert "Pilih paling sedikit satu bagian." in page
    assert "Alamat kurang" in page
    assert "Tulis alasannya." in client.post(f"{address}tolak/", {"reason": " "}).content.decode()
    client.post(f"{address}perbaikan/", {"fields_to_repair": ["street"], "reason": "Kurang"})

    membership.refresh_from_db()
    assert membership.status == ApplicationStatus.NEEDS_REPAIR
    assert membership.repair_fields == ["street"]
    late = client.post(f"{address}tolak/", {"reason": "x"}).content.decode()
    assert "sudah diputuskan" in late


# --- the treasurer --------------------------------------------------------------------------------


def test_the_treasurer_looks_and_confirms(client, siti, proof, bendahara) -> None:
    client.force_login(bendahara)

    page = client.get(f"{DESK}duesproof/{proof.pk}/change/").content.decode()
    assert f"{DESK}duesproof/{proof.pk}/berkas/" in page
    file = client.get(f"{DESK}duesproof/{proof.pk}/berkas/")
    assert file["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.get(verb="dues_proof.viewed").by == bendahara
    answer = client.post(f"{DESK}duesproof/{proof.pk}/terima/", typed(), follow=True)

    assert "Uang tercatat." in answer.content.decode()
    payment = DuesPayment.objects.get()
    assert (payment.amount, payment.reference, payment.confirmed_by) == (
        120_000,
        "TRF 778",
        bendahara,
    )
    proof.refresh_from_db()
    assert proof.status == ProofStatus.ACCEPTED


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"amount": "banyak"}, "Tulis jumlah dalam rupiah"),
        ({"received_on": "31/02/2026"}, "tidak ada di kalender"),
        ({"received_on": "01/01/2199"}, "belum terjadi"),
        ({"reference": ""}, "Bagian ini belum diisi."),
        ({"reference": "x" * 61}, "Paling banyak 60 huruf"),
        ({"reference": "\x00"}, "Bagian ini belum diisi."),
    ],
)
def test_a_wrong_line_of_the_bank_is_answered(client, proof, bendahara, change, sentence) -> None:
    client.force_login(bendahara)
    answer = client.post(f"{DESK}duesproof/{proof.pk}/terima/", typed(**change))

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not DuesPayment.objects.exists()


def test_the_treasurer_refuses_with_a_reason(client, proof, bendahara, invoice) -> None:
    client.force_login(bendahara)
    client.post(f"{DESK}duesproof/{proof.pk}/tolak/", {"reason": "Buram <i>"})

    invoice.refresh_from_db()
    assert invoice.status == InvoiceStatus.PROOF_REFUSED
    late = client.post(f"{DESK}duesproof/{proof.pk}/terima/", typed()).content.decode()
    assert "Data ini baru saja diubah petugas lain." in late
    assert not DuesPayment.objects.exists()


def test_money_seen_without_a_proof_is_booked_on_the_bill(client, invoice, bendahara) -> None:
    client.force_login(bendahara)
    client.post(f"{DESK}duesinvoice/{invoice.pk}/catat/", typed())

    invoice.refresh_from_db()
    assert invoice.status == InvoiceStatus.PAID


def test_a_pdf_is_linked_and_not_drawn(client, siti, invoice, bendahara) -> None:
    proof = submit_proof(invoice, pdf(), by=siti, via="web")
    client.force_login(bendahara)

    assert "<img src" not in client.get(f"{DESK}duesproof/{proof.pk}/change/").content.decode()


def test_the_queue_is_oldest_first(client, siti, sekretariat, bendahara) -> None:
    for name in ("Roti Lama", "Roti Baru"):
        found = member(make.business(siti, name=name), by=sekretariat).invoices.get()
        submit_proof(found, picture(), by=siti, via="web")
    DuesProof.objects.filter(invoice__membership__business__name="Roti Lama").update(
        uploaded_at=timezone.now() - timedelta(days=3)
    )
    client.force_login(bendahara)

    page = client.get(f"{DESK}duesproof/?status__exact=waiting").content.decode()
    assert page.index("Roti Lama") < page.index("Roti Baru")


# --- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ALL)
@pytest.mark.parametrize("who", ["petugas", "kurator", "siti"])
def test_pemkots_staff_and_owners_see_no_dues(client, request, proof, who, model) -> None:
    client.force_login(request.getfixturevalue(who))

    assert client.get(f"{DESK}{model}/").status_code in {302, 403, 404}
    for page in (
        "terima",
        "tolak",
        "berkas",
        "change",
        "catat",
        "perbaikan",
        "tangguhkan",
        "pulihkan",
    ):
        answer = client.post(f"{DESK}{model}/{proof.pk}/{page}/", typed())
        assert answer.status_code in {302, 403, 404}
    assert not DuesPayment.objects.exists()
    assert not AuditEntry.objects.filter(verb="dues_proof.viewed").exists()


def test_the_secretariat_sees_money_but_does_not_confirm_it(
    client, proof, invoice, sekretariat
) -> None:
    client.force_login(sekretariat)

    page = client.get(f"{DESK}duesproof/{proof.pk}/change/").content.decode()
    assert "Uang sudah masuk" not in page
    for address in (f"duesproof/{proof.pk}/terima", f"duesinvoice/{invoice.pk}/catat"):
        assert client.post(f"{DESK}{address}/", typed()).status_code == 403
    assert client.post(f"{DESK}duesproof/{proof.pk}/tolak/", {"reason": "x"}).status_code == 403


def test_the_treasurer_does_not_decide_about_members(client, siti, batik, bendahara) -> None:
    membership = request_membership(batik, by=siti, via="web")
    client.force_login(bendahara)

    assert client.post(f"{DESK}kadinmembership/{membership.pk}/terima/").status_code == 403


def test_nothing_is_typed_over_added_or_deleted(client, proof, invoice, admin, bendahara) -> None:
    pay(invoice, by=bendahara)
    client.force_login(admin)

    for model, row in (
        ("duesinvoice", invoice.pk),
        ("duesproof", proof.pk),
        ("duespayment", DuesPayment.objects.get().pk),
        ("kadinmembership", invoice.membership_id),
    ):
        assert client.get(f"{DESK}{model}/{row}/change/").status_code == 200
        assert client.get(f"{DESK}{model}/add/").status_code == 403
        assert client.post(f"{DESK}{model}/{row}/delete/", {"post": "yes"}).status_code == 403
        client.post(f"{DESK}{model}/{row}/change/", {"status": "void", "amount": "1"})
    invoice.refresh_from_db()
    assert (invoice.status, invoice.amount) == (InvoiceStatus.PAID, 120_000)


def test_a_rate_is_read_and_never_typed(client, admin, bendahara) -> None:
    first = DuesRate.objects.get()
    values = {"starts_on": "17/03/2027", "amount": "1"}
    for user in (bendahara, admin):
        client.force_login(user)
        assert client.get(f"{DESK}duesrate/{first.pk}/change/").status_code == 200
        assert client.post(f"{DESK}duesrate/add/", values).status_code == 403
        client.post(f"{DESK}duesrate/{first.pk}/change/", values)
        assert client.post(f"{DESK}duesrate/{first.pk}/delete/").status_code == 403
    assert DuesRate.objects.get().amount == 120_000


def test_hidden_fields_are_not_guessed_by_filters(client, proof, sekretariat) -> None:
    client.force_login(sekretariat)

    for query in (
        "business__decision_reason__startswith=a",
        "business__owner__owner__nik_digest__startswith=a",
        "business__owner__password__startswith=a",
    ):
        assert client.get(f"{DESK}kadinmembership/?{query}").status_code in {302, 400}


@pytest.mark.parametrize("model", ALL[:4])
def test_lists_cost_the_same_for_one_and_three(
    client, siti, sekretariat, admin, django_assert_max_num_queries, model
) -> None:
    def one_more(name: str) -> None:
        found = member(make.business(siti, name=name), by=sekretariat).invoices.get()
        submit_proof(found, picture(), by=siti, via="web")
        pay(found, by=sekretariat)

    one_more("Roti 1")
    client.force_login(admin)
    client.get(f"{DESK}{model}/")
    with django_assert_max_num_queries(12) as one:
        client.get(f"{DESK}{model}/")
    one_more("Roti 2")
    one_more("Roti 3")
    with django_assert_max_num_queries(12) as three:
        client.get(f"{DESK}{model}/")

    assert len(one) == len(three)
