"""The staff's desk: Django's admin with the work that waits on its first page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from events.reports.doors import DoorToday, doors_today
from members.models import User
from umkm_portal import merge_desk
from umkm_portal.work_queue import waiting_for


class Guarded(ModelAdmin):  # type: ignore[type-arg]
    """What holds for every model of the desk, whoever wrote its admin."""

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Model:
        """The same 404 for what is not there and for what is not this person's."""
        found: Model | None = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """A list may be narrowed only by what it offers as a filter.

        Django lets any field of the row itself be asked in the address: `?password__startswith=…`
        or `?token__startswith=…` would spell out what no page shows.
        """
        offered = [self.date_hierarchy, *map(_asked_by, self.get_list_filter(request))]
        return any(
            name and (lookup == name or lookup.startswith(f"{name}{LOOKUP_SEP}"))
            for name in offered
        ) and super().lookup_allowed(lookup, value, request)

    def response_action(  # type: ignore[override]  # the stubs know a later Django's
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponseBase | None:
        """Django asks the database for whatever was ticked, and fails on what is no row's key."""
        for ticked in request.POST.getlist(ACTION_CHECKBOX_NAME):
            try:
                self.opts.pk.to_python(ticked)
            except ValidationError:
                raise BadRequest from None
        return super().response_action(request, queryset)


def _asked_by(item: Any) -> str:
    """What one entry of `list_filter` reads from the address."""
    if isinstance(item, type):
        return str(getattr(item, "parameter_name", ""))
    return str(item[0] if isinstance(item, list | tuple) else item)


def _doors_of(user: User) -> list[DoorToday]:
    """The lists of today, for who keeps them."""
    return doors_today(at=timezone.now()) if user.has_perm("events.add_attendance") else []


class PortalAdminSite(AdminSite):
    site_title = _("Meja petugas")
    site_header = _("Meja petugas UMKM Jaksel")
    index_title = _("Yang menunggu Anda")
    index_template = "admin/queue_index.html"
    enable_nav_sidebar = False
    empty_value_display = "–"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Every list of the desk is guarded here, those of other people's packages too."""
        guarded = (Guarded, admin_class or ModelAdmin)
        name = (admin_class or ModelAdmin).__name__
        super().register(model_or_iterable, type(name, guarded, {}), **options)

    def get_urls(self) -> list[Any]:
        def page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
            def shown(request: HttpRequest, **parts: int) -> HttpResponse:
                return view(request, self.each_context(request), **parts)

            return self.admin_view(shown)

        own = [
            path("ganda/", page(merge_desk.suspected), name="duplicates"),
            path("ganda/<int:kept>/<int:gone>/", page(merge_desk.compare), name="merge_businesses"),
        ]
        return own + super().get_urls()

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
        waits = {"queue": waiting_for(request.user), "doors": _doors_of(request.user)}
        return super().index(request, {**(extra_context or {}), **waits})

    @method_decorator(never_cache)
    @login_not_required
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The portal's own sign-in, with its limits and second factor; Django's has neither."""
        if not request.user.is_authenticated:
            way_on = request.GET.get("next") or reverse("admin:index")
            return redirect_to_login(way_on)
        if not self.has_permission(request):
            raise PermissionDenied(_("Halaman ini hanya untuk petugas."))
        return redirect("admin:index")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The portal's own page, which also tells the person by e-mail."""
        return redirect("account_change_password")
