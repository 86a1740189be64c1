from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.actions.dues import (
    refuse_proof,
    submit_proof,
)
from members.actions.dues_rules import expected_period
from members.choices import InvoiceStatus, MembershipState, ProofStatus, ProposalKind, Role
from members.models import (
    DuesInvoice,
    DuesPayment,
    DuesProof,
    KadinMembership,
    MembershipTerm,
)
from tests import make
from tests.members.money import bill, member, pay, pdf, picture
from tests.members.two_people import changed
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


# --- the bill ------------------------------------------------------------------------------------


def test_the_bill_says_what_when_and_where(invoice, siti, settings) -> None:
    assert invoice.number == f"INV-KJS-{timezone.localdate().year}-000001"
    assert invoice.due_on == invoice.issued_on + timedelta(days=settings.DUES_DUE_DAYS)
    notice = Notice.objects.of(siti).get(purpose="dues_invoice")
    assert notice.subject.startswith("Tagihan iuran Kadin Rp120.000 — jatuh tempo ")
    assert "tanpa biaya tambahan" in notice.body
    assert settings.BANK_ACCOUNT in notice.body
    assert notice.link == f"/saya/iuran/{invoice.number}/"


def test_letters_keep_names_as_people_write_them(siti, sekretariat) -> None:
    business = make.business(siti, name="Kue D'Ibu & Anak <3>")
    pay(member(business, by=sekretariat).invoices.get(), by=sekretariat)

    letters = list(Notice.objects.of(siti))
    assert len(letters) == 3
    assert all("Kue D'Ibu & Anak <3>" in letter.body for letter in letters)


def test_pressing_bayar_again_gives_the_same_bill(membership, invoice) -> None:
    assert bill(membership) == invoice
    assert AuditEntry.objects.filter(verb="dues_invoice.opened").count() == 1


@pytest.mark.django_db(transaction=True)
def test_bayar_five_times_at_once_is_one_bill(batik, sekretariat) -> None:
    with at("2026-06-01"):
        membership = member(batik, by=sekretariat)
        pay(membership.invoices.get(), by=sekretariat)
    with at("2027-05-20"):
        assert all_at_once(bill, [membership] * 5) == ["done"] * 5
    assert membership.invoices.count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_members_billed_at_once_get_gap_free_numbers(budi, sekretariat) -> None:
    members = [
        KadinMembership.objects.create(
            business=make.business(budi, name=f"Roti {n}"),
            card_code=f"KARTU0000{n}",
            requested_at=timezone.now(),
            status="approved",
            number=f"JSP-KDN-2026-9{n}",
        )
        for n in range(8)
    ]

    assert all_at_once(bill, members) == ["done"] * 8
    numbers = sorted(DuesInvoice.objects.values_list("number", flat=True))
    assert [int(n[-6:]) for n in numbers] == list(range(1, 9))


def test_a_bill_waits_until_thirty_days_before_the_end(membership, invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara)
    end = invoice.term.period.upper

    too_early = pytest.raises(ActionRefused, match="sudah lunas sampai")
    with at((end - timedelta(days=31)).isoformat()), too_early:
        bill(membership)
    with at((end - timedelta(days=30)).isoformat()):
        assert bill(membership) != payment.invoice


def test_a_new_rate_leaves_old_bills_alone(membership, invoice, bendahara, admin) -> None:
    changed(ProposalKind.FEE, by=bendahara, and_by=admin, amount=150_000)
    pay(invoice, by=bendahara)

    with at((invoice.term.period.upper - timedelta(days=5)).isoformat()):
        assert bill(membership).amount == 150_000
    invoice.refresh_from_db()
    assert invoice.amount == 120_000


def test_a_suspended_member_is_not_billed(membership, invoice, bendahara) -> None:
    KadinMembership.objects.filter(pk=membership.pk).update(suspended_at=timezone.now())

    with pytest.raises(ActionRefused, match="ditangguhkan"):
        bill(membership)


def test_numbers_and_days_go_by_the_year_in_jakarta(batik, sekretariat) -> None:
    with time_machine.travel("2026-12-31T16:59:50+00:00", tick=False):  # 23.59.50 WIB
        before = member(batik, by=sekretariat).invoices.get()
    with time_machine.travel("2026-12-31T17:00:10+00:00", tick=False):  # 00.00.10 WIB
        payment = pay(before, by=sekretariat)

    assert before.number == "INV-KJS-2026-000001"
    assert before.issued_on == date(2026, 12, 31)
    assert payment.receipt_number == "KW-KJS-2027-000001"
    assert payment.received_on == date(2027, 1, 1)


# --- the proof -----------------------------------------------------------------------------------


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


# --- the money -----------------------------------------------------------------------------------


def test_confirming_fixes_the_year_and_thanks_the_owner(invoice, siti, bendahara) -> None:
    proof = submit_proof(invoice, picture(), by=siti, via="web")
    payment = pay(invoice, by=bendahara)

    invoice.refresh_from_db()
    proof.refresh_from_db()
    assert invoice.status == InvoiceStatus.PAID
    assert proof.status == ProofStatus.ACCEPTED
    assert invoice.term.period.lower == payment.received_on
    notice = Notice.objects.of(siti).get(purpose="dues_paid")
    assert notice.subject == f"Lunas — kuitansi {payment.receipt_number}"
    entry = AuditEntry.objects.get(verb="dues.confirmed")
    assert (entry.data["old"], entry.data["new"], entry.by) == ("checking", "paid", bendahara)


def test_confirming_the_same_money_twice_is_once(invoice, bendahara, sekretariat) -> None:
    assert pay(invoice, by=bendahara) == pay(invoice, by=sekretariat)
    assert AuditEntry.objects.filter(verb="dues.confirmed").count() == 1
    assert Notice.objects.filter(purpose="dues_paid").count() == 1


def test_other_money_for_a_paid_bill_is_refused(invoice, bendahara) -> None:
    pay(invoice, by=bendahara)

    with pytest.raises(ActionRefused, match="sudah lunas"):
        pay(invoice, by=bendahara, reference="TRF-002")


@pytest.mark.parametrize(("days", "sentence"), [(1, "belum terjadi"), (-31, "baru terbit")])
def test_the_banks_day_must_be_possible(invoice, bendahara, days, sentence) -> None:
    with pytest.raises(ActionRefused, match=sentence):
        pay(invoice, by=bendahara, on=invoice.issued_on + timedelta(days=days))


def test_money_needs_a_reference(invoice, bendahara) -> None:
    with pytest.raises(ActionRefused, match="referensi"):
        pay(invoice, by=bendahara, reference=" ")


def test_nobody_confirms_their_own_payment(invoice, siti) -> None:
    with pytest.raises(ActionRefused, match="petugas lain"):
        pay(invoice, by=siti)


@pytest.mark.parametrize(
    ("paid_on", "ends"),
    [
        ("2026-06-01", date(2027, 5, 31)),
        ("2026-12-31", date(2027, 12, 30)),
        ("2027-02-28", date(2028, 2, 27)),
        ("2027-03-01", date(2028, 2, 29)),
        ("2028-02-29", date(2029, 2, 28)),
        ("2028-03-01", date(2029, 2, 28)),
    ],
)
def test_a_first_year_begins_with_the_money(batik, sekretariat, paid_on, ends) -> None:
    with at(paid_on):
        payment = pay(member(batik, by=sekretariat).invoices.get(), by=sekretariat)

    assert payment.invoice.term.period.lower == date.fromisoformat(paid_on)
    assert payment.invoice.term.last_day == ends


@pytest.mark.parametrize(
    ("paid_on", "starts"),
    [
        ("2027-05-20", date(2027, 6, 1)),  # before the end
        ("2027-05-31", date(2027, 6, 1)),  # on the last day
        ("2027-06-01", date(2027, 6, 1)),
        ("2027-06-30", date(2027, 6, 1)),  # last day of grace
        ("2027-07-01", date(2027, 7, 1)),  # a gap of a month
        ("2027-11-05", date(2027, 11, 5)),
    ],
)
def test_a_renewal_follows_on_unless_there_was_a_gap(batik, sekretariat, paid_on, starts) -> None:
    with at("2026-06-01"):
        membership = member(batik, by=sekretariat)
        pay(membership.invoices.get(), by=sekretariat)
    with at(paid_on):
        foreseen = expected_period(membership, on=timezone.localdate())
        pay(bill(membership), by=sekretariat)

    terms = list(MembershipTerm.objects.order_by("period"))
    assert [term.period.lower for term in terms] == [date(2026, 6, 1), starts]
    assert terms[1].period == foreseen


def test_a_year_paid_ahead_is_not_about_to_end(batik, sekretariat) -> None:
    with at("2026-06-01"):
        membership = member(batik, by=sekretariat)
        pay(membership.invoices.get(), by=sekretariat)
    with at("2027-05-20"):
        assert membership.state(on=timezone.localdate()) == MembershipState.SOON
        pay(bill(membership), by=sekretariat)
        assert membership.state(on=timezone.localdate()) == MembershipState.ACTIVE
        assert membership.paid_until(on=timezone.localdate()) == date(2028, 6, 1)


@pytest.mark.parametrize(
    ("days", "state", "good"),
    [
        (-31, MembershipState.ACTIVE, True),
        (-1, MembershipState.SOON, True),
        (0, MembershipState.SOON, True),
        (1, MembershipState.GRACE, True),
        (30, MembershipState.GRACE, True),
        (31, MembershipState.LAPSED, False),
        (-400, MembershipState.NONE, False),
    ],
)
def test_state_and_good_standing_agree(invoice, membership, bendahara, days, state, good) -> None:
    """Days from the last paid day."""
    pay(invoice, by=bendahara)
    day = invoice.term.last_day + timedelta(days=days)

    assert membership.state(on=day) == state
    assert KadinMembership.objects.in_good_standing(on=day).exists() is good


def test_a_suspended_member_is_in_no_good_standing(invoice, membership, bendahara) -> None:
    pay(invoice, by=bendahara)
    KadinMembership.objects.update(suspended_at=timezone.now())
    membership.refresh_from_db()
    today = timezone.localdate()

    assert membership.state(on=today) == MembershipState.SUSPENDED
    assert not KadinMembership.objects.in_good_standing(on=today).exists()


def test_the_database_refuses_two_years_at_once(invoice, membership, bendahara) -> None:
    pay(invoice, by=bendahara)
    other = DuesInvoice.objects.create(
        membership=membership,
        number="INV-X",
        amount=1,
        issued_on=timezone.localdate(),
        due_on=timezone.localdate(),
    )

    with pytest.raises(IntegrityError, match="term_one_paid_at_a_time"), transaction.atomic():
        MembershipTerm.objects.create(
            membership=membership, invoice=other, period=invoice.term.period
        )


# --- two at once ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_treasurers_make_one_payment_one_year_one_line(batik, sekretariat, bendahara) -> None:
    invoice = member(batik, by=sekretariat).invoices.get()
    treasurers = [bendahara, make.staff("bendahara2", Role.BENDAHARA)]

    assert all_at_once(lambda who: pay(invoice, by=who), treasurers) == ["done", "done"]
    assert DuesPayment.objects.count() == 1
    assert MembershipTerm.objects.count() == 1
    assert AuditEntry.objects.filter(verb="dues.confirmed").count() == 1
    assert Notice.objects.filter(purpose="dues_paid").count() == 1


@pytest.mark.django_db(transaction=True)
def test_confirm_against_refuse_exactly_one_wins(batik, siti, sekretariat, bendahara) -> None:
    invoice = member(batik, by=sekretariat).invoices.get()
    proof = submit_proof(invoice, picture(), by=siti, via="web")

    def decide(word: str) -> None:
        if word == "confirm":
            pay(invoice, by=bendahara, proof=proof)
        else:
            refuse_proof(proof, reason="Buram.", by=bendahara, via="admin")

    assert all_at_once(decide, ["confirm", "refuse"]) == ["done", "refused"]
    invoice.refresh_from_db()
    proof.refresh_from_db()
    won = invoice.status == InvoiceStatus.PAID
    assert invoice.status == (InvoiceStatus.PAID if won else InvoiceStatus.PROOF_REFUSED)
    assert proof.status == (ProofStatus.ACCEPTED if won else ProofStatus.REFUSED)
    assert DuesPayment.objects.count() == MembershipTerm.objects.count() == int(won)
    assert AuditEntry.objects.filter(verb="dues.confirmed").count() == int(won)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_send_one_proof(batik, siti, sekretariat) -> None:
    invoice = member(batik, by=sekretariat).invoices.get()

    outcomes = all_at_once(
        lambda upload: submit_proof(invoice, upload, by=siti, via="web"), [picture(), picture()]
    )
    assert outcomes == ["done", "refused"]
    assert DuesProof.objects.count() == 1
