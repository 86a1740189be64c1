"""What the gateway says about an order: checked, kept once, and turned into money at most once."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.dues import confirm_dues_payment
from members.actions.dues_rules import locked_invoice, refuse_own
from members.actions.gateway import configured_gateway
from members.actions.held import hold_payment
from members.choices import AttemptStatus, NoticeVerdict, PaymentMethod
from members.models import DuesInvoice, GatewayAttempt, GatewayNotification, User
from members.models.gateway import FOR_STAFF
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.gateway import GatewayNotice, Outcome


@transaction.atomic
def receive_notification(
    notice: GatewayNotice, *, by: User | None, via: str
) -> GatewayNotification:
    """Take the gateway's word, already proven to be its own, in whatever order it comes.

    Raises GatewayAttempt.DoesNotExist for an order nobody here opened. The same word again only
    counts up; an earlier word after a later one changes nothing.
    """
    attempt = GatewayAttempt.objects.select_related("invoice").get(order_id=notice.order_id)
    invoice = locked_invoice(attempt.invoice)
    attempt = GatewayAttempt.objects.select_for_update(of=("self",)).get(pk=attempt.pk)
    kept = _kept(attempt, notice)
    if kept.verdict != NoticeVerdict.NOTED:
        return kept
    verdict = _verdict(attempt, invoice, notice, via=via)
    if verdict != NoticeVerdict.NOTED:
        kept.verdict = verdict
        kept.save(update_fields=["verdict"])
        record(
            "gateway_notification.judged",
            invoice,
            by=by,
            via=via,
            order=attempt.order_id,
            said=notice.status,
            transaction=notice.transaction_id,
            new=verdict,
        )
    return kept


@transaction.atomic
def handle_notification(
    notification: GatewayNotification, *, handling: str, by: User, via: str
) -> GatewayNotification:
    """Staff saw to a mismatch or a reversal, and say how."""
    notification = (
        GatewayNotification.objects.select_for_update(of=("self",))
        .select_related("attempt__invoice__membership__business")
        .get(pk=notification.pk)
    )
    if notification.handled_at:
        return notification
    if notification.verdict not in FOR_STAFF:
        raise ActionRefused(_("Pemberitahuan ini tidak menunggu tindakan."))
    refuse_own(notification.attempt.invoice, by)
    if not handling.strip():
        raise ActionRefused(_("Tulis apa yang sudah dilakukan."))
    notification.handled_at, notification.handled_by = timezone.now(), by
    notification.handling = handling.strip()
    notification.save(update_fields=["handled_at", "handled_by", "handling"])
    record(
        "gateway_notification.handled",
        notification.attempt.invoice,
        by=by,
        via=via,
        order=notification.attempt.order_id,
        said=notification.transaction_status,
        handling=notification.handling,
    )
    return notification


def _kept(attempt: GatewayAttempt, notice: GatewayNotice) -> GatewayNotification:
    """A card may say "capture" twice, first doubtful, then accepted: the last content stays."""
    now = timezone.now()
    kept, is_new = GatewayNotification.objects.get_or_create(
        attempt=attempt,
        transaction_id=notice.transaction_id,
        transaction_status=notice.status,
        defaults={"content": dict(notice.kept), "last_at": now},
    )
    if not is_new:
        kept.times, kept.last_at = kept.times + 1, now
        if kept.verdict == NoticeVerdict.NOTED:
            kept.content = dict(notice.kept)
        kept.save(update_fields=["times", "last_at", "content"])
    return kept


def _verdict(
    attempt: GatewayAttempt, invoice: DuesInvoice, notice: GatewayNotice, *, via: str
) -> NoticeVerdict:
    if notice.outcome == Outcome.PAID:
        if not _fits(attempt, notice):
            return NoticeVerdict.MISMATCH
        return _take_money(attempt, invoice, notice, via=via)
    if notice.outcome == Outcome.REVERSED or (
        notice.outcome in {Outcome.DECLINED, Outcome.CLOSED}
        and _was_paid_by(attempt, notice.transaction_id)
    ):
        return NoticeVerdict.REVERSED
    if notice.outcome == Outcome.PENDING and attempt.status == AttemptStatus.OPENED:
        _move(attempt, AttemptStatus.WAITING)
    if notice.outcome == Outcome.CLOSED and attempt.is_payable:
        _move(attempt, AttemptStatus.CLOSED)
    return NoticeVerdict.NOTED


def _fits(attempt: GatewayAttempt, notice: GatewayNotice) -> bool:
    """A signature proves who says it, not that it is about our order at our price."""
    ours = configured_gateway().merchant_id
    return (
        notice.amount == attempt.amount
        and notice.currency == "IDR"
        and notice.merchant_id in {"", ours}
    )


def _was_paid_by(attempt: GatewayAttempt, transaction_id: str) -> bool:
    """A late "deny" takes back a settlement; one of another try on the same page does not."""
    return attempt.notifications.filter(
        transaction_id=transaction_id, verdict__in=[NoticeVerdict.PAID, NoticeVerdict.HELD]
    ).exists()


def _take_money(
    attempt: GatewayAttempt, invoice: DuesInvoice, notice: GatewayNotice, *, via: str
) -> NoticeVerdict:
    """Onto the bill while it is open and the order alive; else it is held for staff, never lost."""
    if _was_paid_by(attempt, notice.transaction_id):
        return NoticeVerdict.NOTED  # "settlement" after "capture": the same money
    was = attempt.status
    received_on = min(notice.paid_on or timezone.localdate(), timezone.localdate())
    _move(attempt, AttemptStatus.SETTLED)
    if was not in {AttemptStatus.OPENED, AttemptStatus.WAITING}:
        return _hold(attempt, invoice, notice, received_on, _late(was), via=via)
    try:
        confirm_dues_payment(
            invoice,
            received_on=received_on,
            amount=attempt.amount,
            reference=attempt.order_id,
            method=PaymentMethod.GATEWAY,
            by=None,
            via=via,
        )
    except ActionRefused as refusal:
        return _hold(attempt, invoice, notice, received_on, str(refusal), via=via)
    return NoticeVerdict.PAID


def _late(was: str) -> str:
    if was == AttemptStatus.SETTLED:
        return _("Pesanan ini sudah dibayar sebelumnya.")
    return _("Uang masuk setelah pesanan ditutup.")


def _hold(  # noqa: PLR0913  the money, where it came from, and why
    attempt: GatewayAttempt,
    invoice: DuesInvoice,
    notice: GatewayNotice,
    received_on: date,
    reason: str,
    *,
    via: str,
) -> NoticeVerdict:
    hold_payment(
        amount=attempt.amount,
        received_on=received_on,
        reference=notice.transaction_id or attempt.order_id,
        method=PaymentMethod.GATEWAY,
        about=invoice,
        reason=reason,
        by=None,
        via=via,
    )
    return NoticeVerdict.HELD


def _move(attempt: GatewayAttempt, status: AttemptStatus) -> None:
    attempt.status = status
    attempt.save(update_fields=["status"])
