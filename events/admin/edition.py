"""How an edition of the market is run, below the event itself; and its rules by version."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.edition import publish_rules
from events.admin.base import attempt, person
from events.forms.edition import EditionForm, RulesForm
from events.models import BoothPlace, Edition, Event


class EditionInline(admin.StackedInline):  # type: ignore[type-arg]
    """Left empty, the edition takes no applications and staff place its sellers by hand."""

    model = Edition
    form = EditionForm
    can_delete = False
    verbose_name = verbose_name_plural = gettext_lazy("Pendaftaran penjual")
    fieldsets = [
        (None, {"fields": ["applications_open_at", "applications_close_at"]}),
        (
            gettext_lazy("Tempat"),
            {"fields": ["seats_per_day", "newcomers_percent", "pool_days", "document_days"]},
        ),
        (gettext_lazy("Biaya lapak"), {"fields": ["fee", "fee_how"]}),
        (
            gettext_lazy("Perlengkapan"),
            {"fields": ["tables_stock", "chairs_stock", "watts_stock", "weather_plan"]},
        ),
        (gettext_lazy("Untuk pembeli"), {"fields": ["online_label", "online_url", "asn_text"]}),
    ]


def market_rules(request: HttpRequest, event: Event, context: dict[str, Any]) -> HttpResponse:
    """Write, look at it as sellers will, then publish: everybody is asked anew."""
    versions = list(event.rules.all())
    newest = versions[0] if versions else None
    form = RulesForm(request.POST or None, initial={"text": newest.text if newest else ""})
    preview = ""
    if form.is_valid() and "ubah" not in request.POST:
        preview = form.cleaned_data["text"]
        if newest and preview == newest.text:
            messages.info(request, _("Tulisannya sama dengan versi %d.") % newest.version)
            return redirect(request.path)
        if "terbitkan" in request.POST:
            done = _("Tata tertib terbit. Yang sudah mengajukan diminta menyetujuinya lagi.")
            by = person(request)
            attempt(request, lambda: publish_rules(event, text=preview, by=by, via="admin"), done)
            return redirect(request.path)
    living = BoothPlace.objects.living().filter(day__event=event)
    page = {
        "form": form,
        "event": event,
        "versions": versions,
        "preview": preview,
        "next": newest.version + 1 if newest else 1,
        "sellers": living.values("business").distinct().count(),
        "title": _("Tata tertib %s") % event,
    }
    return render(request, "admin/events/market_rules.html", {**context, **page})
