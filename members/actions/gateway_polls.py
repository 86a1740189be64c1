"""Asking the gateway what became of orders, for the notifications that never arrive."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import OperationalError, transaction

from members.actions.gateway_notices import receive_notification
from members.choices import AttemptStatus
from members.models import GatewayAttempt, User
from umkm_portal.audit.models import record
from umkm_portal.lib.gateway import GatewayDown, GatewayRefused, PaymentGateway
from umkm_portal.lib.midtrans import from_settings

logger = logging.getLogger(__name__)

PAUSES = [timedelta(minutes=m) for m in (2, 3, 5, 10, 20, 30, 60)]
PAUSE_WHEN_DOWN = timedelta(minutes=10)
"""At most; so that an hour without the gateway is caught up soon after."""
MOST_AT_ONCE = 20


def reconcile_gateway(*, at: datetime) -> int:
    """Ask about every order that is due; return how many answers came.

    No transaction of its own: each answer is one, and no lock is held while the gateway is slow.
    The first silence ends the round, the rest stay due for the next.
    """
    gateway = from_settings()
    if gateway is None:
        return 0
    answers = 0
    for attempt in GatewayAttempt.objects.poll_due(at=at)[:MOST_AT_ONCE]:
        pause = PAUSES[min(attempt.polls, len(PAUSES) - 1)]
        if not _claim(attempt, at=at, pause=pause):
            continue
        try:
            _ask(gateway, attempt, at=at)
        except (GatewayDown, GatewayRefused, OperationalError) as error:
            logger.warning("Gateway did not say what became of %s: %s", attempt, error)
            GatewayAttempt.objects.filter(pk=attempt.pk).update(
                next_poll_at=at + min(pause, PAUSE_WHEN_DOWN)
            )
            break
        answers += 1
    return answers


@transaction.atomic
def close_attempt(attempt: GatewayAttempt, *, by: User | None, via: str) -> GatewayAttempt:
    """The page of this order can no longer be paid, and nobody did."""
    attempt = (
        GatewayAttempt.objects.select_for_update(of=("self",))
        .select_related("invoice")
        .get(pk=attempt.pk)
    )
    if attempt.is_payable:
        old, attempt.status = attempt.status, AttemptStatus.CLOSED
        attempt.save(update_fields=["status"])
        record(
            "gateway_attempt.closed",
            attempt.invoice,
            by=by,
            via=via,
            order=attempt.order_id,
            old=old,
            new=attempt.status,
        )
    return attempt


def _claim(attempt: GatewayAttempt, *, at: datetime, pause: timedelta) -> bool:
    """Two clocks ask once: whoever moves the time on first."""
    return bool(
        GatewayAttempt.objects.filter(pk=attempt.pk, next_poll_at=attempt.next_poll_at).update(
            next_poll_at=at + pause, polls=attempt.polls + 1
        )
    )


def _ask(gateway: PaymentGateway, attempt: GatewayAttempt, *, at: datetime) -> None:
    notice = gateway.status(attempt.order_id)
    if notice is not None and notice.order_id == attempt.order_id:
        receive_notification(notice, by=None, via="gateway")
    if attempt.is_past(at=at):
        close_attempt(attempt, by=None, via="jadwal")  # settled ones stay as they are
