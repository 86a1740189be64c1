"""What a seller brings, and what shoppers find at an edition."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.cards import card_page
from catalog.choices import Category
from events.actions.goods import list_goods
from events.forms.goods import GoodsForm
from events.models import BoothPlace, Event, EventDay
from events.reports.editions import tag_cards
from events.reports.goods import brought_to, goods_of
from members.choices import Right
from members.models import User
from members.views.working import workable
from umkm_portal.lib.errors import ActionRefused

PAGE = 24
NEWEST = ("-published_at", "-pk")


@require_http_methods(["GET", "HEAD", "POST"])
def my_goods(request: HttpRequest, pk: int) -> HttpResponse:
    """Of one place; a list may be changed until it closes, and only be read after that."""
    mine = BoothPlace.objects.within(workable(request, Right.MARKET)).living()
    place = get_object_or_404(mine.select_related("booth", "day__event", "business"), pk=pk)
    goods = goods_of(place, at=timezone.now())
    form = GoodsForm(request.POST if request.method == "POST" else None, goods=goods)
    if form.is_bound and form.is_valid():
        try:
            list_goods(place, form.cleaned_data["produk"], by=cast(User, request.user), via="web")
            messages.success(request, _("Daftar produk tersimpan dan tampil di katalog."))
            return redirect("events:my_application", place.pk)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "goods": goods, "place": place, "day": place.day}
    return render(request, "events/my_goods.html", context)


@login_not_required
@require_safe
def edition_goods(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.public().jbl().with_days(), slug=slug)
    now = timezone.now()
    asked = request.GET.get("kategori", "")
    category = asked if asked in Category.values else ""
    products = brought_to(event.days.all())
    if category:
        products = products.in_category(category)
    token = request.GET.get("setelah", "")[:500]
    cards, next_token = card_page(products, order=NEWEST, token=token, size=PAGE)
    kept = f"kategori={category}&" if category else ""
    context = {
        "event": event,
        "state": event.state(at=now),
        "cards": tag_cards(cards, _next_day(event, now), at=now),
        "category": category,
        "categories": Category.choices,
        "next_url": f"?{kept}setelah={next_token}" if next_token else "",
    }
    return render(request, "events/edition_goods.html", context)


def _next_day(event: Event, now: datetime) -> EventDay | None:
    return next((day for day in event.days.all() if not day.is_over(at=now)), None)
