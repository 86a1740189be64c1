"""Staff's WhatsApp list: what is not sent yet, a portion of forty, a link and a mark for each."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from members.actions.letters import PORTION, mark_sent_by_whatsapp, take_letters
from members.admin.base import ReadOnlyAdmin
from members.models import Kecamatan, Letter, User
from members.models.letter import LetterQuerySet
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_anew
from umkm_portal.notices.purposes import PURPOSES


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    fields = [
        "recipient",
        "guest_name",
        "subject",
        "body",
        "created_at",
        "read_at",
        "mail_status",
        "tries",
        "sent_at",
        "last_error",
        "wa_sent_at",
        "wa_sent_by",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
        rows = Letter.objects.within_reach_of(request.user)
        return rows.select_related("recipient__owner", "wa_sent_by")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("ambil/", wrap(self.take_view), name="members_letter_ambil"),
            path("<int:pk>/terkirim/", wrap(self.sent_view), name="members_letter_terkirim"),
            path("<int:pk>/kirim-ulang/", wrap(self.resend_view), name="members_letter_ulang"),
        ]
        return own + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
        now = timezone.now()
        waiting = Letter.objects.within_reach_of(request.user).for_whatsapp(at=now)
        counts = dict(waiting.values_list("purpose").annotate(n=Count("pk")).order_by("purpose"))
        mine = _narrowed(waiting, request).held_by(request.user, at=now)
        total = sum(counts.values())
        context = {
            **self.admin_site.each_context(request),
            "title": _("Kirim WhatsApp"),
            "opts": self.opts,
            "total": total,
            "kinds": [
                {"name": name, "label": PURPOSES[name].whatsapp, "count": count}
                for name, count in counts.items()
            ],
            "letters": mine.select_related("recipient__owner").urgent_first()[:PORTION],
            "districts": [] if request.user.kecamatan_id else Kecamatan.objects.order_by("name"),
            "chosen": _asked(request),
            "query": urlencode(_asked(request)),
            "may_send": request.user.has_perm("members.change_letter"),
        }
        return TemplateResponse(request, "admin/members/letter/send_list.html", context)

    def take_view(self, request: HttpRequest) -> HttpResponse:
        user = self._sender(request)
        among = _narrowed(Letter.objects.all(), request)
        now = timezone.now()
        if not take_letters(user, among=among, at=now, by=user, via="admin"):
            self.message_user(request, _("Tidak ada pesan yang menunggu."), messages.INFO)
        return self._list(request)

    def sent_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self._sender(request)
        try:
            letter = mark_sent_by_whatsapp(self._letter(request, pk), by=user, via="admin")
        except ActionRefused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
        else:
            self.message_user(
                request, _("Ditandai terkirim: %s.") % letter.addressee, messages.SUCCESS
            )
        return self._list(request)

    def resend_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """*Kirim ulang* of the send log; back to the page it was pressed on."""
        user = self._sender(request)
        letter = self._letter(request, pk)
        try:
            send_anew(letter, seen=request.POST.get("surat", ""), by=user, via="admin")
        except ActionRefused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
        else:
            self.message_user(request, _("E-mail masuk antrean lagi."), messages.SUCCESS)
        return redirect(reverse("admin:members_letter_change", args=[letter.pk]))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        extra = {
            "letters": [self.get_object(request, object_id)],
            "may_resend": request.user.has_perm("members.change_letter"),
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, extra)

    def _sender(self, request: HttpRequest) -> User:
        assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
        if request.method != "POST" or not request.user.has_perm("members.change_letter"):
            raise PermissionDenied
        return request.user

    def _letter(self, request: HttpRequest, pk: int) -> Letter:
        found = self.get_queryset(request).filter(pk=pk).first()
        if found is None:
            raise Http404
        letter: Letter = found
        return letter

    def _list(self, request: HttpRequest) -> HttpResponse:
        query = urlencode(_asked(request))
        return redirect(f"{reverse('admin:members_letter_changelist')}?{query}")


def _asked(request: HttpRequest) -> dict[str, str]:
    """The filters of the address or of the form; what is no filter is left out."""
    given = request.POST if request.method == "POST" else request.GET
    kind, district = given.get("maksud", ""), given.get("kecamatan", "")
    asked = {"maksud": kind} if kind in PURPOSES else {}
    known = Kecamatan.objects.filter(code=district[:8]).exists() if district else False
    return {**asked, "kecamatan": district[:8]} if known else asked


def _narrowed(rows: LetterQuerySet, request: HttpRequest) -> LetterQuerySet:
    asked = _asked(request)
    if "maksud" in asked:
        rows = rows.filter(purpose=asked["maksud"])
    if "kecamatan" in asked:
        rows = rows.in_kecamatan(asked["kecamatan"])
    return rows
