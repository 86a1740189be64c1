"""An owner's goods out as a sheet and in again; another business's import is not found."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.actions.product_import import (
    cancel_product_import,
    confirm_product_import,
    upload_products,
)
from catalog.actions.product_import_undo import may_undo, undo_product_import
from catalog.forms.product_sheet import ProductSheetForm
from catalog.models import ProductImport
from catalog.models.product_import import ProductImportQuerySet
from catalog.product_import import bad_rows, product_import_job
from catalog.reports.product_files import export, export_photos, template
from members.choices import ImportState, Right
from members.models import Business, User
from members.views.working import desk, workable
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import StorageFull, private_response
from umkm_portal.lib.ratelimit import too_many

PROBLEMS_SHOWN = 50
UPLOADS, PER_SECONDS = 20, 3600


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_home(request: HttpRequest) -> HttpResponse:
    """Take a template or the own goods, and send them back filled."""
    business = _business(request)
    if business is None:
        return redirect("catalog:product_manage")
    is_sent = request.method == "POST"
    form = ProductSheetForm(request.POST, request.FILES) if is_sent else ProductSheetForm()
    if form.is_valid():
        try:
            batch = _upload(request, form, business)
        except (ActionRefused, StorageFull) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("catalog:sheet_import", pk=batch.pk)
    context = {
        "form": form,
        "business": business,
        "recent": ProductImport.objects.filter(business=business)[:5],
    }
    return render(request, "catalog/sheet_home.html", context)


@require_safe
def sheet_template(request: HttpRequest) -> HttpResponse:
    return private_response(template(), filename="templat-produk.xlsx")


@require_safe
def sheet_export(request: HttpRequest) -> HttpResponse:
    business = _business(request)
    if business is None:
        return redirect("catalog:product_manage")
    name = f"produk-{business.slug or business.pk}-{timezone.localdate()}.xlsx"
    return private_response(export(business), filename=name)


@require_safe
def sheet_photos(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """All pictures of a business under the names that the export gives them."""
    business = get_object_or_404(workable(request, Right.CATALOGUE), pk=pk)
    name = f"foto-{business.slug or business.pk}-{timezone.localdate()}.zip"
    response = StreamingHttpResponse(export_photos(business), content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@require_safe
def sheet_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Reloads itself while a job has the sheet; then says what would change, or has."""
    batch = get_object_or_404(_own(request), pk=pk)
    context = {
        "batch": batch,
        "business": batch.business,
        "problems": batch.problems[:PROBLEMS_SHOWN],
        "more": max(0, len(batch.problems) - PROBLEMS_SHOWN),
        "is_ready": batch.state == ImportState.CHECKED,
        "is_done": batch.state == ImportState.DONE,
        "is_undone": batch.state == ImportState.UNDONE,
        "may_undo": may_undo(batch, at=timezone.now()),
        "writes": batch.created + batch.updated,
    }
    return render(request, "catalog/sheet_import.html", context)


@require_POST
def sheet_write(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(_own(request), pk=pk)
    try:
        with transaction.atomic():
            confirm_product_import(batch, by=cast(User, request.user), via="web")
            product_import_job.enqueue(batch.pk)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("catalog:sheet_import", pk=pk)


@require_POST
def sheet_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(_own(request), pk=pk)
    try:
        cancel_product_import(batch, by=cast(User, request.user), via="web")
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("catalog:sheet_import", pk=pk)
    messages.success(request, _("Impor dibatalkan. Tidak ada yang berubah."))
    return redirect("catalog:sheet_home")


@require_POST
def sheet_undo(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(_own(request), pk=pk)
    try:
        undo_product_import(batch, by=cast(User, request.user), via="web")
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("catalog:sheet_import", pk=pk)


@require_safe
def sheet_bad_rows(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(_own(request).exclude(file=""), pk=pk)
    if not batch.problems:
        raise Http404
    return private_response(bad_rows(batch), filename=f"baris-salah-{batch.pk}.xlsx")


def _upload(request: HttpRequest, form: ProductSheetForm, business: Business) -> ProductImport:
    user = cast(User, request.user)
    if too_many(f"impor produk {user.pk}", limit=UPLOADS, seconds=PER_SECONDS):
        raise ActionRefused(_("Terlalu banyak berkas. Coba lagi satu jam lagi."))
    sheet = form.cleaned_data["berkas"]
    with transaction.atomic(), form.pictures() as photos:
        batch = upload_products(
            business,
            sheet.read(),
            name=sheet.name or "",
            photos=photos,
            submits=form.cleaned_data["kirim"],
            by=user,
            via="web",
        )
        product_import_job.enqueue(batch.pk)
    return batch


def _business(request: HttpRequest) -> Business | None:
    """The chosen business where this person may work on goods, once it has a name."""
    place = desk(request).at(Right.CATALOGUE)
    return place.business if place is not None and place.business.name else None


def _own(request: HttpRequest) -> ProductImportQuerySet:
    return ProductImport.objects.within(workable(request, Right.CATALOGUE)).select_related(
        "business"
    )
