"""Ways back into an account, and its phone number."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import AccessCode, User
from umkm_portal.audit.models import record
from umkm_portal.lib.codes import random_code
from umkm_portal.lib.crypto import digest
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later

CODE_LIFE = timedelta(hours=24)
"""The owner goes home from the counter and uses it the same day (product 1.9)."""


class IssuedCode(NamedTuple):
    """The row, and the code itself, which is known only now: the row keeps its digest."""

    row: AccessCode
    code: str


@transaction.atomic
def issue_access_code(user: User, *, by: User, via: str) -> IssuedCode:
    """Staff have seen the KTP: a code for signing in once; older codes stop working."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if user.is_staff or user.is_superuser:
        raise ActionRefused(_("Kode masuk hanya untuk pemilik usaha, bukan untuk petugas."))
    if not user.is_active:
        raise ActionRefused(_("Akun ini dinonaktifkan. Hubungi admin portal."))
    now = timezone.now()
    AccessCode.objects.filter(user=user, used_at=None, expires_at__gt=now).update(expires_at=now)
    code = random_code(10)
    row = AccessCode.objects.create(
        user=user, code_digest=_digest(user, code), issued_by=by, expires_at=now + CODE_LIFE
    )
    record("access_code.issued", row, by=by, via=via, user=user.pk)
    send_later("access_code_issued", to=user, about=row)
    return IssuedCode(row, code)


@transaction.atomic
def use_access_code(
    user: User | None, code: str, password: str, *, by: User | None, via: str
) -> User:
    """The owner sets a new password with the code; every other session of the account ends.

    `by` is None: nobody is signed in yet, the code says who it is.
    """
    row = (
        AccessCode.objects.select_for_update(of=("self",))
        .filter(user=user, code_digest=_digest(user, code), used_at=None)
        .filter(expires_at__gt=timezone.now(), user__is_active=True, user__is_staff=False)
        .first()
        if user
        else None
    )
    if user is None or row is None:
        raise ActionRefused(
            _(
                "Kode tidak cocok, sudah dipakai, atau lewat 24 jam."
                " Periksa lagi, atau minta kode baru."
            )
        )
    row.used_at = timezone.now()
    row.save(update_fields=["used_at"])
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    user.set_password(password)
    user.save(update_fields=["password"])
    record("access_code.used", row, by=by, via=via, user=user.pk)
    send_later("access_code_used", to=user, about=row)
    return user


@transaction.atomic
def change_phone(user: User, phone: str, *, by: User, via: str) -> User:
    """From now on the account is entered with this number ("+62…")."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if user.phone == phone:
        return user
    before, user.phone = user.phone, phone
    try:
        with transaction.atomic():
            user.save(update_fields=["phone"])
    except IntegrityError:
        raise ActionRefused(_("Nomor ini sudah dipakai akun lain. Pakai nomor lain.")) from None
    record("user.phone_changed", user, by=by, via=via, had_one=bool(before))
    return user


def _digest(user: User, code: str) -> str:
    """Read as people type it from paper: small letters, blanks and dashes do not count."""
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    return digest(f"access code {user.pk} {typed}")
