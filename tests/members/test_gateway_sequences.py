"""Whatever the gateway says in whatever order, whatever the treasurer does: the sum is right."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.actions.dues import submit_proof
from members.actions.dues_changes import waive_invoice
from members.actions.gateway_notices import receive_notification
from members.actions.gateway_polls import close_attempt
from members.actions.payments import refund_payment
from members.models import DuesInvoice, DuesPayment, GatewayAttempt, HeldPayment, MembershipTerm
from tests.members.money import member, pay, picture
from tests.midtrans import MERCHANT, SERVER_KEY
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.gateway import GatewayNotice, Outcome

SAID = {
    "pending": Outcome.PENDING,
    "settlement": Outcome.PAID,
    "capture": Outcome.PAID,
    "deny": Outcome.DECLINED,
    "expire": Outcome.CLOSED,
    "refund": Outcome.REVERSED,
}
notices = st.tuples(
    st.just("notice"),
    st.sampled_from(sorted(SAID)),
    st.sampled_from("AB"),
    st.sampled_from([120_000, 120_000, 120_000, 1_000]),
)
steps = st.lists(
    st.one_of(
        notices,
        notices,
        st.tuples(st.just("pay"), st.sampled_from([20_000, 100_000, 120_000, 130_000])),
        st.sampled_from([("proof",), ("waive",), ("refund",), ("close",)]),
    ),
    max_size=8,
)


@pytest.fixture
def keys(settings) -> None:
    settings.MIDTRANS_SERVER_KEY, settings.MIDTRANS_MERCHANT_ID = SERVER_KEY, MERCHANT


class Story:
    """Does one step after another and counts the money that really moved."""

    def __init__(self, invoice: DuesInvoice, treasurer) -> None:
        self.invoice, self.treasurer = invoice, treasurer
        self.attempt = GatewayAttempt.objects.create(
            invoice=invoice, number=1, order_id=invoice.number, amount=120_000, token="t"
        )
        self.by_gateway: dict[str, int] = {}
        self.by_hand = 0
        self.returned: dict[int, int] = {}

    def do(self, step: tuple) -> None:
        with suppress(ActionRefused):
            getattr(self, step[0])(*step[1:])

    def notice(self, status: str, transaction_id: str, amount: int) -> None:
        said = GatewayNotice(
            order_id=self.attempt.order_id,
            transaction_id=transaction_id,
            status=status,
            outcome=SAID[status],
            amount=amount,
            currency="IDR",
            merchant_id=MERCHANT,
            paid_on=timezone.localdate(),
        )
        kept = receive_notification(said, by=None, via="gateway")
        if kept.verdict in {"paid", "held"}:
            self.by_gateway[transaction_id] = 120_000

    def pay(self, amount: int) -> None:
        reference = f"TRF-{self.by_hand}-{DuesPayment.objects.count()}"
        pay(self.invoice, by=self.treasurer, amount=amount, reference=reference)
        self.by_hand += amount

    def refund(self) -> None:
        last = DuesPayment.objects.receipts().last()
        if last is None:
            return
        row = refund_payment(last, reason="Diminta kembali.", by=self.treasurer, via="admin")
        self.returned[row.pk] = -row.amount

    def proof(self) -> None:
        submit_proof(self.invoice, picture(), by=self.invoice.membership.business.owner, via="web")

    def waive(self) -> None:
        waive_invoice(self.invoice, reason="Korban banjir.", by=self.treasurer, via="admin")

    def close(self) -> None:
        close_attempt(self.attempt, by=None, via="jadwal")


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps)
def test_money_adds_up_and_a_year_is_paid_once(keys, batik, sekretariat, bendahara, steps) -> None:
    with transaction.atomic():
        story = Story(member(batik, by=sekretariat).invoices.get(), bendahara)
        for step in steps:
            story.do(step)
        on_bills = sum(row.amount for row in DuesPayment.objects.all())
        held = sum(row.amount for row in HeldPayment.objects.all())
        came = sum(story.by_gateway.values()) + story.by_hand
        assert on_bills + held == came - sum(story.returned.values())
        assert MembershipTerm.objects.count() <= 1
        states = GatewayAttempt.objects.values_list("status", flat=True)
        assert set(states) <= {"opened", "waiting", "settled", "closed"}
        assert ("settled" in states) == bool(story.by_gateway)
        transaction.set_rollback(True)
