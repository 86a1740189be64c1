"""Accounts: who is staff, in which role and where. Nobody raises himself or touches a superuser."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from members.models import User
from umkm_portal.audit.models import record

POWERS = ["is_staff", "is_active", "groups", "kecamatan"]
PLAIN_POWERS = ["is_staff", "is_active", "kecamatan"]
"""Those told with old and new in one line; the groups have a line of their own."""


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "email", "phone", "is_staff", "is_active", "kecamatan", "last_login"]
    list_filter = ["is_staff", "is_active", "groups"]
    list_select_related = ["kecamatan"]
    search_fields = ["name", "email", "phone"]
    show_full_result_count = False
    list_per_page = 50
    actions = None
    fields = ["name", "email", "phone", *POWERS, "date_joined", "last_login"]
    filter_horizontal = ["groups"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        users = User.objects.all()
        return users if request.user.is_superuser else users.filter(is_superuser=False)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """How one signs in is changed by its owner; one's own powers by somebody else."""
        fixed = ["date_joined", "last_login"]
        if obj is not None:
            fixed += ["email", "phone"]
        if obj is not None and obj.pk == request.user.pk:
            fixed += POWERS
        return fixed

    def save_model(
        self, request: HttpRequest, obj: User, form: ModelForm[User], change: Any
    ) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        verb = "user.changed" if change else "user.made"
        assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
        powers = [name for name in PLAIN_POWERS if change and name in form.changed_data]
        record(
            verb,
            obj,
            by=request.user,
            via="admin",
            fields=form.changed_data,
            old={name: form.initial.get(name) for name in powers},
            new={name: obj.serializable_value(name) for name in powers},
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        if "groups" in form.changed_data:
            had = sorted(group.name for group in form.initial.get("groups", ()))
            has = sorted(form.instance.groups.values_list("name", flat=True))
            assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
            record("user.roles_set", form.instance, by=request.user, via="admin", old=had, new=has)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
