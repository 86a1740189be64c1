from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from members.choices import ProposalKind
from members.models import (
    DuesInvoice,
    KadinMembership,
)
from tests import make
from tests.members.money import bill, member, pay
from tests.members.two_people import changed
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
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


def test_the_bill_says_what_when_and_where(invoice, siti, settings) -> None:
    assert invoice.number == f"INV-KJS-{timezone.localdate().year}-000001"
    assert invoice.due_on == invoice.issued_on + timedelta(days=settings.DUES_DUE_DAYS)
    notice = Notice.objects.of(siti).get(purpose="dues_invoice")
    assert notice.subject.startswith("Tagihan iuran Kadin Rp120.000 — jatuh tempo ")
    assert "tanpa biaya tambahan" in notice.body
    assert settings.BANK_ACCOUNT in notice.body
    assert notice.link.startswith("/t/")


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
            card_code=f"KARTU{n:05d}",
            requested_at=timezone.now(),
            status="approved",
            number=f"JSP-KDN-2026-9{n}",
        )
        for n in range(50)
    ]

    assert all_at_once(bill, members) == ["done"] * 50
    numbers = sorted(DuesInvoice.objects.values_list("number", flat=True))
    assert [int(n[-6:]) for n in numbers] == list(range(1, 51))


def test_a_bill_waits_until_thirty_days_before_the_end(membership, invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara)
    end = invoice.term.period.upper

    too_early = pytest.raises(ActionRefused, match="sudah lunas sampai")
    with at((end - timedelta(days=32)).isoformat()), too_early:
        bill(membership)
    with at((end - timedelta(days=31)).isoformat()):
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
