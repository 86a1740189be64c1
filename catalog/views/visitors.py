"""Who is a shopper, for the sums of views and clicks."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from catalog import interest
from catalog.models import Product
from members.choices import Right
from members.models import User
from members.views.working import workable
from umkm_portal.lib.http import client_ip


def is_shopper(request: HttpRequest, pk: int) -> bool:
    """Whether this is a shopper: no crawler, no page fetched in advance, nobody of the business."""
    if interest.is_machine(request.headers.get("User-Agent", "")):
        return False
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return False
    return not interest.is_too_eager(client_ip(request)) and not _works_on_it(request, pk)


def _works_on_it(request: HttpRequest, pk: int) -> bool:
    # Without the cookie nobody is signed in; asking would open a session for nothing.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not isinstance(request.user, User):
        return False
    if request.user.is_staff:
        return True
    mine = workable(request, Right.CATALOGUE)
    return Product.objects.within(mine).filter(pk=pk).exists()
