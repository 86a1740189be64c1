"""The demo's agenda: five editions of Jumat Beli Lokal, trainings, an exhibition, a festival."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from catalog.models import Product
from events.actions.booths import BoothRow, add_booths, place_business, remove_business
from events.actions.editions import (
    Hours,
    cancel_event,
    close_event,
    keep_event,
    move_day,
    open_event,
    publish_event,
)
from events.actions.goods import list_goods
from events.actions.registration import (
    Guest,
    cancel_registration,
    register_business,
    register_guest,
)
from events.choices import EventKind, PlaceStatus
from events.models import BoothPlace, Event, EventDay
from events.models import Edition as MarketEdition
from members.choices import Sector
from members.models import Kecamatan, User
from umkm_portal.demo.cast import phone_of
from umkm_portal.demo.clock import FRIDAY, Timeline, coming_friday
from umkm_portal.demo.editions import EDITIONS, Edition, map_of
from umkm_portal.demo.people import People
from umkm_portal.demo.programme import PROGRAMME, Planned

GUESTS = ("Contoh Tamu Rara", "Contoh Tamu Doni", "Contoh Tamu Mira", "Contoh Tamu Fajar")
AISLES = (
    ("A", Sector.KULINER, "Lorong kuliner", True),
    ("B", Sector.FASHION, "Lorong fashion", False),
    ("C", Sector.KERAJINAN, "Lorong kerajinan", False),
)
"""Letter, sector, name, electricity; twelve booths each."""
FOR_ASN = (
    "Wali Kota mengajak tiap ASN di Jakarta Selatan berbelanja paling sedikit Rp100.000 di "
    "Jumat Beli Lokal.\n\nDatang di luar jam layanan, atau pesan daring dan ambil di lapak."
)
SHOP = "https://www.tokopedia.com/contoh-jbl"


class Agenda:
    def __init__(self, timeline: Timeline, people: People) -> None:
        self.timeline = timeline
        self.people = people
        self.staff: User = people.staff["petugas"]
        self.by: dict[str, Any] = {"by": self.staff, "via": "admin"}

    def tell(self) -> None:
        friday = coming_friday(self.timeline.today)
        for edition in EDITIONS:
            first = friday + timedelta(weeks=edition.week)
            ago = (self.timeline.today - first).days
            self.timeline.ago(max(ago + 24, 6), self._edition(edition, first))
        for planned in PROGRAMME:
            first = self.timeline.today + timedelta(days=planned.in_days)
            if planned.days == 1 and first.weekday() > FRIDAY:
                # Officials meet and teach on working days.
                first += timedelta(days=7 - first.weekday())
            self.timeline.ago(max(30 - planned.in_days, 14), self._event(planned, first))

    def _make(self, event: Event, days: Sequence[EventDay]) -> Event:
        event = keep_event(event, changed=[], **self.by)
        for day in days:
            # As the admin's form of an event does it: a day is written, not acted.
            day.event = event
            day.save()
        return publish_event(event, **self.by)

    def _edition(self, edition: Edition, first: date) -> Callable[[], None]:
        def made() -> None:
            event = Event(
                kind=EventKind.JBL,
                name=edition.name,
                slug=edition.slug,
                summary="Belanja langsung dari pelaku usaha Jakarta Selatan.",
                description=edition.description,
                venue=edition.venue,
                address=edition.address,
                map_url=map_of(edition.address),
                kecamatan=Kecamatan.objects.get(name="Kebayoran Baru"),
                organiser="Pemkot Jakarta Selatan bersama Kadin",
                needs_sign_up=False,
                target_omzet=edition.target,
            )
            days = [jbl_day(first + timedelta(days=i)) for i in range(edition.days)]
            event = open_event(self._make(event, days), **self.by)
            for letter, _sector, zone, power in AISLES:
                numbers = [f"{letter}{n:02d}" for n in range(1, 13)]
                row = BoothRow(numbers, zone, size="2 × 2 m", power=power)
                add_booths(event, row=row, **self.by)
            self._place(event, edition)
            ago = (self.timeline.today - edition.last_day(first)).days
            if edition.week >= 0:
                tell_civil_servants(event, first)
            if edition.week == 0:
                self.timeline.ago(1, lambda: self._bring(event))
            if edition.week < 0:
                self.timeline.ago(ago, lambda: self._results(event, edition), hour=17)

        return made

    def _place(self, event: Event, edition: Edition) -> None:
        """Sellers by turns, so that not the same ones stand there each time."""
        booths = {booth.number: booth for booth in event.booths.all()}
        for letter, sector, _zone, _power in AISLES:
            sellers = [b for b in self.people.businesses if b.sector == sector and b.is_verified]
            turn = (edition.week + edition.shift) % max(len(sellers), 1)
            turned = [*sellers[turn:], *sellers[:turn]]
            for n, business in enumerate(turned[: edition.sellers_of(letter)], start=1):
                for day in event.days.all():
                    place_business(
                        booths[f"{letter}{n:02d}"], day=day, business=business, **self.by
                    )

    def _bring(self, event: Event) -> None:
        """Every third seller says what she brings; the others bring everything."""
        for place in event_places(event)[::3]:
            goods = Product.objects.visible().of(place.business).newest()
            keys = list(goods.values_list("pk", flat=True)[:2])
            if keys and timezone.now() < place.day.goods_close_at:
                list_goods(place, keys, by=place.business.owner, via="web")

    def _results(self, event: Event, edition: Edition) -> None:
        places = BoothPlace.objects.standing().filter(day__event=event).order_by("pk")
        remove_business(places[5], **self.by)
        # Who came is counted on paper for now; the lists already know the words.
        absent = list(places.values_list("pk", flat=True)[3:5])
        places.update(status=PlaceStatus.PRESENT)
        places.filter(pk__in=absent).update(status=PlaceStatus.ABSENT)
        if not edition.omzet:
            return
        event.refresh_from_db()
        event.result_omzet, event.result_pieces = edition.omzet, edition.pieces
        keep_event(event, changed=["result_omzet", "result_pieces"], **self.by)

    def _event(self, planned: Planned, first: date) -> Callable[[], None]:
        def made() -> None:
            days = [
                EventDay(
                    date=first + timedelta(days=i),
                    opens_at=planned.opens,
                    closes_at=planned.closes,
                )
                for i in range(planned.days)
            ]
            event = self._make(planned.event(), days)
            if planned.status == "planned":
                return
            event = open_event(event, **self.by)
            self.timeline.ago(4, lambda: self._fill(event, planned))
            self.timeline.ago(2, lambda: self._settle(event, planned))

        return made

    def _fill(self, event: Event, planned: Planned) -> None:
        if not event.takes_sign_ups(at=timezone.now()):
            return
        sellers = [b for b in self.people.businesses if b.is_verified]
        for i in range(planned.sign_ups):
            register_business(
                event,
                business=sellers[(i * 7 + planned.in_days) % len(sellers)],
                by=None,
                via="web",
            )
        for i, name in enumerate(GUESTS[: planned.guests]):
            kecamatan = Kecamatan.objects.all()[i]
            guest = Guest(name, phone_of(900 + i), kecamatan)
            registration = register_guest(event, guest=guest, by=None, via="web")
            if i == 3:
                cancel_registration(registration, by=None, via="tautan")

    def _settle(self, event: Event, planned: Planned) -> None:
        if planned.status == "closed":
            close_event(event, **self.by)
        elif planned.status == "cancelled":
            cancel_event(event, reason="Narasumber sakit. Jadwal baru menyusul.", **self.by)
        elif planned.status == "moved":
            day = event.days.get()
            to = Hours(day.date + timedelta(days=2), day.opens_at, day.closes_at)
            move_day(day, to=to, **self.by)


def tell_civil_servants(event: Event, first: date) -> None:
    """How they may buy, without leaving the office too."""
    until = timezone.make_aware(datetime.combine(first - timedelta(days=7), time(16)))
    words = {"asn_text": FOR_ASN, "online_label": "Tokopedia", "online_url": SHOP}
    MarketEdition.objects.update_or_create(
        event=event,
        defaults=words,
        create_defaults={
            **words,
            "applications_open_at": until - timedelta(days=14),
            "applications_close_at": until,
        },
    )


def event_places(event: Event) -> list[BoothPlace]:
    places = BoothPlace.objects.standing().filter(day__event=event)
    return list(places.select_related("day", "business__owner").order_by("booth__number"))


def jbl_day(day: date) -> EventDay:
    """A break for Friday prayers on each Friday."""
    pause = {"break_from": time(11, 30), "break_to": time(13)} if day.weekday() == 4 else {}
    return EventDay(date=day, set_up_at=time(7), opens_at=time(9), closes_at=time(16), **pause)
