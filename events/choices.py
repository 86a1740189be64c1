from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    JBL = "jbl", _("Jumat Beli Lokal")
    TRAINING = "pelatihan", _("Pelatihan")
    EXHIBITION = "pameran", _("Pameran")
    FESTIVAL = "festival", _("Festival")
    MEETING = "rapat", _("Rapat koordinasi")


# A coordination meeting is for staff; visitors never learn that it exists.
PUBLIC_KINDS = (EventKind.JBL, EventKind.TRAINING, EventKind.EXHIBITION, EventKind.FESTIVAL)


# What outsiders may propose: the markets are the city's own.
PROPOSED_KINDS = (EventKind.TRAINING, EventKind.EXHIBITION, EventKind.FESTIVAL)


class ProposalStatus(models.TextChoices):
    """Of an event that somebody from outside would like to see in the agenda."""

    WAITING = "waiting", _("Menunggu petugas")
    ACCEPTED = "accepted", _("Diterima")
    REFUSED = "refused", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Ditarik")

    @property
    def tone(self) -> str:
        """Icon and colour of the word: ok, wait, bad or none."""
        return {"waiting": "wait", "accepted": "ok", "refused": "bad"}.get(self.value, "")


class EventStatus(models.TextChoices):
    """What staff decided; the rest of the words is computed (EventState)."""

    PLANNED = "planned", _("Direncanakan")
    OPEN = "open", _("Dibuka")
    CLOSED = "closed", _("Ditutup")
    CANCELLED = "cancelled", _("Dibatalkan")


class EventState(models.TextChoices):
    """What people read: from the decision, the clock, the seats and moved days."""

    PLANNED = "planned", _("Direncanakan")
    OPEN = "open", _("Dibuka")
    FULL = "full", _("Penuh")
    CLOSED = "closed", _("Ditutup")
    ONGOING = "ongoing", _("Berlangsung")
    DONE = "done", _("Selesai")
    MOVED = "moved", _("Dipindah")
    CANCELLED = "cancelled", _("Dibatalkan")

    @property
    def tone(self) -> str:
        """Icon and colour of the word: ok, wait, bad or none."""
        if self in {EventState.OPEN, EventState.ONGOING}:
            return "ok"
        if self == EventState.CANCELLED:
            return "bad"
        return "" if self in {EventState.DONE, EventState.CLOSED} else "wait"


class PlaceStatus(models.TextChoices):
    """Of a business on a day of the market: from asking for a place to having stood there."""

    APPLIED = "applied", _("Diajukan")
    RETURNED = "returned", _("Perlu dilengkapi")
    ACCEPTED = "accepted", _("Diterima")
    WAITLISTED = "waitlisted", _("Daftar tunggu")
    OFFERED = "offered", _("Ditawari")
    PRESENT = "present", _("Hadir")
    ABSENT = "absent", _("Tidak hadir")
    CANCELLED = "cancelled", _("Batal")
    REJECTED = "rejected", _("Ditolak")
    DECLINED = "declined", _("Tidak diambil")
    LAPSED = "lapsed", _("Lewat")
    CLOSED = "closed", _("Ditutup")

    @property
    def tone(self) -> str:
        """Icon and colour of the word: ok, wait, bad or none."""
        if self in {PlaceStatus.ACCEPTED, PlaceStatus.PRESENT}:
            return "ok"
        if self in UNDECIDED:
            return "wait"
        return "bad" if self in {PlaceStatus.REJECTED, PlaceStatus.ABSENT} else ""


# Who stands or stood in the market; these take up a seat of the day.
STANDING = (PlaceStatus.ACCEPTED, PlaceStatus.PRESENT, PlaceStatus.ABSENT)
# Who asked, and has no place yet; an offer holds a seat until it is answered.
UNDECIDED = (
    PlaceStatus.APPLIED,
    PlaceStatus.RETURNED,
    PlaceStatus.WAITLISTED,
    PlaceStatus.OFFERED,
)
# A business has at most one of these on a day; whoever is out may ask again.
LIVING = (*STANDING, *UNDECIDED)
# Accepted, and those to whom a freed seat is offered: together never more than the day's seats.
SEATED = (*STANDING, PlaceStatus.OFFERED)


class RegistrationStatus(models.TextChoices):
    REGISTERED = "registered", _("Terdaftar")
    WAITLISTED = "waitlisted", _("Daftar tunggu")
    OFFERED = "offered", _("Ditawari tempat")
    DECLINED = "declined", _("Tidak diambil")
    LAPSED = "lapsed", _("Lewat waktunya")
    CANCELLED = "cancelled", _("Batal")
    CLOSED = "closed", _("Ditutup")

    @property
    def tone(self) -> str:
        """Icon and colour of the word: ok, wait, bad or none."""
        if self == RegistrationStatus.REGISTERED:
            return "ok"
        if self in {RegistrationStatus.WAITLISTED, RegistrationStatus.OFFERED}:
            return "wait"
        return "bad" if self == RegistrationStatus.CANCELLED else ""


# Seats that are given or promised: together never more than the event has.
HOLDING_A_SEAT = (RegistrationStatus.REGISTERED, RegistrationStatus.OFFERED)
# Signed up in some way; one of these for each business or number.
SIGNED_UP = (*HOLDING_A_SEAT, RegistrationStatus.WAITLISTED)
# Once offered, a place in the queue is over, whatever the answer.
AFTER_AN_OFFER = (RegistrationStatus.DECLINED, RegistrationStatus.LAPSED)


class Topic(models.TextChoices):
    """What a training is about."""

    EXPORT = "ekspor", _("Ekspor")
    MARKETING = "pemasaran", _("Pemasaran digital")
    DIGITAL = "digital", _("Digitalisasi")
    FINANCE = "keuangan", _("Keuangan")
    LICENCES = "perizinan", _("Perizinan")
    OTHER = "lain", _("Lain-lain")
