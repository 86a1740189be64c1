"""What the admin pages of events share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from members.models import User
from umkm_portal.lib.errors import ActionRefused


class KeptAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Nothing is deleted by hand, and what an action changes is not edited."""

    show_full_result_count = False
    list_per_page = 50
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(KeptAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
    return request.user


def attempt(request: HttpRequest, do: Callable[[], object], done: str) -> bool:
    """Run the action; say what came of it on the next page."""
    try:
        do()
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, done)
    return True
