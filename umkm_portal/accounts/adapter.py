"""How allauth finds people by e-mail or phone."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from members.models import User
from umkm_portal.lib.phone import normalise_phone


class PortalAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
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
