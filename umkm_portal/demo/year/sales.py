"""Sellers report what they sold: most in the evening, some never; a few think again in time."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from django.db import models

from events.actions.sales import Figures, correct_sales, report_sales
from events.choices import PlaceStatus
from events.models import BoothPlace, EventDay
from events.models.sales import REPORT_DAYS
from events.sales_choices import OMZET_COUNTS, PIECES_COUNTS, OmzetBracket, PiecesBracket
from members.models import User
from umkm_portal.demo.year.checks_sales import Sums, check_sales
from umkm_portal.demo.year.clock import Clock
from umkm_portal.lib.errors import ActionRefused

REPORTS, COUNTS_EXACTLY, SELLS_ONLINE, THINKS_AGAIN = 0.6, 0.4, 0.15, 0.03
SECOND_THOUGHTS, LOCKED = 3, REPORT_DAYS + 1


class Sales:
    """`told` is kept here, beside the database, by day and business: what the sums must be."""

    def __init__(self, officer: User, chance: random.Random, tallies: Counter[str]) -> None:
        self.officer, self.tallies = officer, tallies
        # Its own luck, so that who asks, comes and answers is the same year as without reports.
        self.chance = random.Random(chance.getstate()[1][0])  # noqa: S311
        self.told: dict[int, Sums] = {}
        self.days: dict[date, EventDay] = {}

    def evening(self, day: EventDay) -> None:
        """After the market has closed."""
        self.days[day.date], told = day, self.told.setdefault(day.pk, {})
        for place in self._places(day):
            if self.chance.random() < REPORTS:
                self._report(place, told)

    def later(self, today: date, clock: Clock) -> list[str]:
        """Second thoughts within the week; after it the door is shut but for staff's reason."""
        again = self.days.get(today - timedelta(days=SECOND_THOUGHTS))
        if again:
            told = self.told[again.pk]
            for place in self._places(again).filter(business__in=list(told)):
                if self.chance.random() < THINKS_AGAIN:
                    self._report(place, told)
                    self.tallies["reports_changed"] += 1
        over = self.days.get(today - timedelta(days=LOCKED))
        if over is None:
            return []
        clock.set(today, 9)
        self._too_late(over)
        self._correct(over)
        return check_sales(over, self.told[over.pk])

    def at_the_end(self) -> list[str]:
        """Every day once more: what was locked is as it was."""
        return [
            sentence
            for day in self.days.values()
            for sentence in check_sales(day, self.told[day.pk])
        ]

    def _places(self, day: EventDay) -> models.QuerySet[BoothPlace]:
        present = day.places.filter(status=PlaceStatus.PRESENT)
        return present.select_related("business__owner", "day__event").order_by("pk")

    def _report(self, place: BoothPlace, told: Sums) -> None:
        figures = self._figures()
        report_sales(place, figures=figures, by=None, via="tautan")
        self.tallies["reported"] += place.business_id not in told
        told[place.business_id] = _counts(figures)

    def _too_late(self, day: EventDay) -> None:
        place = self._places(day).first()
        if place is None:
            return
        try:
            report_sales(place, figures=self._figures(), by=None, via="tautan")
        except ActionRefused:
            self.tallies["reports_too_late"] += 1
        else:
            # The sums do not have it, so the check finds it.
            self.tallies["reports_let_in_late"] += 1

    def _correct(self, day: EventDay) -> None:
        told = self.told[day.pk]
        place = self._places(day).filter(business__in=list(told)).last()
        if place is None:
            return
        figures = replace(self._figures(), booth=1_234_500)
        reason = "Salah satu angka nol."
        correct_sales(place, figures=figures, reason=reason, by=self.officer, via="admin")
        told[place.business_id] = _counts(figures)
        self.tallies["reports_corrected"] += 1

    def _figures(self) -> Figures:
        chance = self.chance
        online = chance.choice(list(OmzetBracket)) if chance.random() < SELLS_ONLINE else None
        if chance.random() < COUNTS_EXACTLY:
            booth, pieces = chance.randrange(0, 3_000_000, 500), chance.randrange(0, 80)
            return Figures(booth=booth, pieces=pieces, online=online)
        bracket, some = chance.choice(list(OmzetBracket)), chance.choice(list(PiecesBracket))
        return Figures(booth=bracket, pieces=some, online=online)


def _counts(figures: Figures) -> tuple[int, int]:
    """Rupiah and pieces as the rule for brackets has it, worked out without the database."""
    omzet = [
        OMZET_COUNTS[value] if isinstance(value, OmzetBracket) else value or 0
        for value in (figures.booth, figures.online)
    ]
    pieces = figures.pieces
    return sum(omzet), PIECES_COUNTS[pieces] if isinstance(pieces, PiecesBracket) else pieces
