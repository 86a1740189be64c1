"""What the plan of a market day is worked out from: its booths, and what each seller sells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from catalog.lexicon import refresh_lexicon
from catalog.models import Product
from events.layout import Seller, Stall
from events.models import Booth, BoothPlace, EventDay
from events.models.booth import BoothPlaceQuerySet
from umkm_portal.lib.search_text import kinds_of

# Of all kinds a thing has, those that make two sellers rivals; "lebaran" or "hadiah" do not.
RIVALS = frozenset(
    [
        "camilan",
        "kue",
        "roti",
        "minuman",
        "teh",
        "jamu",
        "es",
        "lauk",
        "sayur",
        "daging",
        "ikan",
        "nasi",
        "sambal",
        "saus",
        "bumbu",
        "rempah",
        "herbal",
        "buah",
        "topping",
        "beku",
        "pakaian",
        "atasan",
        "bawahan",
        "jaket",
        "kain",
        "hijab",
        "sepatu",
        "tas",
        "perhiasan",
        "anyam",
        "rajut",
        "sablon",
        "hiasan",
        "lilin",
        "aroma",
        "pengharum",
        "perawatan",
        "tanaman",
        "mainan",
        "buku",
        "alat",
        "dapur",
    ]
)
# So many of her goods say what somebody sells.
GOODS = 12


def standing_places(day: EventDay) -> BoothPlaceQuerySet:
    return day.places.standing().select_related("booth", "business")


def kinds_by_business(places: Iterable[BoothPlace]) -> dict[int, str]:
    """What each of them mostly sells, such as "camilan", from the names of her goods.

    One query, and once a minute one more for the words that tell a kind.
    """
    refresh_lexicon()
    sellers = [place.business_id for place in places]
    goods = Product.objects.visible().filter(business__in=sellers).order_by("business", "-pk")
    met: dict[int, Counter[str]] = {}
    for business, name in goods.values_list("business", "name"):
        kinds = met.setdefault(business, Counter())
        if kinds.total() < GOODS:
            kinds.update(_rival_kinds(name)[:1])
    return {business: kinds.most_common(1)[0][0] for business, kinds in met.items() if kinds}


def _rival_kinds(name: str) -> list[str]:
    """Word by word, as Indonesian names a thing by its first: keripik pisang is no fruit."""
    return [
        kind
        for part in [*name.split(), name]
        for kind in sorted(RIVALS.intersection(kinds_of(part)))
    ]


def stalls_of(booths: Iterable[Booth]) -> list[Stall]:
    return [Stall(b.number, b.zone, b.power, b.plan_row or 0, b.plan_column or 0) for b in booths]


def seller_of(place: BoothPlace, kinds: dict[int, str]) -> Seller:
    business = place.business
    return Seller(place.pk, business.sector, kinds.get(business.pk, ""), place.cooks)
