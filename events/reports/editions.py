"""Jumat Beli Lokal: the Friday page, one edition, and what stands in which booth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from zlib import crc32

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.cards import Card, make_cards
from catalog.models import Product
from events.choices import EventState, EventStatus
from events.models import Booth, BoothPlace, Event, EventDay
from events.reports.goods import brought_to, listed_products
from members.choices import Sector
from umkm_portal.lib.dates import tanggal_pendek

# N5: the first twelve pictures; the rest of the products is one tap away.
PRODUCTS_ON_FRIDAY_PAGE = 12
SELLERS_ON_FRIDAY_PAGE = 60
PAST_EDITIONS = 24
FRIDAY = 4


@dataclass(frozen=True)
class Seller:
    """A business in its booth on one day."""

    number: str
    zone: str
    business_id: int
    name: str
    url: str
    sector: str
    sector_label: str
    kecamatan: str

    @property
    def colour(self) -> str:
        """The category's name in the stylesheet."""
        return {Sector.KERAJINAN: "kriya"}.get(Sector(self.sector), self.sector)


@dataclass(frozen=True)
class Stall:
    """One square of the booth plan; without a seller it is empty."""

    number: str
    seller: Seller | None


@dataclass(frozen=True)
class Aisle:
    name: str
    stalls: list[Stall]


@dataclass(frozen=True)
class JumatPage:
    """The next JBL day not yet over, if there is one, and called-off days before it."""

    day: EventDay | None
    cancelled: list[EventDay]
    sellers: list[Seller] = field(default_factory=list)
    products: list[Card] = field(default_factory=list)
    is_this_week: bool = False

    @property
    def this_day(self) -> list[EventDay]:
        return [self.day] if self.day else []

    @property
    def first_sellers(self) -> list[Seller]:
        return self.sellers[:SELLERS_ON_FRIDAY_PAGE]

    @property
    def more_sellers(self) -> int:
        return max(len(self.sellers) - SELLERS_ON_FRIDAY_PAGE, 0)


@dataclass(frozen=True)
class EditionDay:
    day: EventDay
    sellers: list[Seller]
    aisles: list[Aisle]


@dataclass(frozen=True)
class EditionLine:
    """One edition in the list; `percent` is the result against the target, when both are known."""

    event: Event
    state: EventState
    first: date
    last: date
    sellers: int
    percent: int | None


def editions(*, at: datetime) -> tuple[list[EditionLine], list[EditionLine]]:
    """Coming and past editions that visitors may see; four queries."""
    shown = Event.objects.public().jbl().with_days()
    found = [list(shown.upcoming(at=at)), list(shown.past(at=at)[:PAST_EDITIONS])]
    sellers = _seller_counts([event for events in found for event in events])
    coming, past = ([_line(event, sellers, at) for event in events] for events in found)
    return coming, past


def _seller_counts(events: list[Event]) -> dict[int, int]:
    places = BoothPlace.objects.standing().filter(day__event__in=events).order_by()
    counted = places.values("day__event").annotate(count=Count("business", distinct=True))
    return {row["day__event"]: row["count"] for row in counted}


def _line(event: Event, sellers: dict[int, int], at: datetime) -> EditionLine:
    days = list(event.days.all())
    return EditionLine(
        event=event,
        state=event.state(at=at),
        first=days[0].date,
        last=days[-1].date,
        sellers=sellers.get(event.pk, 0),
        percent=target_percent(event),
    )


def target_percent(event: Event) -> int | None:
    if event.result_omzet is None or not event.target_omzet:
        return None
    return event.result_omzet * 100 // event.target_omzet


def next_jbl_day(*, at: datetime) -> EventDay | None:
    """With its event; one query."""
    return EventDay.objects.next_jbl_day(at=at)


def jumat_page(*, at: datetime) -> JumatPage:
    """Everything `/jumat/` shows, in at most five queries."""
    coming = EventDay.objects.public().jbl().not_over(at=at).select_related("event").in_order()
    day, cancelled = None, []
    for each in coming:
        if each.event.status != EventStatus.CANCELLED:
            day = each
            break
        cancelled.append(each)
    if day is None:
        return JumatPage(None, cancelled)
    sellers = sellers_on(day)
    today = timezone.localdate(at)
    days_to_sunday = 6 - today.weekday()
    return JumatPage(
        day,
        cancelled,
        sellers,
        products_on(day, sellers),
        is_this_week=(day.date - today).days <= days_to_sunday,
    )


def sellers_on(day: EventDay) -> list[Seller]:
    """By booth number; one query."""
    places = BoothPlace.objects.on(day).shown()
    rows = places.select_related("booth", "business__kelurahan__kecamatan").order_by(
        "booth__number"
    )
    return [_seller(place) for place in rows]


def products_on(
    day: EventDay, sellers: list[Seller], *, limit: int = PRODUCTS_ON_FRIDAY_PAGE
) -> list[Card]:
    """One product of each seller, the newest, in an order that changes from day to day.

    Which twelve of perhaps three hundred sellers are shown must not always favour the same ones.
    """
    numbers = {seller.business_id: seller.number for seller in sellers}
    newest = brought_to([day]).available().filter(business__in=numbers)
    one_each = newest.order_by("business_id", "-published_at", "-pk").distinct("business_id")
    pks = sorted(
        one_each.values_list("pk", flat=True), key=lambda pk: crc32(f"{day.date} {pk}".encode())
    )
    cards = make_cards(Product.objects.visible().filter(pk__in=pks[:limit]))
    for card in cards:
        card.stall_tag = numbers[card.business_id]
    return cards


def seller_count(day: EventDay) -> int:
    return BoothPlace.objects.on(day).shown().count()


def tag_cards(cards: Sequence[Card], day: EventDay | None, *, at: datetime) -> Sequence[Card]:
    """Says "Jumat ini · A07" on what is brought to that day; one query."""
    if day is None or not cards:
        return cards
    this_friday = day.date.weekday() == FRIDAY and (day.date - timezone.localdate(at)).days < 7
    when = _("Jumat ini") if this_friday else tanggal_pendek(day.date)
    sellers = {card.business_id for card in cards}
    places = BoothPlace.objects.on(day).shown().filter(business__in=sellers)
    rows = places.values_list("business_id", "booth__number", listed_products())
    stalls = {business: (number, listed) for business, number, listed in rows}
    for card in cards:
        number, listed = stalls.get(card.business_id, ("", []))
        if number and (not listed or card.pk in listed):
            card.stall_tag = f"{when} · {number}"
    return cards


def edition_days(event: Event) -> list[EditionDay]:
    """Each day with its sellers and its booth plan, in three queries."""
    days = list(event.days.all())
    booths = list(event.booths.all())
    places = BoothPlace.objects.filter(day__in=days).shown()
    rows = list(
        places.select_related("booth", "business__kelurahan__kecamatan").order_by("booth__number")
    )
    found = []
    for day in days:
        sellers = [_seller(place) for place in rows if place.day_id == day.pk]
        found.append(EditionDay(day, sellers, _aisles(booths, sellers)))
    return found


def _aisles(booths: list[Booth], sellers: list[Seller]) -> list[Aisle]:
    by_number = {seller.number: seller for seller in sellers}
    ordered = sorted(booths, key=lambda booth: (booth.zone, booth.number))
    return [
        Aisle(zone, [Stall(booth.number, by_number.get(booth.number)) for booth in row])
        for zone, row in groupby(ordered, key=lambda booth: booth.zone)
    ]


def _seller(place: BoothPlace) -> Seller:
    business = place.business
    return Seller(
        number=place.number,
        zone=place.booth.zone if place.booth else "",
        business_id=business.pk,
        name=business.name,
        url=f"/usaha/{business.slug}/",
        sector=business.sector,
        sector_label=business.get_sector_display(),
        kecamatan=business.kelurahan.kecamatan.name if business.kelurahan else "",
    )
