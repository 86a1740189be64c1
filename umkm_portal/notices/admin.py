"""What was sent to whom and what failed; staff may queue a failed e-mail again, nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umkm_portal.notices.actions import try_again
from umkm_portal.notices.models import Notice


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["created_at", "subject", "addressee", "mail_status", "tries", "sent_at"]
    list_filter = ["mail_status", "purpose"]
    list_select_related = ["recipient"]
    search_fields = ["subject", "purpose"]
    show_full_result_count = False
    list_per_page = 50
    actions = ["send_again"]
    fields = [
        "recipient",
        "guest_name",
        "guest_email",
        "purpose",
        "subject",
        "body",
        "created_at",
        "read_at",
        "mail_status",
        "tries",
        "next_try_at",
        "sent_at",
        "last_error",
    ]

    @admin.action(description=gettext_lazy("Kirim ulang e-mail yang gagal"), permissions=["resend"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Notice]) -> None:
        assert isinstance(request.user, AbstractBaseUser)  # noqa: S101  admin is behind sign-in
        failed = list(queryset.given_up())  # type: ignore[attr-defined]
        for notice in failed:
            try_again(notice, by=request.user, via="admin")
        self.message_user(
            request, _("%d pesan masuk antrean lagi.") % len(failed), messages.SUCCESS
        )

    def has_resend_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("notices.change_notice"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
