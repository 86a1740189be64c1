"""A year of the market and its trainings, played day by day through the portal's own actions."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from events.actions.allocation import allocate_day, open_pool
from events.actions.applications import Wishes, apply_for_days, withdraw_application
from events.actions.checkin import record_no_shows
from events.actions.waitlist import accept_offer, decline_offer, keep_waitlists_moving
from events.choices import PlaceStatus
from events.models import BoothPlace, EventDay
from umkm_portal.demo.year import people
from umkm_portal.demo.year.checks import Broken, check_market, check_year
from umkm_portal.demo.year.clock import Clock
from umkm_portal.demo.year.market import attend, make_market
from umkm_portal.demo.year.sales import LOCKED, Sales
from umkm_portal.demo.year.trainings import Trainings
from umkm_portal.lib.errors import ActionRefused

FIRST_FRIDAY = date(2026, 1, 9)
OPENS, CLOSES, GIVES_UP, POOL, ANSWERS = 14, 8, 6, 5, (4, 3)
TICKS = (9, 20)
Say = Callable[[str], object]


@dataclass
class Friday:
    day: EventDay
    asked: list[int] = field(default_factory=list)


class Year:
    """`tallies` counts what happened; `first_come` who would stand there by order of asking."""

    def __init__(self, *, businesses: int, weeks: int, trainings: int, seed: int, say: Say) -> None:
        self.chance = random.Random(seed)  # noqa: S311  the same year for the same seed
        self.seed, self.weeks, self.count, self.say = seed, weeks, businesses, say
        self.seats = max(12, businesses // 12)
        self.clock = Clock(timezone.now())
        self.tallies: Counter[str] = Counter()
        self.first_come: Counter[int] = Counter()
        self.fridays: dict[date, Friday] = {}
        self.trainings_wanted = trainings

    def play(self) -> None:
        """Raise Broken at the first week after which something is not as it must be."""
        self.clock.set(FIRST_FRIDAY - timedelta(days=OPENS + 1), 8)
        with self.clock.running():
            self.officer = people.staff()
            self.sellers = people.sellers(self.count, self.chance)
            self.by_business = {one.business.pk: one for one in self.sellers}
            self.trainings = Trainings(
                self.trainings_wanted, self.sellers, self.officer, self.chance, self.tallies
            )
            self.sales = Sales(self.officer, self.chance, self.tallies)
            last = FIRST_FRIDAY + timedelta(weeks=self.weeks - 1)
            today = FIRST_FRIDAY - timedelta(days=OPENS)
            while today <= last + timedelta(days=LOCKED):
                self._one_day(today, last)
                today += timedelta(days=1)
            self._hold(check_year(self.tallies) + self.sales.at_the_end())

    def _one_day(self, today: date, last: date) -> None:
        self.clock.set(today, 8)
        self._begin(today + timedelta(days=OPENS), last)
        self.trainings.on(today, self.clock, weeks=self.weeks, first=FIRST_FRIDAY)
        for friday in list(self.fridays.values()):
            left = (friday.day.date - today).days
            if left == CLOSES:
                self._allocate(friday)
            elif left == GIVES_UP:
                self._some_give_up(friday)
            elif left == POOL:
                open_pool(friday.day, by=None, via="jadwal")
            elif left == 0:
                self.clock.set(today, 10)
                attend(friday.day, self.by_business, self.officer, self.chance, self.tallies)
        for hour in TICKS:
            self.clock.set(today, hour)
            record_no_shows(at=self.clock.now, by=None, via="jadwal")
            keep_waitlists_moving(at=self.clock.now)
            self._answer_offers()
        self._report_sales(today)
        yesterday = self.fridays.pop(today - timedelta(days=1), None)
        if yesterday:
            self._end(yesterday)

    def _report_sales(self, today: date) -> None:
        if today in self.fridays:
            self.sales.evening(self.fridays[today].day)
        self._hold(self.sales.later(today, self.clock))

    def _begin(self, friday: date, last: date) -> None:
        """Applications open: who sits at her phone asks at once, the others in the days after."""
        if friday < FIRST_FRIDAY or friday > last or friday.weekday() != FIRST_FRIDAY.weekday():
            return
        day = make_market(friday, seats=self.seats, by=self.officer)
        self.fridays[friday] = made = Friday(day)
        asking = [one for one in self.sellers if self.chance.random() < one.asks]
        self.chance.shuffle(asking)
        asking.sort(key=lambda one: not one.quick)
        for number, seller in enumerate(asking):
            self.clock.set(friday - timedelta(days=OPENS), 9 + number * 10 // len(asking), 0)
            wishes = Wishes(sponsor=seller.office, rules_version=1)
            apply_for_days(
                seller.business, days=[day], wishes=wishes, by=seller.business.owner, via="web"
            )
            made.asked.append(seller.business.pk)
        self.tallies["asked"] += len(asking)
        self.first_come.update(made.asked[: self.seats])
        self.first_come.update(dict.fromkeys(made.asked, 0))

    def _allocate(self, friday: Friday) -> None:
        seed = f"{self.seed}-{friday.day.date:%Y%m%d}"
        run = allocate_day(friday.day, seed=seed, by=self.officer, via="admin")
        self.tallies["accepted"] += run.accepted
        self._must(friday, pool_open=False)

    def _some_give_up(self, friday: Friday) -> None:
        places = friday.day.places.filter(status=PlaceStatus.ACCEPTED)
        for place in places.select_related("business__owner", "day__event").order_by("pk"):
            if self.chance.random() < self.by_business[place.business_id].gives_up:
                withdraw_application(place, by=place.business.owner, via="web")
                self.tallies["gave_up"] += 1

    def _answer_offers(self) -> None:
        offered = BoothPlace.objects.filter(status=PlaceStatus.OFFERED)
        for place in offered.select_related("business__owner", "day__event").order_by("pk"):
            luck, answers = self.chance.random(), self.by_business[place.business_id].answers
            try:
                if luck < answers:
                    accept_offer(place, by=place.business.owner, via="tautan")
                    self.tallies["offers_taken"] += 1
                elif luck > 1 - (1 - answers) / 2:
                    decline_offer(place, by=place.business.owner, via="tautan")
                    self.tallies["offers_declined"] += 1
            except ActionRefused:
                self.tallies["offers_late"] += 1

    def _end(self, friday: Friday) -> None:
        self._must(friday, pool_open=True)
        self.trainings.must_fit()
        self.tallies["weeks"] += 1
        stood = friday.day.places.standing().count()
        self.say(
            f"Minggu {self.tallies['weeks']}/{self.weeks}, {friday.day.date:%d-%m-%Y}: "
            f"{len(friday.asked)} meminta, {stood} dari {self.seats} tempat terisi"
        )

    def _must(self, friday: Friday, *, pool_open: bool) -> None:
        self._hold(check_market(friday.day, seats=self.seats, pool_open=pool_open))

    def _hold(self, broken: list[str]) -> None:
        if broken:
            raise Broken(broken)
