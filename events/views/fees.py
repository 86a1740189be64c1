from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.fee_choices import FeeEntryKind
from events.models import BoothPlace, FeeEntry
from events.models.fee import standing_entry
from events.reports.fees import FeeCheck, fee_receipt_pdf
from members.choices import Right
from members.views.card import asks_too_often
from members.views.working import workable
from umkm_portal.lib.files import private_response


@require_safe
def fee_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The kuitansi that stands, on A4; whoever keeps her market may fetch it too."""
    mine = BoothPlace.objects.within(workable(request, Right.MARKET))
    related = mine.select_related("day__event", "business__owner__owner")
    place = get_object_or_404(related.prefetch_related("fee_entries__taken_back"), pk=pk)
    entry = standing_entry(place)
    if entry is None or entry.kind != FeeEntryKind.RECEIPT:
        raise Http404
    entry.place = place
    return private_response(fee_receipt_pdf(entry), filename=f"kuitansi-{entry.number}.pdf")


@login_not_required
@require_safe
def fee_check(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether a kuitansi of a booth fee is ours, as for one of dues."""
    if asks_too_often(request):
        return render(request, "members/check_too_often.html", status=429)
    receipts = FeeEntry.objects.filter(kind=FeeEntryKind.RECEIPT, code=code.upper())
    related = receipts.select_related("place__business", "place__day__event", "taken_back")
    entry = related.first()
    page = {"check": FeeCheck(entry) if entry else None, "now": timezone.localtime()}
    return render(request, "members/receipt_check.html", page, status=200 if entry else 404)
