"""Accounts that were begun with an e-mail address and never confirmed."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from members.models import User


@transaction.atomic
def make_room(email: str) -> bool:
    """Forget an account nobody ever entered, so that its address can sign up again.

    A new account is made instead of changing the old one: a code that was sent for the old one
    must never open an account with another person's password.
    """
    begun = (
        User.objects.select_for_update(of=("self",))
        .filter(email__iexact=email, phone="", last_login=None, is_staff=False, is_active=True)
        .filter(owner=None, businesses=None)
        .exclude(pk__in=EmailAddress.objects.filter(verified=True).values("user_id"))
        .first()
    )
    if begun is None:
        return False
    begun.delete()
    return True
