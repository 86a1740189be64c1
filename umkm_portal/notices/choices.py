from django.db import models
from django.utils.translation import gettext_lazy as _


class MailStatus(models.TextChoices):
    NONE = "none", _("Tanpa e-mail")
    QUEUED = "queued", _("Menunggu dikirim")
    SENDING = "sending", _("Sedang dikirim")
    SENT = "sent", _("Terkirim")
    FAILED = "failed", _("Gagal, dicoba lagi")
    GIVEN_UP = "given_up", _("Gagal, perlu petugas")
