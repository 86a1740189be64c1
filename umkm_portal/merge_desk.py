"""The desk's pages for businesses recorded twice: the list, the comparison, the decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from members.actions.duplicates import tell_apart
from members.application import LABELS, answers
from members.models import Business
from members.reports.duplicates import reasons_for, suspected_pairs
from members.views.signed_in import signed_in
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.merging import TAKEABLE, merge_businesses

PERMISSION = "members.merge_businesses"


def suspected(request: HttpRequest, base: dict[str, Any]) -> HttpResponse:
    _require(request)
    context = {**base, "title": _("Mungkin tercatat dua kali"), "pairs": suspected_pairs()}
    return TemplateResponse(request, "admin/merge/list.html", context)


def compare(request: HttpRequest, base: dict[str, Any], kept: int, gone: int) -> HttpResponse:
    """Both side by side; each value that differs is chosen by hand."""
    _require(request)
    rows = Business.objects.sent().select_related("owner__owner", "kelurahan__kecamatan")
    stays, goes = get_object_or_404(rows, pk=kept), get_object_or_404(rows, pk=gone)
    lines = differing(stays, goes)
    form = ChoiceForm(request.POST if request.method == "POST" else None, lines=lines)
    if (
        request.method == "POST"
        and ("beda" in request.POST or form.is_valid())
        and _decided(request, stays, goes, form)
    ):
        return redirect("admin:duplicates")
    context = {
        **base,
        "title": _("Bandingkan dua catatan"),
        "stays": stays,
        "goes": goes,
        "reasons": reasons_for(stays, goes),
        "form": form,
        "same": [a for a in answers(stays) if a.field not in form.fields and a.step != "pemilik"],
    }
    return TemplateResponse(request, "admin/merge/compare.html", context)


class ChoiceForm(forms.Form):
    """One choice per differing value: "0" keeps ours, "1" takes the other's."""

    def __init__(self, data: Any, *, lines: dict[str, tuple[str, str]]) -> None:
        super().__init__(data)
        for name, (mine, theirs) in lines.items():
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name],
                choices=[("0", mine or "–"), ("1", theirs or "–")],
                widget=forms.RadioSelect,
                initial="0" if mine else "1",
                error_messages={"required": _("Pilih salah satu.")},
            )

    @property
    def taken(self) -> list[str]:
        return [name for name, choice in self.cleaned_data.items() if choice == "1"]


def differing(stays: Business, goes: Business) -> dict[str, tuple[str, str]]:
    mine = {a.field: a.value for a in answers(stays)}
    theirs = {a.field: a.value for a in answers(goes)}
    return {
        name: (mine[name], theirs[name])
        for name in TAKEABLE
        if name in mine and mine[name] != theirs[name]
    }


def _decided(request: HttpRequest, stays: Business, goes: Business, form: ChoiceForm) -> bool:
    user = signed_in(request)
    try:
        if "beda" in request.POST:
            tell_apart(stays, other=goes, by=user, via="admin")
            messages.success(request, _("Dicatat sebagai dua usaha yang berbeda."))
        else:
            merge_businesses(stays, gone=goes, take=form.taken, by=user, via="admin")
            messages.success(request, _("Kedua catatan digabung. Tidak ada baris yang hilang."))
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _require(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
