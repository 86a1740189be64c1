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
    """Of a business in a booth on a day."""

    ACCEPTED = "accepted", _("Diterima")
    PRESENT = "present", _("Hadir")
    ABSENT = "absent", _("Tidak hadir")
    CANCELLED = "cancelled", _("Batal")


class RegistrationStatus(models.TextChoices):
    REGISTERED = "registered", _("Terdaftar")
    WAITLISTED = "waitlisted", _("Daftar tunggu")
    CANCELLED = "cancelled", _("Batal")
