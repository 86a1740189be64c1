from django.db import models
from django.utils.translation import gettext_lazy as _


class MailStatus(models.TextChoices):
    NONE = "none", _("Tanpa e-mail")
    QUEUED = "queued", _("Menunggu dikirim")
    SENDING = "sending", _("Sedang dikirim")
    SENT = "sent", _("Terkirim")
    FAILED = "failed", _("Gagal, dicoba lagi")
    GIVEN_UP = "given_up", _("Gagal, perlu petugas")


class Office(models.TextChoices):
    """Whose letter it is: Kadin's staff see Kadin's, Pemkot's staff theirs."""

    KADIN = "kadin", _("Kadin")
    PEMKOT = "pemkot", _("Pemkot")
    PORTAL = "portal", _("Portal")


class Group(models.TextChoices):
    """What an owner may switch off."""

    EVENTS = "acara", _("Info acara")
    PROGRAMME = "program", _("Info program")
