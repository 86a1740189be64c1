"""The curators' desk: what waits, oldest first, and one page to look and decide."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.actions.curation import approve_product, return_product, take_down
from catalog.actions.pricing import reprice_product
from catalog.badges import licences_of
from catalog.choices import ProductStatus
from catalog.forms.curation import CurationForm, curation_form
from catalog.forms.prices import StockForm
from catalog.models import Product
from catalog.reports.curation import changes_of, warnings_of
from catalog.reports.facts import food_of
from members.models import User
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

WAITING = ProductStatus.WAITING.value
# Which buttons a status has.
BUTTONS = {
    ProductStatus.WAITING: ("setujui", "kembalikan", "turunkan"),
    ProductStatus.LIVE: ("turunkan",),
    ProductStatus.TAKEN_DOWN: ("kembalikan",),
}


class HalalFilter(admin.SimpleListFilter):
    """Food that the law wants a certificate for, from the day of the setting on."""

    title = gettext_lazy("wajib halal")
    parameter_name = "halal"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        if timezone.localdate() < settings.WAJIB_HALAL_SEJAK:
            return []
        return [("kurang", _("Belum bersertifikat"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "kurang":
            return queryset
        lacking = Product.objects.lacking_halal(on=timezone.localdate())
        return queryset.filter(pk__in=lacking.values("pk"))


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = [
        "name",
        "business",
        "category",
        "price",
        "status",
        "sold_out",
        "submitted_at",
    ]
    list_editable = ["price", "sold_out"]
    list_filter = ["status", "category", "food_mark", HalalFilter]
    list_select_related = ["business"]
    search_fields = ["name", "business__name"]
    search_help_text = "Nama produk atau usaha."
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[StockForm]:
        return StockForm

    def save_model(
        self,
        request: HttpRequest,
        obj: Product,
        form: Any,
        change: bool,  # noqa: FBT001  Django's signature
    ) -> None:
        """Rows of the list alone; each through the action, which keeps what another changed."""
        typed = {name: form.cleaned_data[name] for name in form.changed_data}
        try:
            reprice_product(
                obj,
                price=typed.get("price"),
                sold_out=typed.get("sold_out"),
                old_price=form.shown("price"),
                old_sold_out=form.shown("sold_out"),
                by=_person(request),
                via="admin",
            )
        except ActionRefused as refusal:
            messages.error(request, f"{obj.name}: {refusal}")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        staff = _person(request)
        products = Product.objects.all()
        if staff.is_superuser or staff.kecamatan_id is None:
            return products
        return products.filter(business__kelurahan__kecamatan_id=staff.kecamatan_id)

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        waiting = request.GET.get("status__exact") == WAITING
        return ["submitted_at", "pk"] if waiting else ["-pk"]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Nothing is typed over here: three buttons, each an action."""
        product = self.get_object(request, object_id)
        if product is None:
            raise Http404
        if not self.has_view_or_change_permission(request, product):
            raise PermissionDenied
        may_decide = self.has_change_permission(request, product)
        form = curation_form(product)
        if request.method == "POST":
            if not may_decide:
                raise PermissionDenied
            form = curation_form(product, request.POST)
            was_waiting = product.status == WAITING
            if _decide(product, form, request):
                return self._go_on(request, product, was_waiting=was_waiting)
        today = timezone.localdate()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": product.name,
            "original": product,
            "business": product.business,
            "photos": product.photos.all(),
            "form": form,
            "buttons": BUTTONS.get(ProductStatus(product.status), ()) if may_decide else (),
            "changes": changes_of(product),
            "warnings": warnings_of(product, on=today),
            "licences": licences_of(product, on=today),
            "food": food_of(product, on=today),
            "following": self._following(request, product) if may_decide else None,
            "trail": AuditEntry.objects.about(product).select_related("by")[:50],
        }
        return render(request, "admin/catalog/product/change_form.html", context)

    def _following(self, request: HttpRequest, product: Product) -> Product | None:
        """The oldest other one that waits within this person's reach."""
        waiting = self.get_queryset(request).filter(status=WAITING).exclude(pk=product.pk)
        return waiting.order_by("submitted_at", "pk").first()

    def _go_on(
        self, request: HttpRequest, product: Product, *, was_waiting: bool
    ) -> HttpResponseRedirect:
        """From the queue to the next in it; a live product that was taken down stays in sight."""
        if not was_waiting:
            return redirect("admin:catalog_product_change", product.pk)
        following = self._following(request, product)
        if following:
            return redirect("admin:catalog_product_change", following.pk)
        return redirect(f"{reverse('admin:catalog_product_changelist')}?status__exact={WAITING}")


def _decide(product: Product, form: CurationForm, request: HttpRequest) -> bool:
    """Whether the decision was taken; if not, the form or a message says why."""
    if not form.is_valid():
        return False
    asked = request.POST.get("aksi", "")
    if asked == "setujui" and form.refuse_unchecked():
        return False
    try:
        decided = _act(product, asked, form.cleaned_data, _person(request))
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    said = {"name": decided.name, "status": decided.get_status_display()}
    messages.success(request, _("%(name)s: %(status)s.") % said)
    return True


def _act(product: Product, asked: str, typed: dict[str, Any], staff: User) -> Product:
    seen, reasons, note = typed["dilihat"], typed["alasan"], typed["catatan"]
    if asked == "setujui":
        return approve_product(product, by=staff, via="admin", checks=typed["periksa"], seen=seen)
    if asked == "kembalikan":
        return return_product(product, reasons=reasons, note=note, by=staff, via="admin", seen=seen)
    if asked == "turunkan":
        return take_down(product, reasons=reasons, note=note, by=staff, via="admin")
    raise ActionRefused(_("Pilih satu keputusan."))


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
    return request.user
