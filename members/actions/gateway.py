"""Paying through the gateway: an order is opened, its page fetched.

The membership is locked while an order is opened, as for everything that moves dues. The call to
the gateway is made with only the attempt's own row locked: a slow gateway keeps nobody waiting
but whoever pressed the same button.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.dues_rules import locked_invoice, refuse_unless_open
from members.choices import AttemptStatus, InvoiceStatus
from members.models import DuesInvoice, GatewayAttempt, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.gateway import (
    GatewayDown,
    GatewayRefused,
    OrderTaken,
    PaymentGateway,
    PaymentOrder,
    PaymentPage,
)
from umkm_portal.lib.midtrans import from_settings

logger = logging.getLogger(__name__)

FIRST_POLL = timedelta(minutes=2)
MOST_NUMBERS_AT_ONCE = 5
"""Order numbers one press may find used up; more than this is a fault of ours."""


@transaction.atomic
def start_gateway_payment(invoice: DuesInvoice, *, by: User | None, via: str) -> GatewayAttempt:
    """Open an order for what the bill still wants; while its page can be paid, the same one."""
    configured_gateway()
    invoice = locked_invoice(invoice)
    refuse_unless_open(invoice)
    if invoice.status == InvoiceStatus.CHECKING:
        raise ActionRefused(_("Bukti pembayaran Anda sedang diperiksa. Tunggu kabarnya."))
    latest = _latest(invoice)
    if latest and latest.may_be_reused(amount=invoice.balance, at=timezone.now()):
        return latest
    if latest and latest.is_payable and not latest.token:
        _lose(latest)
    return _next_attempt(invoice, by=by, via=via)


@transaction.atomic
def fetch_payment_page(attempt: GatewayAttempt, *, by: User | None, via: str) -> GatewayAttempt:
    """Get the page where the order is paid, from the gateway unless we have it already.

    Two presses at once wait here for each other. An order number that was used up without its
    page reaching us is followed by the next one.
    """
    gateway = configured_gateway()
    rows = GatewayAttempt.objects.select_for_update(of=("self",)).select_related(
        "invoice__membership__business"
    )
    attempt = rows.get(pk=attempt.pk)
    if attempt.status == AttemptStatus.LOST:  # whoever was here first went on to another number
        attempt = rows.filter(invoice=attempt.invoice_id).latest("number")
    for _number in range(MOST_NUMBERS_AT_ONCE):
        if attempt.token or not attempt.is_payable:
            return attempt
        try:
            page = _ask_twice(gateway, attempt)
        except OrderTaken:
            attempt = _give_up_number(attempt, by=by, via=via)
            continue
        except (GatewayDown, GatewayRefused) as error:
            logger.warning("Gateway opened no page for %s: %s", attempt.order_id, error)
            break
        return _keep_page(attempt, page, by=by, via=via)
    raise ActionRefused(
        _("Pembayaran daring sedang tidak bisa dibuka. Pakai QRIS atau transfer, atau coba lagi.")
    )


def configured_gateway() -> PaymentGateway:
    gateway = from_settings()
    if gateway is None:
        raise ActionRefused(_("Pembayaran daring belum dibuka. Pakai QRIS, transfer, atau tunai."))
    return gateway


def _latest(invoice: DuesInvoice) -> GatewayAttempt | None:
    return invoice.gateway_attempts.order_by("-number").first()


def _next_attempt(invoice: DuesInvoice, *, by: User | None, via: str) -> GatewayAttempt:
    latest = _latest(invoice)
    number = latest.number + 1 if latest else 1
    attempt = GatewayAttempt.objects.create(
        invoice=invoice,
        number=number,
        order_id=invoice.number if number == 1 else f"{invoice.number}-{number}",
        amount=invoice.balance,
        opened_by=by,
    )
    record(
        "gateway_attempt.opened",
        invoice,
        by=by,
        via=via,
        order=attempt.order_id,
        amount=attempt.amount,
    )
    return attempt


def _ask_twice(gateway: PaymentGateway, attempt: GatewayAttempt) -> PaymentPage:
    """After a time-out the same number is asked for again: at most one order comes of it."""
    order = _order(attempt)
    try:
        return gateway.create(order)
    except GatewayDown:
        return gateway.create(order)


def _order(attempt: GatewayAttempt) -> PaymentOrder:
    """Nobody's name, address or phone: the business and its bill are enough to pay."""
    return PaymentOrder(
        order_id=attempt.order_id,
        amount=attempt.amount,
        item=f"Iuran tahunan Kadin {attempt.invoice.number}",
        payer=attempt.invoice.membership.business.name,
        back_url=settings.SITE_URL + attempt.invoice.get_absolute_url(),
    )


def _give_up_number(attempt: GatewayAttempt, *, by: User | None, via: str) -> GatewayAttempt:
    _lose(attempt)
    return _next_attempt(attempt.invoice, by=by, via=via)


def _lose(attempt: GatewayAttempt) -> None:
    attempt.status = AttemptStatus.LOST
    attempt.save(update_fields=["status"])


def _keep_page(
    attempt: GatewayAttempt, page: PaymentPage, *, by: User | None, via: str
) -> GatewayAttempt:
    attempt.token, attempt.redirect_url = page.token, page.url
    attempt.next_poll_at = timezone.now() + FIRST_POLL
    attempt.save(update_fields=["token", "redirect_url", "next_poll_at"])
    record("gateway_attempt.page_kept", attempt.invoice, by=by, via=via, order=attempt.order_id)
    return attempt
