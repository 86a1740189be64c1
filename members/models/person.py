from __future__ import annotations

from datetime import datetime
from typing import Any, Self
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.choices import ConsentPurpose, Role
from members.models.region import Kecamatan
from umkm_portal.notices.choices import Group


def opaque_username() -> str:
    return uuid4().hex


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str = "", password: str | None = None, **extra: Any) -> User:
        """`email` or `phone` names the account; a password of None cannot sign in."""
        user = self.model(email=self.normalize_email(email), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str = "", password: str | None = None, **extra: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class User(AbstractBaseUser, PermissionsMixin):
    """An account: an owner, or staff by group. People sign in with e-mail or phone."""

    # Django wants one unique name per account, and neither e-mail nor phone must be given.
    username = models.CharField(max_length=36, unique=True, default=opaque_username, editable=False)
    name = models.CharField(_("nama"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("nomor HP"), max_length=16, blank=True)
    kecamatan = models.ForeignKey(
        Kecamatan,
        verbose_name=_("bertugas di kecamatan"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text=_("Hanya untuk Petugas Pemkot. Kosong berarti semua kecamatan."),
    )
    is_staff = models.BooleanField(_("petugas"), default=False)
    is_active = models.BooleanField(_("aktif"), default=True)
    date_joined = models.DateTimeField(_("mendaftar"), default=timezone.now)
    wants_programme_info = models.BooleanField(
        _("mau info program"), default=True, db_default=True, editable=False
    )

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = _("akun")
        verbose_name_plural = _("akun")
        permissions = [("issue_access_code", _("Boleh membuat kode masuk"))]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="user_email_unique_when_given"
            ),
            models.UniqueConstraint(
                fields=["phone"],
                condition=~Q(phone=""),
                name="user_phone_unique_when_given",
                violation_error_message=_("Nomor ini sudah dipakai akun lain."),
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^\+\d{8,15}$"), name="user_phone_e164"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.phone or self.username[:8]

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return (self.name or str(self)).split(" ")[0]

    def wants_info(self, group: str) -> bool:
        """May a letter that is not essential go to this person's e-mail?

        Info about events needs the consent given for it; info about the programme is sent until
        switched off.
        """
        if group == Group.EVENTS:
            return self.consents.filter(purpose=ConsentPurpose.EVENTS, withdrawn_at=None).exists()
        return self.wants_programme_info

    def has_role(self, *roles: Role) -> bool:
        if not (self.is_active and self.is_staff):
            return False
        return self.is_superuser or self.groups.filter(name__in=roles).exists()


class Owner(models.Model):
    """The person behind an account's businesses, as on the KTP. The NIK rests encrypted."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="owner")
    full_name = models.CharField(_("nama sesuai KTP"), max_length=120, blank=True)
    nik_encrypted = models.TextField(blank=True, editable=False)
    nik_digest = models.CharField(max_length=64, blank=True, editable=False)
    phone = models.CharField(_("nomor HP"), max_length=16, blank=True)
    # Of somebody from an imported list: an account's own address stands on the account.
    email = models.EmailField(_("e-mail"), blank=True, db_default="")
    home_address = models.CharField(_("alamat rumah"), max_length=300, blank=True)
    ktp_dki = models.BooleanField(_("KTP Jakarta"), null=True, blank=True)

    class Meta:
        verbose_name = _("pemilik")
        verbose_name_plural = _("pemilik")
        permissions = [("view_nik", _("Boleh membuka NIK dengan alasan"))]
        constraints = [
            models.UniqueConstraint(
                fields=["nik_digest"], condition=~Q(nik_digest=""), name="owner_nik_unique"
            ),
            models.CheckConstraint(
                condition=Q(nik_digest="", nik_encrypted="")
                | (~Q(nik_digest="") & ~Q(nik_encrypted="")),
                name="owner_nik_digest_iff_encrypted",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class ConsentQuerySet(models.QuerySet["Consent"]):
    def of(self, user: User | AnonymousUser) -> Self:
        return self.filter(user_id=user.pk)

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """UU 27/2022 art. 20–22: one row per purpose, with the version of the text that was shown."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("tujuan"), max_length=20, choices=ConsentPurpose)
    text_version = models.CharField(_("versi teks"), max_length=20)
    text_hash = models.CharField(max_length=64)
    given_at = models.DateTimeField(_("diberikan"), auto_now_add=True)
    channel = models.CharField(_("lewat"), max_length=10)
    withdrawn_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("ditarik"), null=True, blank=True
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("persetujuan")
        verbose_name_plural = _("persetujuan")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"],
                condition=Q(withdrawn_at=None),
                name="consent_one_standing_per_purpose",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=ConsentPurpose.values), name="consent_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.text_version}"
