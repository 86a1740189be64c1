"""The owner's staff, and which business she works on now."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.actions.people import (
    PURPOSE,
    accept_invitation,
    invitation_path,
    invite_person,
    is_invited,
    revoke_person,
    set_person_rights,
    too_late,
)
from members.choices import ApplicationStatus
from members.forms.people import InviteForm, RightsForm
from members.models import Business, BusinessPerson, User
from members.models.people import INVITATION_LIFE
from members.views.signed_in import signed_in
from members.views.working import CHOSEN_KEY, desk, not_while_helping
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.http import local_path
from umkm_portal.lib.phone import show_phone, whatsapp_link
from umkm_portal.lib.signing import BadLink, unsign

CLOSED = (ApplicationStatus.CANCELLED, ApplicationStatus.REJECTED)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Work on another of one's businesses from now on, and stay on the page one was on."""
    wanted = request.POST.get("usaha", "")
    place = next((p for p in desk(request).places if str(p.business.pk) == wanted), None)
    if place is None:
        return HttpResponse(status=404)
    request.session[CHOSEN_KEY] = place.business.pk
    return redirect(local_path(request.POST.get("dari", ""), under="/saya/"))


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    return render(request, "members/people.html", _page(request))


@require_http_methods(["GET", "HEAD", "POST"])
@not_while_helping
def invite(request: HttpRequest) -> HttpResponse:
    owner = signed_in(request)
    businesses = _own(request)
    if not businesses:
        return redirect("members:people")
    heard = request.POST if request.method == "POST" else None
    form = InviteForm(heard, businesses=businesses, initial={"usaha": _chosen(request)})
    if form.is_valid():
        contact, rights = form.cleaned_data["contact"], form.cleaned_data["rights"]
        try:
            person = invite_person(
                form.business, contact=contact, rights=rights, by=owner, via="web"
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Undangan dibuat. Kirim tautannya kepada karyawan."))
            return redirect("members:person", pk=person.pk)
    return render(request, "members/person_invite.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One member of staff: the invitation to pass on, and the rights."""
    found = _person(request, pk)
    form = RightsForm(request.POST if request.method == "POST" else None, person=found)
    if form.is_valid():
        try:
            set_person_rights(
                found, rights=form.cleaned_data["rights"], by=signed_in(request), via="web"
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Hak tersimpan dan langsung berlaku."))
            return redirect("members:people")
    context = {"person": found, "name": shown(found), "form": form, **_invitation(found)}
    return render(request, "members/person.html", context)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    found = _person(request, pk)
    revoke_person(found, by=signed_in(request), via="web")
    messages.success(request, _("Akses %s dicabut.") % shown(found))
    return redirect("members:people")


@require_http_methods(["GET", "HEAD", "POST"])
@not_while_helping
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The invited person sees who asks and for what, and accepts."""
    user = signed_in(request)
    found, why = _invited(token, user)
    if found is None:
        return render(request, "members/invitation_closed.html", {"why": why}, status=404)
    if found.accepted_at:
        return redirect("owner_home")
    if request.method == "POST":
        try:
            accept_invitation(found, by=user, via="web")
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            request.session[CHOSEN_KEY] = found.business_id
            messages.success(request, _("Selamat bekerja untuk %s.") % found.business)
        return redirect("owner_home")
    return render(request, "members/invitation.html", {"person": found})


def shown(person: BusinessPerson) -> str:
    """The name once known; before that the number or address that was invited."""
    if person.user:
        return str(person.user)
    return show_phone(person.contact) if person.contact.startswith("+") else person.contact


def _page(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    standing = BusinessPerson.objects.standing().filter(business__owner=signed_in(request))
    rows = [
        {"person": row, "name": shown(row), "is_expired": row.is_expired(at=now)}
        for row in standing.select_related("business", "user").order_by("business", "pk")
    ]
    return {"rows": rows, "may_invite": bool(_own(request))}


def _own(request: HttpRequest) -> Any:
    return Business.objects.owned_by(request.user).exclude(name="").exclude(status__in=CLOSED)


def _chosen(request: HttpRequest) -> Business | None:
    chosen = desk(request).chosen
    return chosen.business if chosen and chosen.is_own else None


def _person(request: HttpRequest, pk: int) -> BusinessPerson:
    mine = BusinessPerson.objects.standing().filter(business__owner=signed_in(request))
    return get_object_or_404(mine.select_related("business", "user"), pk=pk)


def _invitation(person: BusinessPerson) -> dict[str, Any]:
    """What the owner passes on: the portal has no SMS, she sends it from her own phone."""
    if person.accepted_at or person.is_expired(at=timezone.now()):
        return {}
    link = settings.SITE_URL + invitation_path(person)
    text = _("Saya mengundang Anda mengurus %(business)s di Portal UMKM Jakarta Selatan: %(link)s")
    words = text % {"business": person.business, "link": link}
    is_phone = person.contact.startswith("+")
    return {"link": link, "wa_url": whatsapp_link(person.contact, words) if is_phone else ""}


def _invited(token: str, user: User) -> tuple[BusinessPerson | None, str]:
    """The invitation, if it is this account's and open, else why not; strangers learn no name."""
    try:
        key = unsign(PURPOSE, token, max_age=INVITATION_LIFE)
    except BadLink as bad:
        return None, str(bad)
    rows = BusinessPerson.objects.standing().select_related("business__owner")
    found = rows.filter(pk=key).first()
    if found is None:
        return None, _("Undangan ini sudah dicabut. Tanyakan kepada pemilik usaha.")
    if not is_invited(found, user):
        return None, _(
            "Undangan ini untuk nomor atau e-mail lain. Masuk dengan akun yang diundang."
        )
    if found.is_expired(at=timezone.now()):
        return None, too_late(found)
    return found, ""
