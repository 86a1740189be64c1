"""*Titipan*: what a shopper means to order, in a signed cookie of her own and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.orders import MOST_PIECES
from umkm_portal.lib.codes import random_code
from umkm_portal.lib.errors import ActionRefused

MOST_ROWS = 20
COOKIE = "__Host-titipan" if settings.SESSION_COOKIE_SECURE else "titipan"
KEPT_FOR = timedelta(days=30)
_SIGNER = Signer(salt="umkm_portal.titipan")
_MOST_PK = 2**63 - 1


@dataclass(frozen=True)
class ShoppingList:
    """Products with how many of each, in the order they came; `code` names the order to sellers.

    The code says nothing of the shopper: it is drawn by chance and lives in her cookie only.
    """

    code: str = ""
    rows: dict[int, int] = field(default_factory=dict)

    def adding(self, product: int, quantity: int) -> Self:
        """Raises ActionRefused for one row too many; the same product again grows its row."""
        if product not in self.rows and len(self.rows) >= MOST_ROWS:
            raise ActionRefused(
                _("Titipan penuh: paling banyak %d produk. Hapus satu dulu.") % MOST_ROWS
            )
        together = min(self.rows.get(product, 0) + quantity, MOST_PIECES)
        return replace(
            self, code=self.code or random_code(4), rows={**self.rows, product: together}
        )

    def with_quantities(self, wanted: dict[int, int]) -> Self:
        """The new number of each named row; 0 takes it out, and nothing is added."""
        changed = {
            product: min(wanted.get(product, quantity), MOST_PIECES)
            for product, quantity in self.rows.items()
        }
        return replace(self, rows={product: n for product, n in changed.items() if n > 0})


def read_list(request: HttpRequest) -> ShoppingList:
    """The list of this browser; a cookie that is not as we wrote it is an empty one."""
    try:
        code, _dot, written = _SIGNER.unsign(request.COOKIES.get(COOKIE, "")).partition(".")
        pairs = [pair.split("x") for pair in written.split(".") if pair]
        rows = {int(product): int(quantity) for product, quantity in pairs[:MOST_ROWS]}
    except (BadSignature, ValueError):
        return ShoppingList()
    known = {pk: n for pk, n in rows.items() if 0 < pk <= _MOST_PK and 0 < n <= MOST_PIECES}
    return ShoppingList(code, known)


def write_list(response: HttpResponse, kept: ShoppingList) -> HttpResponse:
    """An empty list takes its cookie away."""
    if not kept.rows:
        response.delete_cookie(COOKIE, samesite="Lax")
        return response
    written = ".".join([kept.code, *(f"{pk}x{n}" for pk, n in kept.rows.items())])
    response.set_cookie(
        COOKIE,
        _SIGNER.sign(written),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
