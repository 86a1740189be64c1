"""Renewing in one question, "Data masih benar?": signed in, or by the link of a letter."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.actions.dues import open_dues_invoice, submit_proof
from members.actions.gateway import fetch_payment_page, start_gateway_payment
from members.forms.dues import ProofForm
from members.links import BadLink, ExpiredLink, read_link
from members.models import KadinMembership
from members.reports.payment_link import LinkTarget, target_of
from members.reports.renewal import renewal_facts
from members.views.dues import invoice_context, qris_picture
from members.views.secret_address import secret_address, show_to_stranger
from members.views.signed_in import signed_in
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import StorageFull
from umkm_portal.lib.http import client_ip
from umkm_portal.lib.images import ImageRefused
from umkm_portal.lib.ratelimit import too_many

UPLOADS = 20
"""An hour's of one address."""


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, membership_id: int) -> HttpResponse:
    """The owner says the data are still right, and gets the bill."""
    owner = signed_in(request)
    membership = get_object_or_404(
        KadinMembership.objects.owned_by(owner).select_related("business__kelurahan__kecamatan"),
        pk=membership_id,
    )
    if request.method == "POST":
        try:
            return redirect(open_dues_invoice(membership, by=owner, via="web"))
        except ActionRefused as refusal:
            messages.warning(request, str(refusal))
            return redirect("members:dues_home")
    return render(request, "members/renewal_confirm.html", renewal_facts(membership))


Page = Callable[[HttpRequest, LinkTarget, str], HttpResponse]


def _by_letter(page: Page) -> Callable[[HttpRequest, str], HttpResponse]:
    """Give `page` what the link leads to, or say what is wrong with it."""

    @secret_address("t")
    @wraps(page)
    def view(request: HttpRequest, token: str) -> HttpResponse:
        return _answer(request, token, page)

    return view


def _answer(request: HttpRequest, token: str, page: Page) -> HttpResponse:
    try:
        target = target_of(read_link(token))
    except ExpiredLink as old:
        return show_to_stranger(request, "members/renewal_bad_link.html", status=410, text=str(old))
    except BadLink:
        target = None
    try:
        return page(request, target, token) if target else _no_link(request)
    except Http404:
        return _no_link(request)


def _no_link(request: HttpRequest) -> HttpResponse:
    text = _("Tautan ini tidak berlaku. Minta tautan baru.")
    return show_to_stranger(request, "members/renewal_bad_link.html", status=404, text=text)


@require_http_methods(["GET", "HEAD", "POST"])
@_by_letter
def by_link(request: HttpRequest, target: LinkTarget, token: str) -> HttpResponse:
    """Ask, then show the bill; looking changes nothing."""
    if request.method == "POST" and target.asks_first:
        try:
            open_dues_invoice(target.membership, by=None, via="tautan")
        except ActionRefused as refusal:
            return _page(request, target, token, refusal=str(refusal))
        return redirect("members:payment_link", token)
    return _page(request, target, token)


@require_http_methods(["GET", "HEAD", "POST"])
@_by_letter
def proof_by_link(request: HttpRequest, target: LinkTarget, token: str) -> HttpResponse:
    """Whoever holds the letter sends the proof; it counts as the owner's, through the link.

    A reload of this address goes back to the bill.
    """
    if request.method != "POST" or not target.is_payable or target.invoice is None:
        return redirect("members:payment_link", token)
    form = ProofForm(request.POST, request.FILES)
    owner = target.membership.business.owner
    if too_many(f"t-bukti {client_ip(request)}", limit=UPLOADS, seconds=3600):
        return show_to_stranger(request, "429.html", status=429, minutes=60)
    if form.is_valid():
        try:
            submit_proof(
                target.invoice,
                form.cleaned_data["bukti"],
                reference_end=form.cleaned_data["referensi"],
                by=owner,
                via="tautan",
            )
        except (ActionRefused, ImageRefused, StorageFull) as refusal:
            form.add_error("bukti", str(refusal))
        else:
            return redirect("members:payment_link", token)
    return _page(request, target, token, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@_by_letter
def gateway_by_link(request: HttpRequest, target: LinkTarget, token: str) -> HttpResponse:
    """Get a page at the gateway; the bill then shows the link to it."""
    if request.method == "POST" and target.is_payable and target.invoice:
        try:
            attempt = start_gateway_payment(target.invoice, by=None, via="tautan")
            fetch_payment_page(attempt, by=None, via="tautan")
        except ActionRefused as refusal:
            return _page(request, target, token, refusal=str(refusal))
    return redirect(f"{reverse('members:payment_link', args=[token])}#daring")


@require_safe
@_by_letter
def qris_by_link(request: HttpRequest, target: LinkTarget, token: str) -> HttpResponse:
    """The code as a picture to keep: letter and payment app are often on the same phone."""
    if not target.is_payable or target.invoice is None:
        raise Http404
    return qris_picture(target.invoice)


def _page(
    request: HttpRequest, target: LinkTarget, token: str, form: ProofForm | None = None, **more: Any
) -> HttpResponse:
    if target.asks_first:
        return show_to_stranger(
            request, "members/renewal_ask.html", **renewal_facts(target.membership), **more
        )
    if target.is_payable and target.invoice:
        bill = invoice_context(target.invoice, form or ProofForm())
        return show_to_stranger(request, "members/renewal_bill.html", **bill, token=token, **more)
    return show_to_stranger(request, "members/renewal_closed.html", target=target)
