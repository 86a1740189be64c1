"""What comes every week in the demo, and what neighbours proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from events.actions.booths import BoothRow, add_booths
from events.actions.editions import keep_event
from events.actions.proposals import Draft, propose_event, refuse_proposal
from events.actions.series import Hours, Plan, publish_series, repeat_event
from events.choices import EventKind
from events.models import Event, EventDay
from members.models import Kecamatan
from umkm_portal.demo.cast import phone_of
from umkm_portal.demo.clock import Timeline, coming_friday
from umkm_portal.demo.people import People
from umkm_portal.lib.recurrence import Every, Pattern


@dataclass(frozen=True)
class Weekly:
    """`in_days` counts from the coming Friday; `but` are weeks that are left out."""

    slug: str
    name: str
    kind: EventKind
    in_days: int
    weeks: int
    hours: Hours
    venue: str
    kecamatan: str
    summary: str
    but: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    booths: int = 0


NIGHT_MARKET = "Jumat Beli Lokal malam"
WEEKLY = (
    Weekly(
        "jbl-malam-blok-m",
        NIGHT_MARKET,
        EventKind.JBL,
        7,
        10,
        Hours(time(18), time(0, 30), time(16, 30)),
        "Taman Literasi Blok M",
        "Kebayoran Baru",
        "Jajanan malam dan kriya dari pelaku usaha sekitar Blok M.",
        but=(4,),
        booths=20,
    ),
    Weekly(
        "klinik-umkm-rabu",
        "Klinik UMKM: tanya izin, harga, dan kemasan",
        EventKind.TRAINING,
        5,
        9,
        Hours(time(13), time(15)),
        "Gerai UMKM, Kecamatan Cilandak",
        "Cilandak",
        "Datang dengan satu pertanyaan, pulang dengan jawabannya.",
        tags=("konsultasi",),
    ),
)
NAMES = [weekly.name for weekly in WEEKLY]


class WeeklyEvents:
    def __init__(self, timeline: Timeline, people: People) -> None:
        self.timeline = timeline
        self.friday = coming_friday(timeline.today)
        self.by: dict[str, Any] = {"by": people.staff["petugas"], "via": "admin"}

    def tell(self) -> None:
        for weekly in WEEKLY:
            self.timeline.ago(20, partial(self._make, weekly))
        for number, draft in enumerate(self._drafts()):
            self.timeline.ago(6 - number, partial(self._propose, draft))

    def _make(self, weekly: Weekly) -> None:
        first = self.friday + timedelta(days=weekly.in_days)
        event = Event(
            kind=weekly.kind,
            name=weekly.name,
            slug=weekly.slug,
            summary=weekly.summary,
            description=f"{weekly.summary} Acara contoh, tidak benar-benar diadakan.",
            venue=weekly.venue,
            kecamatan=Kecamatan.objects.get(name=weekly.kecamatan),
            organiser="Sudin PPKUKM Jakarta Selatan (contoh)",
            tags=list(weekly.tags),
            needs_sign_up=False,
        )
        keep_event(event, changed=[], **self.by)
        hours = weekly.hours
        EventDay.objects.create(
            event=event,
            date=first,
            opens_at=hours.opens_at,
            closes_at=hours.closes_at,
            set_up_at=hours.set_up_at,
        )
        if weekly.booths:
            numbers = [f"A{number:02}" for number in range(1, weekly.booths + 1)]
            add_booths(event, row=BoothRow(numbers, "Lorong utama", power=True), **self.by)
        last = first + timedelta(weeks=weekly.weeks - 1)
        pattern = Pattern(Every.WEEK, first, (first.weekday(),), last)
        exceptions = tuple(first + timedelta(weeks=week) for week in weekly.but)
        plan = Plan(pattern, hours, exceptions)
        publish_series(repeat_event(event, plan=plan, **self.by), **self.by)

    def _propose(self, draft: Draft) -> None:
        proposal = propose_event(draft, by=None, via="web")
        if draft.name.startswith("Lomba"):
            reason = "Lapangannya diperbaiki sampai Maret. Usulkan lagi sesudahnya."
            refuse_proposal(proposal, reason=reason, **self.by)

    def _drafts(self) -> list[Draft]:
        festival = self.timeline.today + timedelta(days=24)
        return [
            _draft(0, "Lomba masak RW", EventKind.FESTIVAL, "Lapangan Blok S", festival),
            # The festival of the demo is there on that very day.
            _draft(1, "Pameran batik pesisir", EventKind.EXHIBITION, "Setu Babakan", festival),
            _draft(
                2,
                "Kelas kopi untuk pemula",
                EventKind.TRAINING,
                "Aula Kelurahan Cipete Selatan",
                self.friday + timedelta(days=18),
            ),
        ]


def _draft(number: int, name: str, kind: EventKind, venue: str, day: date) -> Draft:
    return Draft(
        organiser=("Kelurahan Petogogan", "Komunitas Batik Selatan", "Kelurahan Cipete Selatan")[
            number
        ],
        contact_name=("Contoh Ibu Wati", "Contoh Pak Jaya", "Contoh Ibu Lilis")[number],
        phone=phone_of(950 + number),
        kind=kind,
        name=name,
        description="Usulan contoh.",
        venue=venue,
        kecamatan=Kecamatan.objects.order_by("name")[number],
        date=day,
        opens_at=time(10),
        closes_at=time(17),
    )
