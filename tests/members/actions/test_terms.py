from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.actions.dues_rules import expected_period
from members.choices import MembershipState
from members.models import (
    DuesInvoice,
    KadinMembership,
    MembershipTerm,
)
from tests.members.money import bill, member, pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(batik, sekretariat) -> KadinMembership:
    return member(batik, by=sekretariat)


@pytest.fixture
def invoice(membership) -> DuesInvoice:
    return membership.invoices.get()


def at(day: str):
    return time_machine.travel(f"{day}T05:00:00+00:00", tick=False)


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
