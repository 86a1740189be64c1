"""How allauth finds people by e-mail or phone, counts their tries, and writes to them."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.core import context, ratelimit
from django.conf import settings
from django.contrib.auth import authenticate
from django.forms import Form
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import User
from umkm_portal.lib.fields import PhoneField
from umkm_portal.lib.http import client_ip
from umkm_portal.lib.phone import normalise_phone
from umkm_portal.notices.actions import send_later
from umkm_portal.notices.letters import queue_mail

MISMATCH = _("Nomor/e-mail atau kata sandi tidak cocok.")
LOCKED = _("Terlalu banyak percobaan. Coba lagi 15 menit lagi, atau hubungi petugas kecamatan.")
STAFF_SEEN_KEY = "staff_seen"
"""Session key: when staff were last seen, in seconds of the epoch; read by the middleware."""
PHONE_TAKEN = _("Nomor ini sudah dipakai akun lain. Masuk dengan nomor ini, atau pakai nomor lain.")
# What the security notices call the changes allauth tells about.
CHANGES = {
    "password_changed": _("Kata sandi diganti."),
    "password_reset": _("Kata sandi dibuat baru lewat e-mail."),
    "password_set": _("Kata sandi dibuat."),
    "phone_changed": _("Nomor HP untuk masuk diganti."),
    "email_changed": _("Alamat e-mail diganti."),
    "email_deleted": _("Alamat e-mail dihapus."),
    "email_confirm": _("Alamat e-mail dipastikan."),
    "totp_activated": _("Kode dari aplikasi autentikator diaktifkan."),
    "totp_deactivated": _("Kode dari aplikasi autentikator dimatikan."),
    "recovery_codes_generated": _("Kode pemulihan dibuat baru."),
}


class PortalAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": MISMATCH,
        "phone_password_mismatch": MISMATCH,
        "username_password_mismatch": MISMATCH,
        "too_many_login_attempts": LOCKED,
        "rate_limited": LOCKED,
        "phone_taken": PHONE_TAKEN,
        "email_taken": _("Alamat e-mail ini sudah dipakai akun lain."),
        "duplicate_email": _("Ini sudah alamat e-mail akun Anda."),
        "same_as_current": _("Ini sama dengan yang sekarang. Tulis yang baru."),
        "enter_current_password": _("Kata sandi sekarang tidak cocok."),
        "incorrect_password": _("Kata sandi tidak cocok."),
        "incorrect_code": _("Kode tidak cocok. Periksa lagi angkanya."),
        "invalid_password_reset": _("Tautan ini sudah tidak berlaku. Minta tautan baru."),
    }

    # --- phones: no SMS gateway; a number counts as soon as its owner has typed it -------------
    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, True) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:  # noqa: FBT001  allauth's signature
        user.phone = normalise_phone(phone)
        user.save(update_fields=["phone"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Phones are not verified by SMS: there is no gateway, staff check them."""

    def get_user_by_phone(self, phone: str) -> User | None:
        try:
            return User.objects.filter(phone=normalise_phone(phone)).first()
        except ValueError:
            return None

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        """No SMS gateway; see set_phone_verified."""

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    # --- signing in ------------------------------------------------------------------------------
    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def get_login_stages(self) -> list[str]:
        ours = {
            "allauth.account.stages.EmailVerificationStage": (
                "umkm_portal.accounts.stages.EmailVerificationStage"
            )
        }
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One count per account, whichever way its name was typed; unknown names count alike."""
        user = self._named(credentials)
        if user:
            return f"user:{user.pk}"
        typed = next(
            (str(credentials[k]) for k in ("email", "phone", "username") if k in credentials), ""
        )
        return f"name:{typed.strip().lower()}"

    def _named(self, credentials: dict[str, Any]) -> User | None:
        if credentials.get("phone"):
            return self.get_user_by_phone(credentials["phone"])
        if credentials.get("email"):
            found = filter_users_by_email(
                credentials["email"], prefer_verified=True, for_login=True
            )
            return found[0] if found else None
        return None

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The same silence for unknown, wrong, disabled and unverified, counted alike.

        The limit is asked before a password is hashed; only a sign-in that works gives its try
        back.
        """
        self.pre_authenticate(request, **credentials)
        AuthenticationBackend.unstash_authenticated_user()
        user = authenticate(request, **credentials)
        AuthenticationBackend.unstash_authenticated_user()
        if not isinstance(user, User) or not self._may_enter(user, credentials):
            self.authentication_failed(request, **credentials)
            return None
        self._rollback_login_failed_rl_usage()
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        if user.is_staff:
            request.session[STAFF_SEEN_KEY] = int(time.time())

    def _may_enter(self, user: User, credentials: dict[str, Any]) -> bool:
        """Whoever signs in by e-mail has shown before that it is theirs."""
        if credentials.get("phone") and credentials["phone"] == user.phone:
            return True
        known: bool = EmailAddress.objects.filter(user_id=user.pk, verified=True).exists()
        return known

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """The last name to sign in with stays."""
        return bool(email_address.user.phone) or not email_address.primary

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("owner_home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_security")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("account_security")

    # --- letters ---------------------------------------------------------------------------------
    def get_reset_password_from_key_url(self, key: str) -> str:
        """From SITE_URL: a made-up Host header never gets into a letter."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", key)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a plain letter; its template's first line is the subject.

        Queued, so that a slow mail server slows nobody down, and known and unknown addresses
        take the same time.
        """
        name = template_prefix.rsplit("/", 1)[-1]
        values = {**context, "email": email, "site": settings.SITE_URL}
        text = render_to_string(f"mail/account/{name}.txt", values)
        subject, _newline, body = text.strip().partition("\n")
        queue_mail(to=email, subject=subject, body=body.strip())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the person in the inbox and by e-mail; a replaced e-mail address hears it too."""
        what = template_prefix.rsplit("/", 1)[-1]
        now = timezone.now()
        details = {
            "what": CHANGES[what],
            "at": now,
            "device": self.get_http_user_agent(self.request)[:200],
        }
        send_later(
            "account_changed",
            to=user,
            about=user,
            key=f"{what} {now:%Y-%m-%dT%H:%M:%S.%f}"[:60],
            link=reverse("account_security"),
            **details,
        )
        if email and email.lower() != user.email.lower():
            self.send_mail("account_changed_old", email, {**details, **(context or {})})


def too_many_taken(*, count: bool) -> bool:
    """A phone sign-up may say that a number is taken, five times an hour and address."""
    return not ratelimit.consume(context.request, action="phone_taken", dry_run=not count)


def hash_for_time(form: Form) -> None:
    """Take the time that saving a new password takes, so that a known address looks new."""
    User().set_password(form.cleaned_data.get("password1") or "")
