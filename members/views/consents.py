"""What the owner agreed to, word for word; each can be given or taken back by itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members.actions.consents import give_consents, withdraw_consent
from members.choices import ConsentPurpose
from members.consent_texts import TEXTS
from members.models import Consent
from members.views.signed_in import signed_in
from umkm_portal.lib.errors import ActionRefused


@require_safe
def consents(request: HttpRequest) -> HttpResponse:
    standing = {c.purpose: c for c in Consent.objects.of(signed_in(request)).standing()}
    rows = [
        {
            "purpose": purpose,
            "text": TEXTS[purpose].text,
            "given": standing.get(purpose),
            "is_needed": purpose == ConsentPurpose.MEMBERSHIP,
        }
        for purpose in ConsentPurpose
    ]
    return render(request, "members/consents.html", {"rows": rows})


@require_POST
def change(request: HttpRequest, purpose: str) -> HttpResponse:
    if purpose not in ConsentPurpose.values:
        raise Http404
    user, wanted = signed_in(request), ConsentPurpose(purpose)
    try:
        if "tarik" in request.POST:
            withdraw_consent(user, purpose=wanted, by=user, via="web")
        elif "beri" in request.POST:
            give_consents(user, purposes=[wanted], by=user, via="web")
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Tersimpan dan tercatat dengan waktunya."))
    return redirect("members:consents")
