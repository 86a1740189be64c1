"""The first night market has quotas, and its seats were shared out by turn; Siti has an offer."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from catalog.models import Product
from events.actions.allocation import accept_place, allocate_day, preview_day
from events.actions.applications import Wishes, apply_for_days, withdraw_application
from events.actions.edition import keep_edition, publish_rules
from events.actions.quotas import Scope, set_quotas
from events.actions.waitlist import accept_offer, decline_offer, lapse_offer
from events.choices import PlaceStatus
from events.models import BoothPlace, Edition, EventDay
from events.turns import Turn
from members.choices import Sector
from members.models import Business, Office
from umkm_portal.demo.cast import SITI
from umkm_portal.demo.clock import Timeline
from umkm_portal.demo.people import People
from umkm_portal.demo.weekly import NIGHT_MARKET
from umkm_portal.lib.dates import tanggal_polos

RULES = "Datang sebelum pukul 16.30.\nMemasang harga dan menerima QRIS.\nMembawa pulang sampah."
SEATS = 16
BY_KECAMATAN, BY_OFFICE = 2, 2
KECAMATAN_WITH_A_QUOTA = 3
NOT_COMING = "Ada pesanan besar pada hari itu."
PRIZE = "Pemenang lomba kriya Blok M, diundang panitia."
SHOWS_HER_CRAFT = "Memperagakan kerajinannya, diminta panitia."


class Turns:
    """Of one day, told in order: opened, asked for, shared out, given up, offered, answered."""

    def __init__(self, timeline: Timeline, people: People) -> None:
        self.timeline = timeline
        self.people = people
        self.by: dict[str, Any] = {"by": people.staff["petugas"], "via": "admin"}

    def tell(self) -> None:
        self.timeline.ago(10, self._open, hour=9)
        self.timeline.ago(7, self._apply)
        self.timeline.ago(6, self._apply_late)
        self.timeline.ago(3, self._share_out, hour=9)
        self.timeline.ago(3, self._give_up, hour=11)
        self.timeline.ago(2, self._let_lapse, hour=20)
        self.timeline.ago(1, self._accept, hour=8)
        self.timeline.ago(0, self._offer_to_siti, hour=23)

    @property
    def day(self) -> EventDay:
        night = EventDay.objects.jbl().filter(event__series__name=NIGHT_MARKET)
        return night.filter(event__published=True).select_related("event").in_order()[0]

    def _open(self) -> None:
        event = self.day.event
        closes = datetime.combine(self.timeline.today - timedelta(days=4), time(16))
        edition = Edition(
            event=event,
            applications_open_at=timezone.now(),
            applications_close_at=timezone.make_aware(closes),
            seats_per_day=SEATS,
            tables_stock=20,
            chairs_stock=40,
            watts_stock=12_000,
            weather_plan="Pindah ke selasar stasiun bila hujan.",
        )
        keep_edition(edition, changed=[], **self.by)
        publish_rules(event, text=RULES, **self.by)
        set_quotas(event, self._quotas(), **self.by)

    def _quotas(self) -> dict[Scope, int | None]:
        """The kecamatan with most sellers, Siti's among them, and one office; the rest is free."""
        found = Counter(_kecamatan(business) for business in self._sellers())
        siti = _kecamatan(self._siti())
        most = [name for name, _count in found.most_common() if name != siti]
        cells: dict[Scope, int | None] = {
            Scope(kecamatan): BY_KECAMATAN for kecamatan in most[:KECAMATAN_WITH_A_QUOTA]
        }
        cells[Scope(siti)] = 1
        cells[Scope(office=self._office().pk)] = BY_OFFICE
        return cells | {Scope(sector=Sector.FASHION): BY_KECAMATAN}

    def _apply(self) -> None:
        office, siti = self._office(), self._siti()
        others = [business for business in self._sellers() if business != siti]
        for n, business in enumerate(others):
            wishes = Wishes(
                tables=1,
                chairs=2,
                power_watts=450 * (n % 2),
                sponsor=office if n % 8 == 3 else None,
                rules_version=1,
            )
            apply_for_days(business, days=[self.day], wishes=wishes, by=business.owner, via="web")

    def _apply_late(self) -> None:
        """Siti asks a day later than her neighbours, so she is the first who waits."""
        siti = self._siti()
        wishes = Wishes(tables=1, chairs=2, power_watts=450, rules_version=1)
        apply_for_days(siti, days=[self.day], wishes=wishes, by=siti.owner, via="web")

    def _share_out(self) -> None:
        """One out of her turn, with a reason; the others by the number that is published."""
        day, siti = self.day, self._siti()
        seed = f"Blok M {tanggal_polos(day.date)}"
        result = preview_day(day, seed=seed).result
        waiting = [turn for turn in result.waiting if turn.applicant.business != siti.pk]
        self._let_in(waiting[-1], PRIZE)
        hers = next(turn for turn in result.turns if turn.applicant.business == siti.pk)
        if hers.has_seat:
            # In the days after a market nobody's last place counts yet, and the turn would be
            # hers: a neighbour stands in her quota's seat, so that she has a turn to wait for.
            self._let_in(next(turn for turn in waiting if turn.cell == hers.cell), SHOWS_HER_CRAFT)
        allocate_day(day, seed=seed, **self.by)

    def _let_in(self, turn: Turn, reason: str) -> None:
        place = self.day.places.get(business=turn.applicant.business)
        accept_place(place, reason=reason, beyond_quota=True, **self.by)

    def _give_up(self) -> None:
        """A seat goes down the line: one declines it, the next lets it lapse."""
        hers = _cell(self.day.places.get(business=self._siti()))
        by_turn = self._seated().filter(override_reason="")
        for place in [place for place in by_turn if _cell(place) != hers][:2]:
            self._withdraw(place)
        for offer in self._offers()[:1]:
            decline_offer(offer, by=offer.business.owner, via="tautan")

    def _let_lapse(self) -> None:
        for offer in self._offers():
            lapse_offer(offer, by=None, via="jadwal")

    def _accept(self) -> None:
        for offer in self._offers():
            accept_offer(offer, by=offer.business.owner, via="tautan")

    def _offer_to_siti(self) -> None:
        """A seat of her quota is given up, and whoever stands before her declines it."""
        day, siti = self.day, self._siti()
        place = day.places.get(business=siti)
        same = [other for other in self._seated() if _cell(other) == _cell(place)]
        self._withdraw(same[0])
        while (offer := self._latest_offer()) is not None and offer.business_id != siti.pk:
            decline_offer(offer, by=offer.business.owner, via="tautan")

    def _withdraw(self, place: BoothPlace) -> None:
        withdraw_application(place, reason=NOT_COMING, by=place.business.owner, via="web")

    def _seated(self) -> QuerySet[BoothPlace]:
        places = self._places(PlaceStatus.ACCEPTED).exclude(business__owner__email=SITI)
        return places.order_by("-rank", "pk")

    def _offers(self) -> list[BoothPlace]:
        return list(self._places(PlaceStatus.OFFERED).order_by("offered_at", "pk"))

    def _latest_offer(self) -> BoothPlace | None:
        now = self._places(PlaceStatus.OFFERED).filter(offered_at=timezone.now())
        return now.order_by("-pk").first()

    def _places(self, status: PlaceStatus) -> QuerySet[BoothPlace]:
        return self.day.places.filter(status=status).select_related("day", "business__owner")

    def _sellers(self) -> list[Business]:
        may = Business.objects.may_list().filter(products__in=Product.objects.visible())
        return list(may.select_related("owner", "kelurahan").distinct().order_by("pk"))

    def _siti(self) -> Business:
        return Business.objects.verified().filter(owner__email=SITI).order_by("pk")[0]

    def _office(self) -> Office:
        return Office.objects.in_use().order_by("pk")[0]


def _kecamatan(business: Business) -> str:
    assert business.kelurahan  # noqa: S101  whoever is verified has one
    return business.kelurahan.kecamatan_id


def _cell(place: BoothPlace) -> int | None:
    return place.explanation["cell"] if place.explanation else None
