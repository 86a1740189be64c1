"""What an owner wants to hear beyond the letters that must be sent."""

from __future__ import annotations

from django.db import transaction

from members.actions.consents import give_consents, withdraw_consent
from members.choices import ConsentPurpose
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.notices.choices import Group


@transaction.atomic
def choose_info(user: User, *, group: Group, wanted: bool, by: User | None, via: str) -> User:
    """Switch one group of letters on or off.

    For events the switch is the consent itself, so the two can never say different things.
    """
    user = User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    if user.wants_info(group) == wanted:
        return user
    if group == Group.EVENTS:
        if wanted:
            return give_consents(user, purposes=[ConsentPurpose.EVENTS], by=by, via=via)
        return withdraw_consent(user, purpose=ConsentPurpose.EVENTS, by=by, via=via)
    user.wants_programme_info = wanted
    user.save(update_fields=["wants_programme_info"])
    record("info_programme.switched", user, by=by, via=via, old=not wanted, new=wanted)
    return user
