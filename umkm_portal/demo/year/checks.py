"""What must be true of the year, asked of the database and not of who played it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count, F, Q

from events.allocation import cell_of
from events.choices import LIVING, SEATED, STANDING, PlaceStatus, RegistrationStatus
from events.demand import cells_of
from events.models import BoothPlace, Event, EventDay, SalesCorrection, SalesReport
from events.reports.explaining import turn_sentence
from events.turns import Applicant
from umkm_portal.audit.models import AuditEntry

# Whoever is in one of these went through the turns.
HAD_A_TURN = (
    *(PlaceStatus.ACCEPTED, PlaceStatus.WAITLISTED, PlaceStatus.OFFERED, PlaceStatus.PRESENT),
    *(PlaceStatus.ABSENT, PlaceStatus.DECLINED, PlaceStatus.LAPSED, PlaceStatus.CLOSED),
)


class Broken(Exception):
    """Sentences about what is not as it must be."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def check_market(day: EventDay, *, seats: int, pool_open: bool) -> list[str]:
    """Of one Friday; the quota binds as long as the pool is closed."""
    places = list(day.places.select_related("business__kelurahan"))
    broken = []
    seated = [place for place in places if place.status in SEATED]
    if len(seated) > seats:
        broken.append(f"{day}: {len(seated)} dari {seats} tempat diberikan.")
    living = Counter(place.business_id for place in places if place.status in LIVING)
    broken += [f"{day}: usaha {pk} punya {n} tempat." for pk, n in living.items() if n > 1]
    broken += [
        f"{day}: giliran usaha {place.business_id} tidak dijelaskan."
        for place in places
        if place.status in HAD_A_TURN and "karena" not in turn_sentence(place.explanation)
    ]
    if pool_open:
        undecided = [place for place in places if place.status == PlaceStatus.WAITLISTED]
        if undecided and day.places.filter(status=PlaceStatus.OFFERED).exists():
            broken.append(f"{day}: masih ada tawaran setelah hari selesai.")
        return broken
    return broken + _above_quota(day, seated)


def _above_quota(day: EventDay, seated: list[BoothPlace]) -> list[str]:
    cells = cells_of(day.event_id)
    by_turn = [place for place in seated if not place.override_reason]
    taken = Counter(cell_of(_applicant(place, day), cells) for place in by_turn)
    return [
        f"{day}: kuota {cell.key} punya {taken[cell.key]} dari {cell.seats} tempat."
        for cell in cells
        if taken[cell.key] > cell.seats
    ]


def _applicant(place: BoothPlace, day: EventDay) -> Applicant:
    business = place.business
    return Applicant(
        business.pk,
        kecamatan=business.kelurahan.kecamatan_id if business.kelurahan else "",
        sector=business.sector,
        waiting_since=day.date,
        office=place.sponsor_id,
    )


def check_trainings() -> list[str]:
    """Nobody sits on another's lap, and nobody waits beside an empty chair."""
    counted = Event.objects.filter(capacity__isnull=False).annotate(
        inside=Count(
            "registrations", filter=Q(registrations__status=RegistrationStatus.REGISTERED)
        ),
        outside=Count(
            "registrations", filter=Q(registrations__status=RegistrationStatus.WAITLISTED)
        ),
    )
    wrong = counted.filter(Q(inside__gt=F("capacity")) | Q(inside__lt=F("capacity"), outside__gt=0))
    return [f"{event}: kursi dan daftar tunggu tidak cocok." for event in wrong]


def check_year(tallies: Mapping[str, int]) -> list[str]:
    """What was done and what stands in the tables and in the trail are the same numbers."""
    lines = {
        row["verb"]: row["n"] for row in AuditEntry.objects.values("verb").annotate(n=Count("pk"))
    }
    places = BoothPlace.objects.all()
    pairs = [
        ("pengajuan", tallies["asked"], places.count()),
        ("pengajuan di jejak", tallies["asked"], lines.get("place.applied", 0)),
        ("diterima di jejak", tallies["accepted"], lines.get("place.accepted", 0)),
        ("batal", tallies["gave_up"], places.filter(status=PlaceStatus.CANCELLED).count()),
        (
            "tempat",
            tallies["accepted"] + tallies["offers_taken"] - tallies["gave_up"],
            places.filter(status__in=STANDING).count(),
        ),
        ("hadir", tallies["came"], places.filter(status=PlaceStatus.PRESENT).count()),
        ("tidak hadir", tallies["missed"], places.filter(status=PlaceStatus.ABSENT).count()),
        ("laporan", tallies["reported"], SalesReport.objects.count()),
        ("laporan di jejak", tallies["reported"], lines.get("sales.reported", 0)),
        ("koreksi", tallies["reports_corrected"], SalesCorrection.objects.count()),
        ("laporan terlambat yang diterima", tallies["reports_let_in_late"], 0),
        ("tawaran diterima", tallies["offers_taken"], lines.get("place.offer_accepted", 0)),
    ]
    return [
        f"{name}: {was} dimainkan, {kept} tercatat." for name, was, kept in pairs if was != kept
    ]
