"""Trainings of the year: sign-ups beyond the seats, and cancellations that pass seats on."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from events.actions.editions import keep_day, keep_event, open_event, publish_event
from events.actions.registration import cancel_registration, register_business
from events.choices import EventKind, RegistrationStatus
from events.models import Event, EventDay, Registration
from members.models import User
from umkm_portal.demo.year.checks import Broken, check_trainings
from umkm_portal.demo.year.clock import Clock
from umkm_portal.demo.year.people import Seller

SEATS = 30
AHEAD = timedelta(days=10)
GIVES_UP = 0.1


class Trainings:
    def __init__(
        self,
        wanted: int,
        sellers: Sequence[Seller],
        officer: User,
        chance: random.Random,
        tallies: Counter[str],
    ) -> None:
        self.wanted, self.sellers, self.officer = wanted, sellers, officer
        self.chance, self.tallies = chance, tallies

    def on(self, today: date, clock: Clock, *, weeks: int, first: date) -> None:
        """As many as are due by now are announced, and filled on the same day."""
        passed = min(max((today - first).days + 14, 0), weeks * 7)
        due = self.wanted * passed // (weeks * 7)
        while self.tallies["trainings"] < due:
            self.tallies["trainings"] += 1
            self._fill(self._announce(today + AHEAD))
        clock.set(today, 8)

    def must_fit(self) -> None:
        broken = check_trainings()
        if broken:
            raise Broken(broken)

    def _announce(self, day: date) -> Event:
        number = self.tallies["trainings"]
        event = keep_event(
            Event(
                kind=EventKind.TRAINING,
                name=f"Pelatihan {number}",
                slug=f"pelatihan-{number}",
                venue="Gedung PLUT",
                capacity=SEATS,
            ),
            changed=[],
            by=self.officer,
            via="admin",
        )
        keep_day(EventDay(event=event, date=day), by=self.officer, via="admin")
        publish_event(event, by=self.officer, via="admin")
        return open_event(event, by=self.officer, via="admin")

    def _fill(self, event: Event) -> None:
        many = min(self.chance.randint(SEATS // 2, SEATS * 2), len(self.sellers))
        for seller in self.chance.sample(list(self.sellers), many):
            owner = seller.business.owner
            registration = register_business(event, business=seller.business, by=owner, via="web")
            self.tallies["signed_up"] += 1
            if self.chance.random() < GIVES_UP:
                cancel_registration(registration, by=owner, via="web")
        rows = Registration.objects.filter(event=event)
        self.tallies["seated"] += rows.filter(status=RegistrationStatus.REGISTERED).count()
