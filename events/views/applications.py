"""A seller asks for a place in the market, follows it, and answers an offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.actions.applications import (
    accept_rules,
    apply_for_days,
    change_application,
    withdraw_application,
)
from events.actions.waitlist import accept_offer, decline_offer
from events.forms.applications import (
    ApplyForm,
    NeedsForm,
    WithdrawForm,
    as_typed,
    first_ticks,
)
from events.models import BoothPlace, BroughtProduct, Edition, EditionRules, Event
from events.place_links import read_offer_link
from events.reports.applications import (
    answered_by,
    closed_door,
    days_to_ask,
    obstacles_of,
    own_places,
    standing_of,
)
from events.reports.goods import last_list_of
from events.reports.papers import papers_of
from members.choices import ApplicationStatus, Right
from members.models import Business, User
from members.views.working import desk, workable
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.signing import BadLink

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
def market_apply(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, then everything once more to check, then it is sent."""
    asked = _asked(request, slug)
    page: dict[str, Any] = asked.page()
    if page["closed"] or page["obstacles"] or not page["days"] or asked.business is None:
        return render(request, "events/apply.html", page)
    form = asked.form(request)
    page |= {"form": form, "papers": papers_of(asked.business, on=page["days"][0].date)}
    step = request.POST.get("langkah", "")
    if not form.is_bound or step == "ubah" or not form.is_valid():
        return render(request, "events/apply.html", page)
    if step != "kirim":
        return render(request, "events/apply_check.html", page)
    try:
        apply_for_days(
            asked.business,
            days=form.chosen_days(),
            wishes=form.agreed(),
            by=cast(User, request.user),
            via="web",
        )
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "events/apply.html", page)
    return redirect(f"{reverse('events:market_applied', args=[slug])}?usaha={asked.business.pk}")


@require_safe
def market_applied(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next and when; the page stays, also as a bookmark."""
    asked = _asked(request, slug)
    if asked.business is None or not asked.places or asked.edition is None:
        return redirect("events:market_apply", slug)
    papers = papers_of(asked.business, on=asked.places[0].day.date)
    context = asked.page() | {"answered_by": answered_by(asked.edition), "papers": papers}
    return render(request, "events/apply_done.html", context)


@require_safe
def my_application(request: HttpRequest, pk: int) -> HttpResponse:
    place = _mine(request, pk)
    standing = standing_of(place, at=timezone.now())
    owns = place.business.owner_id == request.user.pk
    return render(request, "events/application.html", {"standing": standing, "owns": owns})


@require_http_methods(PAGE)
def application_change(request: HttpRequest, pk: int) -> HttpResponse:
    place = _mine(request, pk)
    rows = BroughtProduct.objects.filter(day=place.day).of(place.business)
    goods = rows.values_list("product", flat=True)
    data = request.POST if request.method == "POST" else None
    form = NeedsForm(data, business=place.business, initial=as_typed(place) | {"produk": goods})
    if form.is_bound and form.is_valid():
        try:
            by = cast(User, request.user)
            change_application(place, wishes=form.wishes(), by=by, via="web")
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Perubahan tersimpan dan terkirim ke panitia."))
            return redirect("events:my_application", pk)
    return render(request, "events/application_change.html", {"form": form, "place": place})


@require_http_methods(PAGE)
def application_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    place = _mine(request, pk)
    standing = standing_of(place, at=timezone.now())
    data = request.POST if request.method == "POST" else None
    form = WithdrawForm(data, asks_reason=standing.asks_reason)
    if form.is_bound and form.is_valid():
        try:
            reason = form.cleaned_data.get("alasan", "")
            withdraw_application(place, reason=reason, by=cast(User, request.user), via="web")
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Dibatalkan. Terima kasih sudah memberi kabar."))
            return redirect("events:my_application", pk)
    context = {"form": form, "standing": standing}
    return render(request, "events/application_withdraw.html", context)


@require_POST
def application_answer(request: HttpRequest, pk: int) -> HttpResponse:
    place = _mine(request, pk)
    _answer(request, place, by=cast(User, request.user), via="web")
    return redirect("events:my_application", pk)


@require_POST
def application_rules(request: HttpRequest, pk: int) -> HttpResponse:
    place = _mine(request, pk)
    typed = request.POST.get("versi", "")
    version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
    try:
        accept_rules(
            place.day.event,
            business=place.business,
            version=version,
            by=cast(User, request.user),
            via="web",
        )
        messages.success(request, _("Tata tertib disetujui untuk semua hari Anda di edisi ini."))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("events:my_application", pk)


@login_not_required
@never_cache
@require_http_methods(PAGE)
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """By the link of the letter, without signing in; only this offer can be answered here."""
    try:
        pk, owner = read_offer_link(token)
    except BadLink as bad:
        return render(request, "events/offer_bad_link.html", {"text": str(bad)}, status=410)
    place = get_object_or_404(_related(), pk=pk, business__owner=owner)
    if request.method == "POST":
        by = request.user if isinstance(request.user, User) else None
        _answer(request, place, by=by, via="tautan")
        return redirect("events:offer", token)
    context = {
        "standing": standing_of(place, at=timezone.now()),
        "state": place.day.event.state(at=timezone.now()),
        "leans": request.GET.get("jawab", ""),
    }
    return render(request, "events/offer.html", context)


def _answer(request: HttpRequest, place: BoothPlace, *, by: User | None, via: str) -> None:
    said_yes = request.POST.get("jawab") == "ikut"
    if not said_yes and request.POST.get("jawab") != "tidak":
        raise Http404
    try:
        (accept_offer if said_yes else decline_offer)(place, by=by, via=via)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return
    done = (
        _("Tempat ini milik Anda. Sampai jumpa!") if said_yes else _("Terima kasih atas kabarnya.")
    )
    messages.success(request, done)


def _related() -> Any:
    return BoothPlace.objects.select_related(
        "booth", "day__event__edition", "business__owner", "business__kelurahan", "sponsor"
    )


def _mine(request: HttpRequest, pk: int) -> BoothPlace:
    mine = _related().within(workable(request, Right.MARKET))
    return cast(BoothPlace, get_object_or_404(mine, pk=pk))


@dataclass(frozen=True)
class Asked:
    """An edition and the business that would sell there."""

    event: Event
    edition: Edition | None
    business: Business | None
    businesses: list[Business]
    places: list[BoothPlace]
    rules: EditionRules | None

    def page(self) -> dict[str, Any]:
        now = timezone.now()
        return {
            "event": self.event,
            "edition": self.edition,
            "business": self.business,
            "businesses": self.businesses,
            "places": self.places,
            "rules": self.rules,
            "days": days_to_ask(self.event, self.places, at=now),
            "closed": closed_door(self.event, self.edition, at=now),
            "obstacles": obstacles_of(self.business) if self.business else [],
        }

    def form(self, request: HttpRequest) -> ApplyForm:
        assert self.business  # noqa: S101  the caller has looked
        days = days_to_ask(self.event, self.places, at=timezone.now())
        initial = first_ticks(days, self.rules) | {"produk": last_list_of(self.business)}
        data = request.POST if request.method == "POST" else None
        return ApplyForm(data, business=self.business, days=days, rules=self.rules, initial=initial)


def _asked(request: HttpRequest, slug: str) -> Asked:
    shown = Event.objects.visible_to(request.user).jbl().with_days().select_related("edition")
    event = get_object_or_404(shown, slug=slug)
    # The chosen one first; another by its key.
    here = [place.business for place in desk(request).places if Right.MARKET in place.rights]
    businesses = [business for business in here if business.status != ApplicationStatus.DRAFT]
    wanted = request.POST.get("usaha") or request.GET.get("usaha", "")
    business = next((each for each in businesses if str(each.pk) == wanted), None)
    business = business or next(iter(businesses), None)
    return Asked(
        event=event,
        edition=getattr(event, "edition", None),
        business=business,
        businesses=businesses,
        places=own_places(event, business) if business else [],
        rules=event.rules.first(),
    )
