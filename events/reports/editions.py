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

from catalog.cards import Card
from events.choices import EventState, EventStatus
from events.models import Booth, BoothPlace, Event, EventDay
from events.reports.next_market import (
    coming_days,
    newest_brought,
    sellers_shown,
    stalls_of,
)
from events.reports.results import published_sums
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
    omzet: int | None
    pieces: int | None
    percent: int | None


def editions(*, at: datetime) -> tuple[list[EditionLine], list[EditionLine]]:
    """Coming and past editions that visitors may see; five queries."""
    shown = Event.objects.public().jbl().with_days()
    found = [list(shown.upcoming(at=at)), list(shown.past(at=at)[:PAST_EDITIONS])]
    sellers = _seller_counts([event for events in found for event in events])
    sums = published_sums(found[1], at=at)
    coming, past = ([_line(event, sellers, sums, at) for event in events] for events in found)
    return coming, past


def _seller_counts(events: list[Event]) -> dict[int, int]:
    places = BoothPlace.objects.standing().filter(day__event__in=events).order_by()
    counted = places.values("day__event").annotate(count=Count("business", distinct=True))
    return {row["day__event"]: row["count"] for row in counted}


def _line(
    event: Event, sellers: dict[int, int], sums: dict[int, tuple[int, int]], at: datetime
) -> EditionLine:
    """What staff wrote down themselves goes before the sums of reports."""
    days = list(event.days.all())
    omzet, pieces = sums.get(event.pk, (None, None))
    if event.result_omzet is not None:
        omzet = event.result_omzet
    return EditionLine(
        event=event,
        state=event.state(at=at),
        first=days[0].date,
        last=days[-1].date,
        sellers=sellers.get(event.pk, 0),
        omzet=omzet,
        pieces=pieces if event.result_pieces is None else event.result_pieces,
        percent=target_percent(event, omzet),
    )


def target_percent(event: Event, omzet: int | None) -> int | None:
    if omzet is None or not event.target_omzet:
        return None
    return omzet * 100 // event.target_omzet


def next_jbl_day(*, at: datetime) -> EventDay | None:
    """With its event; one query."""
    days = coming_days(at=at)
    return days[-1] if days and not is_called_off(days[-1]) else None


def is_called_off(day: EventDay) -> bool:
    return day.event.status == EventStatus.CANCELLED


def jumat_page(*, at: datetime) -> JumatPage:
    """Everything `/jumat/` shows, in at most five queries."""
    coming = coming_days(at=at)
    cancelled = [day for day in coming if is_called_off(day)]
    if len(cancelled) == len(coming):
        return JumatPage(None, cancelled)
    day = coming[-1]
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
    labels = {sector.value: str(sector.label) for sector in Sector}
    return [
        Seller(number, zone, business, name, f"/usaha/{slug}/", sector, labels[sector], place or "")
        for number, zone, business, name, slug, sector, place in sellers_shown(day=day.pk)
    ]


def products_on(
    day: EventDay, sellers: list[Seller], *, limit: int = PRODUCTS_ON_FRIDAY_PAGE
) -> list[Card]:
    """One product of each seller, the newest, in an order that changes from day to day.

    Which twelve of perhaps three hundred sellers are shown must not always favour the same ones.
    """
    numbers = {seller.business_id: seller.number for seller in sellers}
    drawn = sorted(numbers, key=lambda pk: crc32(f"{day.date} {pk}".encode()))
    cards: list[Card] = []
    # Most have something to show: nobody need look at the goods of three hundred.
    while drawn and len(cards) < limit:
        some, drawn = drawn[: limit * 2], drawn[limit * 2 :]
        cards += newest_brought(day, some, eager=0 if cards else 2)
    for card in cards[:limit]:
        card.stall_tag = numbers[card.business_id]
    return cards[:limit]


def seller_count(day: EventDay) -> int:
    return len(sellers_shown(day=day.pk))


def tag_cards(cards: Sequence[Card], day: EventDay | None, *, at: datetime) -> Sequence[Card]:
    """Says "Jumat ini · A07" on what is brought to that day; one query."""
    if day is None or not cards:
        return cards
    this_friday = day.date.weekday() == FRIDAY and (day.date - timezone.localdate(at)).days < 7
    when = _("Jumat ini") if this_friday else tanggal_pendek(day.date)
    stalls = stalls_of(day, [card.business_id for card in cards])
    for card in cards:
        stall = stalls.get(card.business_id)
        if stall and stall.brings(card.pk):
            card.stall_tag = f"{when} · {stall.number}"
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
