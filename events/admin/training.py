"""A training at the desk: what it is, what is handed out, who got which certificate."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.certificates import issue_certificates, revoke_certificate
from events.actions.training import add_material, remove_material
from events.admin.base import attempt, person
from events.forms.training import HandoutForm, TrainingForm
from events.models import Certificate, Event, Training
from events.reports.attendance import presences
from events.reports.feedback import LINK, is_shown, result_of, shown_from
from members.models import User
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import StorageFull
from umkm_portal.lib.signing import sign

Context = dict[str, Any]


class TrainingInline(admin.StackedInline):  # type: ignore[type-arg]
    """Who teaches what, once; only under events that are trainings."""

    model = Training
    form = TrainingForm
    can_delete = False


def _training(desk: Any, request: HttpRequest, pk: int) -> Event:
    event = get_object_or_404(Event.objects.with_days(), pk=pk)
    if not desk.has_change_permission(request, event):
        raise PermissionDenied
    return event


def materials(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    """Add a file or a link, or take one away."""
    event = _training(desk, request, pk)
    if gone := request.POST.get("hapus", ""):
        found = get_object_or_404(event.materials.all(), pk=_number(gone))
        remove_material(found, by=person(request), via="admin")
        messages.success(request, _("Materi dihapus."))
        return redirect(request.path)
    form = HandoutForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            add_material(event, handout=form.handout(), by=person(request), via="admin")
        except (ActionRefused, StorageFull) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Materi ditambahkan."))
            return redirect(request.path)
    words = {"title": _("Materi %s") % event, "materials": event.materials.all()}
    return render(
        request, "admin/events/materials.html", {**context, "event": event, "form": form, **words}
    )


def results(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    """Presence, certificates and answers; certificates also come by themselves every minute."""
    event = _training(desk, request, pk)
    if request.method == "POST":
        _press(request, event, person(request))
        return redirect(request.path)
    now = timezone.now()
    page = {
        **context,
        "event": event,
        "title": _("Hasil %s") % event,
        "presences": presences(event, seen_by=person(request)),
        "days": event.days.all(),
        "certificates": _certificates(event, person(request)),
        "result": result_of(event) if is_shown(event, at=now) else None,
        "from_day": shown_from(event),
        "trainer_link": settings.SITE_URL
        + reverse("events:feedback_results", args=[sign(LINK, event.pk)]),
    }
    return render(request, "admin/events/training.html", page)


def _certificates(event: Event, officer: User) -> QuerySet[Certificate]:
    """Given to whom this officer may see."""
    near = event.registrations.within_reach_of(officer)
    return Certificate.objects.filter(registration__in=near)


def _press(request: HttpRequest, event: Event, by: User) -> None:
    if taken := request.POST.get("cabut", ""):
        certificate = get_object_or_404(_certificates(event, by), pk=_number(taken))
        reason = request.POST.get("alasan", "")[:200]
        done = _("Sertifikat dicabut. Halaman pemeriksanya mengatakan itu.")
        attempt(
            request,
            lambda: revoke_certificate(certificate, reason=reason, by=by, via="admin"),
            done,
        )
    else:
        done = _("Sertifikat terbit untuk semua yang hadir di semua hari.")
        attempt(request, lambda: issue_certificates(event, by=by, via="admin"), done)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


TRAINING_PAGES = {"materi": materials, "hasil": results}
