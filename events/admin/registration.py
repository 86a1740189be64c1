from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.registration import cancel_registration
from events.admin.base import ReadOnlyAdmin, attempt, person
from events.models import Registration
from umkm_portal.lib.phone import show_phone


@admin.register(Registration)
class RegistrationAdmin(ReadOnlyAdmin):
    """Who is coming, who waits, and who is asked."""

    list_display = ["who", "phone_shown", "where_from", "event", "status", "offered_until"]
    list_filter = [
        "status",
        ("promoted_at", admin.EmptyFieldListFilter),
        ("event", admin.RelatedOnlyFieldListFilter),
        ("kecamatan", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = [
        "event",
        "business__owner",
        "business__kelurahan__kecamatan",
        "kecamatan",
    ]
    search_fields = ["name", "phone", "business__name"]
    change_form_template = "admin/events/registration_page.html"
    fields = [
        "event",
        "business",
        "name",
        "phone_shown",
        "email",
        "kecamatan",
        "status",
        "registered_at",
        "offered_at",
        "offered_until",
        "answered_at",
        "promoted_at",
        "cancelled_at",
    ]
    readonly_fields = ["phone_shown"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Registration]:
        return Registration.objects.within_reach_of(person(request))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.cancel)
        own = path("<int:pk>/batalkan/", view, name="events_registration_batalkan")
        return [own, *super().get_urls()]

    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        near = self.get_queryset(request).select_related("event")
        registration = get_object_or_404(near, pk=pk)
        if not request.user.has_perm("events.change_event"):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        done = _("Tempat dibatalkan. Yang pertama di daftar tunggu ditawari tempatnya.")
        by = person(request)
        attempt(request, lambda: cancel_registration(registration, by=by, via="admin"), done)
        return redirect("admin:events_registration_change", pk)

    @admin.display(description=gettext_lazy("peserta"), ordering="pk")
    def who(self, registration: Registration) -> str:
        return str(registration)

    @admin.display(description=gettext_lazy("nomor HP"))
    def phone_shown(self, registration: Registration) -> str:
        return show_phone(registration.contact_phone) if registration.contact_phone else ""

    @admin.display(description=gettext_lazy("kecamatan"))
    def where_from(self, registration: Registration) -> str:
        return registration.district
