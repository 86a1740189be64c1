"""What sellers reported of two past editions: one locked and corrected, one still coming in."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from catalog.models import Product
from events.actions.sales import (
    Figures,
    ask_for_reports,
    correct_sales,
    report_on_behalf,
    report_sales,
)
from events.models import BoothPlace, Event
from events.sales_choices import Mood, OmzetBracket, PiecesBracket
from members.choices import Sector
from umkm_portal.demo.cast import SITI
from umkm_portal.demo.clock import Timeline, coming_friday
from umkm_portal.demo.editions import LOCKED, REPORTING, Edition
from umkm_portal.demo.people import People

# Rupiah and price of a piece on a good day.
USUAL = {Sector.KULINER: (1_900_000, 22_000), Sector.FASHION: (2_400_000, 165_000)}
OTHERS = (1_400_000, 70_000)
WORDS = {
    Sector.KULINER: ["Keripik singkong", "Kue kering", "Es kopi susu"],
    Sector.FASHION: ["Kain batik", "Tas kain"],
    Sector.KERAJINAN: ["Gantungan kunci", "Pot tanaman"],
}
TOO_FEW = 3
"""The seller of the locked edition who typed one nought too few."""
EDGES = (
    (250_000, OmzetBracket.TO_250),
    (500_000, OmzetBracket.TO_500),
    (1_000_000, OmzetBracket.TO_1000),
    (2_000_000, OmzetBracket.TO_2000),
)


class Sales:
    def __init__(self, timeline: Timeline, people: People) -> None:
        self.timeline = timeline
        self.by: dict[str, Any] = {"by": people.staff["petugas"], "via": "admin"}

    def tell(self) -> None:
        friday = coming_friday(self.timeline.today)
        for edition, every in ((LOCKED, 9), (REPORTING, 4)):
            first = friday + timedelta(weeks=edition.week)
            ago = (self.timeline.today - edition.last_day(first)).days
            self.timeline.ago(ago, self._reporting(edition, every), hour=18)
        locked = (self.timeline.today - friday).days - LOCKED.week * 7
        self.timeline.ago(locked - 10, self._correct)

    def _reporting(self, edition: Edition, every: int) -> Any:
        """All but every so-manyth seller; then the others are asked."""

        def reporting() -> None:
            random = Random(edition.number)  # noqa: S311  a demo
            for n, place in enumerate(_places(edition), start=1):
                figures = _figures(random, place)
                if (edition, n) == (LOCKED, TOO_FEW):
                    figures = Figures(booth=235_000, pieces=41, transactions=33)
                if n % every == 0 or place.business.owner.email == SITI:
                    continue
                if n % 11 == 0:
                    report_on_behalf(place, figures=figures, **self.by)
                else:
                    report_sales(place, figures=figures, by=None, via="tautan")
            if edition is REPORTING:
                ask_for_reports(at=self.timeline.now, by=None, via="jadwal")

        return reporting

    def _correct(self) -> None:
        """One nought too few, seen when the seller looked at her own page."""
        place = _places(LOCKED)[TOO_FEW - 1]
        figures = Figures(booth=2_350_000, pieces=41, transactions=33, mood=Mood.BUSY)
        reason = "Penjual menelepon: tertulis satu nol kurang."
        correct_sales(place, figures=figures, reason=reason, **self.by)


def _places(edition: Edition) -> list[BoothPlace]:
    event = Event.objects.get(slug=edition.slug)
    there = BoothPlace.objects.present().filter(day__event=event)
    related = there.select_related("business__owner", "day__event")
    return list(related.order_by("day__date", "booth__number"))


def _figures(random: Random, place: BoothPlace) -> Figures:
    usual, price = USUAL.get(Sector(place.business.sector), OTHERS)
    amount = round(usual * random.lognormvariate(0, 0.55), -3)
    pieces = max(int(amount / price), 1)
    online = round(random.uniform(0.05, 0.3) * amount, -3) if random.random() < 0.3 else None
    if random.random() < 0.05:
        return Figures(booth=0, pieces=0, mood=Mood.QUIET)
    said: dict[str, Any] = {
        "online": online and int(online),
        "mood": random.choice([Mood.BUSY, Mood.BUSY, Mood.USUAL, Mood.QUIET]),
        **_best(random, place),
    }
    if random.random() < 0.45:
        return Figures(booth=_bracket(amount), pieces=_some(pieces), **said)
    buyers = max(int(pieces / random.uniform(1, 2)), 1)
    return Figures(booth=int(amount), pieces=pieces, transactions=buyers, **said)


def _best(random: Random, place: BoothPlace) -> dict[str, Any]:
    """A product of hers, or a few words as they are typed on a phone."""
    mine = Product.objects.visible().filter(business=place.business_id)
    product = mine.order_by("pk").values_list("pk", flat=True).first()
    if product and random.random() < 0.7:
        return {"best_product": product}
    return {"best_words": random.choice(WORDS[Sector(place.business.sector)])}


def _bracket(amount: float) -> OmzetBracket:
    return next((word for edge, word in EDGES if amount < edge), OmzetBracket.OVER_2000)


def _some(pieces: int) -> PiecesBracket:
    edges = ((10, PiecesBracket.TO_10), (25, PiecesBracket.TO_25), (50, PiecesBracket.TO_50))
    return next((word for edge, word in edges if pieces <= edge), PiecesBracket.OVER_50)
