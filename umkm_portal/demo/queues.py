"""A training that is full: freed seats are offered down the line, and Siti has an open offer."""

from __future__ import annotations

from django.utils import timezone

from events.actions.offers import close_queue, decline_offer, lapse_offers
from events.actions.registration import cancel_registration, register_business
from events.choices import RegistrationStatus
from events.models import Event, Registration
from members.models import Business
from umkm_portal.demo.cast import SITI
from umkm_portal.demo.clock import Timeline
from umkm_portal.demo.people import People

FULL = "pemasaran-digital"
FREED = 3
"""Seats given back: one is declined, the others lapse, and the next three are asked."""


class Queues:
    def __init__(self, timeline: Timeline, people: People) -> None:
        self.timeline = timeline
        self.people = people

    def tell(self) -> None:
        self.timeline.ago(3, self._wait, hour=8)
        self.timeline.ago(3, self._give_back, hour=10)
        self.timeline.ago(3, self._decline, hour=15)
        self.timeline.ago(1, self._lapse, hour=18)
        self.timeline.ago(0, self._close_a_past_queue, hour=1)

    @property
    def event(self) -> Event:
        return Event.objects.get(slug=FULL)

    def _wait(self) -> None:
        """Siti asks fifth, so that she is next once four have had their turn."""
        event = self.event
        siti = Business.objects.verified().filter(owner__email=SITI).order_by("pk")[0]
        known = event.registrations.standing().exclude(business=None).values("business")
        others = Business.objects.verified().exclude(pk=siti.pk).exclude(pk__in=known)
        line = list(others.order_by("pk")[:7])
        for business in [*line[:4], siti, *line[4:]]:
            register_business(event, business=business, by=None, via="web")

    def _give_back(self) -> None:
        seats = self.event.registrations.registered().filter(business__isnull=False)
        for registration in seats.exclude(business__owner__email=SITI).order_by("pk")[:FREED]:
            cancel_registration(registration, by=None, via="tautan")

    def _decline(self) -> None:
        first = self.event.registrations.offered().order_by("pk").first()
        if first:
            decline_offer(first, by=None, via="tautan")

    def _lapse(self) -> None:
        lapse_offers(self.event, at=timezone.now(), by=None, via="jadwal")

    def _close_a_past_queue(self) -> None:
        past = Event.objects.public().filter(needs_sign_up=True).past(at=timezone.now())
        event = past[0]
        known = event.registrations.exclude(business=None).values("business")
        business = Business.objects.verified().exclude(pk__in=known).order_by("pk")[0]
        Registration.objects.create(
            event=event, business=business, status=RegistrationStatus.WAITLISTED
        )
        close_queue(event, by=None, via="jadwal")
