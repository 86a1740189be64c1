"""The inbox: every message, newest first; reading is noted by a button, never by looking."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from umkm_portal.lib.paginate import keyset_page
from umkm_portal.notices.actions import mark_read
from umkm_portal.notices.models import Notice

PAGE_SIZE = 50


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    notices = Notice.objects.of(request.user).only("subject", "created_at", "read_at")
    page = keyset_page(notices, order=["-pk"], token=request.GET.get("setelah", ""), size=PAGE_SIZE)
    return render(request, "notices/inbox.html", {"page": page})


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    return render(request, "notices/detail.html", {"notice": notice})


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    mark_read(Notice.objects.filter(pk=notice.pk))
    return redirect("notices:inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    mark_read(Notice.objects.of(request.user))
    return redirect("notices:inbox")
