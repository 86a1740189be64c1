"""Who may sign up for an event: one small form beside it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from events.actions.rules import keep_rule
from events.admin.base import person
from events.forms.rule import SignUpRuleForm
from events.models import Event, SignUpRule
from events.models.rule import rule_of


def rules(request: HttpRequest, event: Event, context: dict[str, Any]) -> HttpResponse:
    rule = rule_of(event) or SignUpRule(event=event)
    form = SignUpRuleForm(request.POST or None, instance=rule)
    if form.is_valid():
        keep_rule(form.save(commit=False), by=person(request), via="admin")
        messages.success(request, _("Syarat peserta disimpan."))
        return redirect("admin:events_event_change", event.pk)
    words = {"title": _("Syarat peserta %s") % event, "button": _("Simpan syarat")}
    return render(
        request, "admin/events/ask.html", {**context, "form": form, "event": event, **words}
    )
