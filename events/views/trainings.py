"""What one takes home from a training: certificate, materials, and three answers to give."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.actions.feedback import give_feedback, why_no_feedback
from events.forms.feedback import FeedbackForm
from events.models import Certificate, Event, Material, Registration
from events.reports.certificates import CertificateCheck, certificate_pdf
from events.reports.feedback import LINK, LINK_DAYS, is_shown, result_of, shown_from
from events.reports.trainings import materials_for, my_trainings, outcome_of
from members.choices import Right
from members.models import User
from members.views.card import asks_too_often
from members.views.working import workable
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import private_response
from umkm_portal.lib.signing import BadLink, unsign


@require_safe
def trainings(request: HttpRequest) -> HttpResponse:
    """Sign-ups, presence, certificates and materials of the businesses one works for."""
    mine = my_trainings(workable(request, Right.MARKET), at=timezone.now())
    return render(request, "events/my_trainings.html", {"mine": mine})


@require_safe
def my_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Certificate.objects.standing()
    mine = rows.filter(registration__business__in=workable(request, Right.MARKET))
    return _paper(get_object_or_404(mine, pk=pk))


@login_not_required
@require_safe
def place_certificate(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever holds the link of the place, such as a guest."""
    rows = Certificate.objects.standing()
    return _paper(get_object_or_404(rows, registration__token=token))


def _paper(certificate: Certificate) -> HttpResponse:
    name = f"sertifikat-{certificate.number}.pdf"
    return private_response(certificate_pdf(certificate), filename=name)


@login_not_required
@require_safe
def certificate_check(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether a certificate is ours, and nothing that does not stand on it."""
    if asks_too_often(request):
        return render(request, "members/check_too_often.html", status=429)
    check = CertificateCheck(Certificate.objects.coded(code.upper()).first())
    context = {"check": check}
    return render(request, "events/certificate_check.html", context, status=check.status)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, token: str) -> HttpResponse:
    """Once, by the link of the place; the answer is kept without the name."""
    registration = _by_token(token)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        by = request.user if isinstance(request.user, User) else None
        try:
            give_feedback(registration, answer=form.answer(), by=by, via="tautan")
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Terima kasih. Masukan Anda terkirim tanpa nama."))
            return redirect(registration)
    context = {
        "registration": registration,
        "form": form,
        "has_answered": hasattr(registration, "feedback_given"),
        "closed": why_no_feedback(registration),
    }
    return render(request, "events/feedback.html", context)


@login_not_required
@require_safe
def feedback_results(request: HttpRequest, token: str) -> HttpResponse:
    """For the trainer, by a signed link, from the next day on."""
    try:
        pk = int(unsign(LINK, token, max_age=timedelta(days=LINK_DAYS)))
    except BadLink as bad:
        return render(request, "events/feedback_link_over.html", {"why": str(bad)}, status=410)
    event = get_object_or_404(Event.objects.with_days(), pk=pk)
    shown = is_shown(event, at=timezone.now())
    context = {
        "event": event,
        "from_day": shown_from(event),
        "result": result_of(event) if shown else None,
    }
    return render(request, "events/feedback_results.html", context)


@login_not_required
@require_safe
def place_material(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Something to take home, for whoever took part."""
    outcome = outcome_of(_by_token(token), at=timezone.now())
    found = next((m for m in outcome.materials if m.pk == pk), None) if outcome else None
    return _hand_out(found)


@login_not_required
@require_safe
def event_material(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What is for everybody; staff who keep events also open the rest."""
    shown = Event.objects.visible_to(request.user).with_days().prefetch_related("materials")
    event = get_object_or_404(shown, slug=slug)
    if request.user.has_perm("events.view_material"):
        return _hand_out(event.materials.filter(pk=pk).first())
    out = materials_for(event, takes_part=False, at=timezone.now())
    return _hand_out(next((m for m in out if m.pk == pk), None))


def _hand_out(material: Material | None) -> HttpResponse:
    if material is None:
        raise Http404
    if material.url:
        return redirect(material.url)
    return private_response(material.file, filename=f"{material.file_name}.{material.extension}")


def _by_token(token: str) -> Registration:
    related = Registration.objects.select_related("event", "business", "feedback_given")
    return get_object_or_404(related.prefetch_related("event__days"), token=token)
