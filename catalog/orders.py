"""The words a shopper sends to a seller; nothing in them tells who the shopper is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Product
from catalog.pickups import Pickup, earliest_pickup
from members.models import Business
from umkm_portal.lib.dates import tanggal
from umkm_portal.lib.rupiah import rupiah

MOST_LETTERS = 700
"""What WhatsApp and every phone's SMS screen still show whole, counted before encoding."""
MOST_PIECES = 99
# From the fullest to the shortest way to write an order: letters of a name, price of each line,
# the link. Twenty lines of long names still fit the last one.
_WAYS = (
    *((letters, True, True) for letters in (120, 80, 60, 45, 32, 24, 18)),
    (18, False, True),
    (10, False, False),
)
_JOINERS = "\u200d\ufe0f "


@dataclass(frozen=True)
class OrderLine:
    """`price` is whole rupiah for one `unit`."""

    name: str
    price: int
    unit: str
    quantity: int = 1

    @property
    def sum(self) -> int:
        return self.price * self.quantity


@dataclass(frozen=True)
class When:
    """`pickup` is a booth that suits the order; `ready` the first day of what is made to order."""

    pickup: Pickup | None = None
    ready: date | None = None


NO_DAY = When()


def when_of(products: Sequence[Product], pickup: Pickup | None, *, today: date) -> When:
    """For an order of today: no booth that comes too early, and no day for what is there now."""
    made = [product for product in products if product.lead_days]
    fits = pickup is not None and all(pickup.is_for(each, today=today) for each in products)
    return When(
        pickup if fits else None,
        max(earliest_pickup(each, today=today) for each in made) if made else None,
    )


def order_text(
    seller: str, lines: Sequence[OrderLine], *, code: str, url: str, when: When = NO_DAY
) -> str:
    """What is wanted, how many, what it comes to, where to fetch it; at most 700 letters."""
    text = ""
    for letters, with_price, with_link in _WAYS:
        text = _written(
            _cut(seller, letters),
            [_line(line, letters, with_price=with_price) for line in lines],
            total=sum(line.sum for line in lines),
            when=when,
            end=f"{code}, {settings.SITE_URL}{url}" if with_link else code,
        )
        if len(text) <= MOST_LETTERS:
            break
    return text


def product_order(product: Product, *, quantity: int = 1, pickup: Pickup | None = None) -> str:
    """The order for one product; one that is sold out is asked about instead."""
    seller, url = product.business.name, product.get_absolute_url()
    code = product_code(product)
    if product.sold_out:
        return _(
            "Halo %(seller)s, saya lihat di portal UMKM Jaksel.\n"
            "%(product)s sedang habis. Kapan ada lagi?\n"
            "Kode %(code)s, %(url)s"
        ) % {
            "seller": seller,
            "product": product.name,
            "code": code,
            "url": settings.SITE_URL + url,
        }
    line = OrderLine(product.name, product.price, product.unit, quantity)
    when = when_of([product], pickup, today=timezone.localdate())
    return order_text(seller, [line], code=code, url=url, when=when)


def product_code(product: Product) -> str:
    return f"P{product.pk}"


def question_text(business: Business) -> str:
    """For a shopper who asks the seller without a product in mind."""
    return _(
        "Halo %(seller)s, saya lihat usaha Anda di portal UMKM Jaksel. Saya mau bertanya: "
    ) % {"seller": business.name}


def read_quantity(typed: str) -> int:
    """How many a shopper asked for, 1 to 99; what is no such number is 1."""
    number = typed.strip()
    is_number = number.isascii() and number.isdecimal() and len(number) <= 4
    return min(max(int(number), 1), MOST_PIECES) if is_number else 1


def _written(seller: str, lines: Sequence[str], *, total: int, when: When, end: str) -> str:
    parts = [
        _("Halo %s, saya lihat di portal UMKM Jaksel.") % seller,
        _("Saya mau pesan:"),
        *lines,
        _("Total: %s") % rupiah(total),
    ]
    if when.ready:
        parts.append(_("Dipesan dulu, siap paling cepat %s") % tanggal(when.ready))
    if when.pickup:
        day = {"day": tanggal(when.pickup.day), "booth": when.pickup.booth}
        parts.append(_("Ambil: %(day)s, booth %(booth)s") % day)
    return "\n".join([*parts, _("Apakah masih ada?"), _("Kode %s") % end])


def _line(line: OrderLine, letters: int, *, with_price: bool) -> str:
    what = f"• {line.quantity} × {_cut(line.name, letters)}"
    if not with_price:
        return what
    return _("%(what)s (%(price)s per %(unit)s)") % {
        "what": what,
        "price": rupiah(line.price),
        "unit": line.unit,
    }


def _cut(name: str, letters: int) -> str:
    return name if len(name) <= letters else f"{name[: letters - 1].rstrip(_JOINERS)}…"
