"""The phone at the door: who is there, one tap each; a guest in one form."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.actions.attendance import admit_guest, admit_waiting, mark_present, unmark
from events.choices import EventKind
from events.forms.attendance import SHOWN, DoorFilterForm, MarkForm, WalkInForm
from events.models import EventDay, Registration
from events.reports.attendance import door_of
from events.views.market import market
from members.models import User
from members.views.signed_in import signed_in
from umkm_portal.lib.errors import ActionRefused

AT_THE_DOOR = "events.add_attendance"
AFTERWARDS = "events.correct_attendance"


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of one day; a tap posts to the same address."""
    day, by = _day(request, pk), signed_in(request)
    if day.event.kind == EventKind.JBL:
        return market(request, day, by, may_correct=by.has_perm(AFTERWARDS))
    if request.method == "POST":
        form = MarkForm(request.POST)
        if form.is_valid():
            _tap(request, day, form.cleaned_data, by)
        return redirect("events:attendance", pk)
    q, show = DoorFilterForm(request.GET).chosen()
    context = {
        "door": door_of(day, at=timezone.now(), q=q, show=show),
        "q": q,
        "show": show,
        "shown": SHOWN,
        "may_correct": by.has_perm(AFTERWARDS),
    }
    return render(request, "events/attendance.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def attendance_guest(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody without a sign-up: written down and noted as there."""
    day, by = _day(request, pk), signed_in(request)
    form = WalkInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            guest = admit_guest(day, guest=form.guest(), by=by, via="web")
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%s dicatat hadir.") % guest)
            return redirect("events:attendance", pk)
    return render(request, "events/attendance_guest.html", {"form": form, "day": day})


def _day(request: HttpRequest, pk: int) -> EventDay:
    if not request.user.has_perm(AT_THE_DOOR):
        raise Http404
    return get_object_or_404(EventDay.objects.select_related("event"), pk=pk)


def _tap(request: HttpRequest, day: EventDay, said: dict[str, str], by: User) -> None:
    """Do it, and say so on the next page; a reason counts only from who may correct."""
    who = get_object_or_404(Registration.objects.filter(event=day.event_id), pk=said["siapa"])
    reason = said["alasan"] if by.has_perm(AFTERWARDS) else ""
    try:
        if said["apa"] == "batal":
            unmark(who, day=day, reason=reason, by=by, via="web")
            messages.success(request, _("%s tidak lagi tercatat hadir.") % who)
        elif said["apa"] == "masuk":
            admit_waiting(who, day=day, by=by, via="web")
            messages.success(request, _("%s mendapat tempat dan dicatat hadir.") % who)
        else:
            mark_present(who, day=day, reason=reason, by=by, via="web")
            messages.success(request, _("%s dicatat hadir.") % who)
    except ActionRefused as refused:
        messages.error(request, str(refused))
