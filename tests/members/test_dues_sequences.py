"""However people pay over the years: no year is paid twice, and both ways to ask agree."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.actions.dues_rules import expected_period
from members.models import DuesInvoice, KadinMembership, MembershipTerm
from tests import make

START = date(2026, 2, 27)
GOOD = {"active", "soon", "grace"}


@pytest.fixture
def membership(siti) -> KadinMembership:
    return KadinMembership.objects.create(
        business=make.business(siti),
        card_code="ABCDEFGHJK",
        requested_at=timezone.now(),
        status="approved",
        number="JSP-KDN-2026-000001",
    )


@pytest.mark.django_db
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(waits=st.lists(st.integers(min_value=336, max_value=460), min_size=1, max_size=4))
def test_years_never_overlap_and_states_agree(membership, waits) -> None:
    MembershipTerm.objects.all().delete()
    DuesInvoice.objects.all().delete()
    paid_on = START
    for n, wait in enumerate([0, *waits]):
        paid_on += timedelta(days=wait)
        invoice = DuesInvoice.objects.create(
            membership=membership,
            number=f"X-{n}",
            amount=1,
            issued_on=paid_on,
            due_on=paid_on,
            status="paid",
        )
        MembershipTerm.objects.create(
            membership=membership, invoice=invoice, period=expected_period(membership, on=paid_on)
        )

    terms = list(MembershipTerm.objects.order_by("period"))
    for before, after in itertools.pairwise(terms):
        gap = after.period.lower - before.period.upper
        assert gap == timedelta(0) or gap >= timedelta(days=30)
    for term in terms:
        assert 364 <= (term.last_day - term.period.lower).days <= 365
        for days in (-1, 0, 1, 30, 31):
            day = term.last_day + timedelta(days=days)
            good = KadinMembership.objects.in_good_standing(on=day).exists()
            assert (membership.state(on=day) in GOOD) is good
