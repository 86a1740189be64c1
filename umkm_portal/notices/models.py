"""One message to one person about one thing: kept in the inbox, sent once by e-mail.

Who has no account, such as a guest of an event, is named by the message itself and has no inbox.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from umkm_portal.notices.choices import MailStatus

CLAIM_LASTS = timedelta(hours=1)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        return self.filter(recipient_id=user.pk)

    def unread_by(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        return self.of(user).filter(read_at=None)

    def mail_due(self, *, at: datetime) -> Self:
        return self.filter(
            mail_status__in=[MailStatus.QUEUED, MailStatus.FAILED], next_try_at__lte=at
        )

    def given_up(self) -> Self:
        return self.filter(mail_status=MailStatus.GIVEN_UP)

    def about(self, *subjects: models.Model) -> Self:
        """Messages about any of these objects, however many there are."""
        keys: dict[ContentType, list[int]] = {}
        for one in subjects:
            keys.setdefault(ContentType.objects.get_for_model(one), []).append(one.pk)
        wanted = models.Q(pk=None)
        for kind, pks in keys.items():
            wanted |= models.Q(content_type=kind, object_id__in=pks)
        return self.filter(wanted)

    def older_than(self, moment: datetime) -> Self:
        return self.filter(created_at__lt=moment)

    def never_by_whatsapp(self) -> Self:
        return self.filter(wa_sent_at=None)

    def free_to_claim(self, *, by: AbstractBaseUser, at: datetime) -> Self:
        """Nobody else holds it; a claim that was not used ends after an hour."""
        return self.filter(
            models.Q(wa_claimed_by=None)
            | models.Q(wa_claimed_by_id=by.pk)
            | models.Q(wa_claimed_at__lt=at - CLAIM_LASTS)
        )


class Notice(models.Model):
    """mail_status: none (no address) | queued → sending → sent, or → failed → sending …
    → given_up after the last pause; staff see those and may queue them again.
    WhatsApp is sent by hand: claimed by one of the staff for an hour, then marked as sent."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("penerima"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
    )
    guest_name = models.CharField(_("nama tamu"), max_length=100, blank=True, db_default="")
    guest_email = models.EmailField(_("e-mail tamu"), max_length=254, blank=True, db_default="")
    guest_phone = models.CharField(_("nomor HP tamu"), max_length=16, blank=True, db_default="")
    # Whose officers write to her: her kecamatan's code, else the event's; empty: the city's.
    guest_district = models.CharField(max_length=8, blank=True, db_default="", editable=False)
    purpose = models.CharField(_("maksud"), max_length=60)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    about = GenericForeignKey()
    key = models.CharField(
        _("kunci"),
        max_length=60,
        blank=True,
        help_text=_("Membedakan pesan kedua tentang hal yang sama."),
    )
    subject = models.CharField(_("judul"), max_length=200)
    body = models.TextField(_("isi"))
    link = models.CharField(_("tautan"), max_length=200, blank=True)
    # A file for calendars (RFC 5545) that goes with the e-mail; the only attachment there is.
    calendar = models.TextField(_("berkas kalender"), blank=True, db_default="")
    # Nobody sends it by hand after that: the offer is answered, the event has begun.
    news_until = models.DateTimeField(_("berguna sampai"), null=True, blank=True)
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    read_at = models.DateTimeField(_("dibaca"), null=True, blank=True)
    mail_status = models.CharField(_("e-mail"), max_length=10, choices=MailStatus)
    message_id = models.CharField(max_length=120, unique=True)
    tries = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("terkirim"), null=True, blank=True)
    last_error = models.TextField(_("kegagalan terakhir"), blank=True)
    wa_claimed_at = models.DateTimeField(null=True, blank=True)
    wa_claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    wa_sent_at = models.DateTimeField(_("terkirim lewat WhatsApp"), null=True, blank=True)
    wa_sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dikirim oleh"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pesan")
        verbose_name_plural = _("pesan")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "purpose", "content_type", "object_id", "key"],
                name="notice_once_per_person_purpose_object",
            ),
            models.UniqueConstraint(
                fields=["purpose", "content_type", "object_id", "key"],
                condition=models.Q(recipient__isnull=True),
                name="notice_once_per_guest_purpose_object",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    recipient__isnull=False, guest_name="", guest_email="", guest_phone=""
                )
                | (models.Q(recipient__isnull=True) & ~models.Q(guest_name="")),
                name="notice_to_a_person_or_a_guest",
            ),
            models.CheckConstraint(
                condition=models.Q(mail_status__in=MailStatus.values), name="notice_mail_known"
            ),
            models.CheckConstraint(
                condition=models.Q(mail_status=MailStatus.SENT, sent_at__isnull=False)
                | (~models.Q(mail_status=MailStatus.SENT) & models.Q(sent_at__isnull=True)),
                name="notice_sent_iff_stamped",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_inbox"),
            models.Index(fields=["content_type", "object_id"], name="notice_about"),
            models.Index(fields=["created_at"], name="notice_age"),
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(mail_status__in=["queued", "failed"]),
                name="notice_mail_due",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def addressee(self) -> str:
        """Who gets it, by name."""
        return str(self.recipient or self.guest_name)

    @property
    def address(self) -> str:
        """Where the e-mail goes, as it stands today; perhaps empty."""
        return str(getattr(self.recipient, "email", "") if self.recipient else self.guest_email)
