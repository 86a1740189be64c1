"""Registering: what it takes, five steps, a last look, and what happens then."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.actions.consents import give_consents
from members.actions.registration import (
    FieldRefused,
    cancel_application,
    open_fields,
    save_draft,
    start_another,
    submit_business,
)
from members.application import FIELDS, REVIEW_DAYS, STEP_TITLES, STEPS, answers, missing, owner_of
from members.choices import ApplicationStatus
from members.forms.consents import SendForm, SheetForm
from members.forms.registration import STEP_FORMS, StepForm
from members.models import Business, User
from members.views.applicant import Applicant, applicant_of, for_applicant
from members.views.signed_in import signed_in
from members.views.working import CHOSEN_KEY, helping, not_while_helping
from umkm_portal.lib.dates import add_working_days
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.ratelimit import too_many

# "Already used" answers whether a stranger is registered: not to whoever tries number after number.
NIK_TRIES, NIK_SECONDS = 20, 3600


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What one needs, the five steps, how long it takes, and the way in."""
    context: dict[str, Any] = {"steps": list(STEP_TITLES.values()), "days": REVIEW_DAYS}
    if isinstance(request.user, User):
        business = application_of(request)
        context |= {"business": business, "next_step": next_step(business)}
    return render(request, "members/registration_start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicant
def step(request: HttpRequest, step: str) -> HttpResponse:
    if step not in STEP_FORMS:
        raise Http404
    business = application_of(request)
    if business is None or not is_open(business):
        return redirect("members:registration_done")
    fields = open_to(request, business) & set(FIELDS[step])
    if business.status == ApplicationStatus.NEEDS_REPAIR and not fields:
        return redirect("members:registration_step", step=next_step(business))
    later = "nanti" in request.POST
    heard = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = STEP_FORMS[step](*heard, business=business, open_to=fields, later=later)
    if request.method == "POST" and form.is_valid() and save(form, applicant_of(request)):
        return after(request, business, step, later=later)
    return render(request, "members/registration_step.html", page(form, business, step))


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicant
def check(request: HttpRequest) -> HttpResponse:
    """Everything as it will be sent, a way back to each row, the consents, and the sending."""
    business = application_of(request)
    if business is None or not is_open(business):
        return redirect("members:registration_done")
    if business.pk is None:
        return redirect("members:registration_step", step=STEPS[0])
    repairing = business.status == ApplicationStatus.NEEDS_REPAIR
    heard = request.POST if request.method == "POST" else None
    form = send_form(request)(heard, ask=not repairing)
    if heard is not None and (repairing or form.is_valid()) and send(request, business, form):
        return sent(request, business)
    return render(request, "members/registration_check.html", check_page(form, business))


def sent(request: HttpRequest, business: Business) -> HttpResponse:
    """The link is used up by the sending: its holder sees the number once."""
    if applicant_of(request).via == "web":
        return redirect("members:registration_done")
    business.refresh_from_db()
    return render(request, "members/registration_done.html", done_page(business))


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """The number, large, and what happens when; opens again whenever she comes back."""
    business = sent_of(request)
    if business is None or business.submitted_at is None:
        return redirect("members:registration_start")
    if business.status != ApplicationStatus.SUBMITTED:
        return redirect("owner_home" if helping(request) else "members:business_profile")
    return render(request, "members/registration_done.html", done_page(business))


@require_POST
@not_while_helping
def another(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    try:
        business = start_another(user, by=user, via="web")
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("members:business_profile")
    request.session[CHOSEN_KEY] = business.pk
    return redirect("members:registration_step", step=next_step(business))


@require_POST
@not_while_helping
def cancel(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    business = Business.objects.owned_by(user).being_filled().first()
    business = business or Business.objects.owned_by(user).waiting().first()
    if business is None:
        raise Http404
    try:
        cancel_application(business, by=user, via="web")
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Pendaftaran dibatalkan. Anda bisa mulai lagi kapan saja."))
    return redirect("members:registration_start")


def application_of(request: HttpRequest) -> Business | None:
    """The one being filled, the chosen before others; a new, unsaved one for who never had any;
    else the last one sent. A companion finds the one business she helps with.
    """
    access = helping(request)
    if access:
        return access.business
    who = applicant_of(request)
    if who.business:
        return who.business
    businesses = Business.objects.owned_by(who.user)
    filled = businesses.being_filled()
    found = filled.filter(pk=request.session.get(CHOSEN_KEY, 0)).first() or filled.first()
    return found or businesses.order_by("-pk").first() or Business(owner=who.user)


def sent_of(request: HttpRequest) -> Business | None:
    access = helping(request)
    if access:
        return access.business
    return Business.objects.owned_by(signed_in(request)).sent().order_by("-pk").first()


def open_to(request: HttpRequest, business: Business) -> frozenset[str]:
    """A companion may write a phone number where there is none, and change none (N14)."""
    fields = open_fields(business)
    if helping(request):
        known = {"phone": owner_of(business).phone, "order_phone": business.order_phone}
        fields -= {name for name, number in known.items() if number}
    return fields


def send_form(request: HttpRequest) -> type[SendForm]:
    return SheetForm if helping(request) else SendForm


def send(request: HttpRequest, business: Business, form: SendForm) -> bool:
    """Send it; what a companion ticks are the owner's consents on the signed sheet."""
    form.full_clean()
    who = applicant_of(request)
    try:
        if helping(request):
            give_consents(business.owner, purposes=form.given, by=who.user, via="lembar")
        given = () if helping(request) else form.given
        submit_business(business, consents=given, by=who.user, via=who.via)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
    return form.is_valid()


def is_open(business: Business) -> bool:
    return business.status in {ApplicationStatus.DRAFT, ApplicationStatus.NEEDS_REPAIR}


def next_step(business: Business | None) -> str:
    """The first step with something open and missing; while repairing, the first named one."""
    if business is None:
        return STEPS[0]
    named = open_fields(business)
    if business.status == ApplicationStatus.DRAFT:
        named = frozenset(missing(business, owner_of(business)))
    return next((step for step in FIELDS if named & set(FIELDS[step])), STEPS[-1])


def save(form: StepForm, who: Applicant) -> bool:
    """Save what the form heard; a refusal becomes the error of its field."""
    if form.cleaned_data.get("nik") and too_many(
        f"nik of {who.user.pk}", limit=NIK_TRIES, seconds=NIK_SECONDS
    ):
        form.add_error("nik", _("Terlalu banyak percobaan. Coba lagi satu jam lagi."))
        return False
    try:
        save_draft(
            form.business.owner,
            data=form.cleaned_data,
            by=who.user,
            via=who.via,
            step=form.step,
            business=form.business,
        )
    except FieldRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
    return form.is_valid()


def after(request: HttpRequest, business: Business, step: str, *, later: bool) -> HttpResponse:
    """Where a saved step leads: to the link for later, or on to the next step that is open."""
    if later:
        messages.success(request, _("Isian tersimpan. Lanjutkan kapan saja dari halaman Daftar."))
        return redirect("owner_home" if helping(request) else "members:registration_later")
    order = list(FIELDS)
    ahead = order[order.index(step) + 1 :]
    if business.status == ApplicationStatus.NEEDS_REPAIR:
        named = set(business.repair_fields)
        ahead = [name for name in ahead if named & set(FIELDS[name])]
    return redirect(url_of(ahead[0] if ahead else STEPS[-1]))


def url_of(step: str) -> str:
    if step == STEPS[-1]:
        return reverse("members:registration_check")
    return reverse("members:registration_step", args=[step])


def page(form: Any, business: Business, step: str) -> dict[str, Any]:
    """What every step shows around its form."""
    reached = STEPS.index(step)
    return {
        "form": form,
        "business": business,
        "repairing": business.status == ApplicationStatus.NEEDS_REPAIR,
        "title": STEP_TITLES[step],
        "steps": [
            {"title": title, "is_done": n < reached, "is_now": n == reached, "url": url_of(name)}
            for n, (name, title) in enumerate(STEP_TITLES.items())
        ],
        "number": reached + 1,
        "total": len(STEPS),
        "back_url": url_of(STEPS[reached - 1])
        if reached
        else reverse("members:registration_start"),
    }


def done_page(business: Business) -> dict[str, Any]:
    assert business.submitted_at  # noqa: S101  stamped when it was sent
    answer_by = add_working_days(business.submitted_at, REVIEW_DAYS)
    return {"business": business, "answer_by": answer_by, "days": REVIEW_DAYS}


def check_page(form: SendForm, business: Business) -> dict[str, Any]:
    open_now = open_fields(business)
    empty = missing(business, owner_of(business)) if business.pk else []
    rows: list[dict[str, Any]] = [
        {
            "answer": answer,
            "url": f"{url_of(answer.step)}#div_id_{answer.field}"
            if answer.field in open_now
            else "",
            "is_missing": answer.field in empty,
        }
        for answer in answers(business)
    ]
    groups = [
        {"title": STEP_TITLES[step], "rows": [r for r in rows if r["answer"].step == step]}
        for step in FIELDS
    ]
    return {**page(form, business, STEPS[-1]), "groups": groups, "is_complete": not empty}
