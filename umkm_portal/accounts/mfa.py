from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _

from members.models import User
from umkm_portal.accounts.adapter import LOCKED
from umkm_portal.lib import crypto


class PortalMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of the second factor rest encrypted, like every secret here."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Kode tidak cocok. Pakai kode yang sedang tampil di aplikasi."),
        "too_many_login_attempts": LOCKED,
        "rate_limited": LOCKED,
        "unverified_email": _("Pastikan dulu alamat e-mail Anda, baru aktifkan kode ini."),
    }

    def encrypt(self, text: str) -> str:
        return crypto.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.decrypt(encrypted_text)

    def get_totp_label(self, user: User) -> str:
        return user.email or user.phone or str(user)
