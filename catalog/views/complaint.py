"""Report a listing, without an account."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.actions.complaints import file_complaint
from catalog.forms.complaint import ComplaintForm
from catalog.models import Product
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.http import client_ip
from umkm_portal.lib.ratelimit import too_many

# A market's visitors share one address of a mobile network; a script is still stopped.
REPORTS_PER_ADDRESS, PER_SECONDS = 20, 3600


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def product_report(request: HttpRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(Product.objects.visible(), pk=pk)
    if request.GET.get("terima") == "1" and request.method != "POST":
        return render(request, "catalog/complaint_thanks.html", {"product": product})
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        status = _file(request, product, form)
        if status == 302:
            path = reverse("catalog:product_report", args=[pk])
            return redirect(f"{path}?terima=1")
    context = {"form": form, "product": product}
    return render(request, "catalog/complaint.html", context, status=status)


def _file(request: HttpRequest, product: Product, form: ComplaintForm) -> int:
    """The status to answer with; 302 is "thank you", which a machine gets for nothing."""
    if form.is_from_a_machine:
        return 302
    if too_many(f"laporkan {client_ip(request)}", limit=REPORTS_PER_ADDRESS, seconds=PER_SECONDS):
        form.add_error(None, _("Terlalu banyak laporan dari sambungan ini. Coba 1 jam lagi."))
        return 429
    typed = form.cleaned_data
    try:
        # Whoever is signed in is not named either: a neighbour may well know the seller.
        file_complaint(product, reason=typed["alasan"], text=typed["cerita"], by=None, via="web")
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return 200
    return 302
