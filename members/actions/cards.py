"""A member card is a code on paper; a lost one gets another code, and the old one answers so."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from members.choices import ApplicationStatus, CardReplacement
from members.models import KadinMembership, RevokedCard, User
from umkm_portal.audit.models import record
from umkm_portal.lib.codes import random_code
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later

ANOTHER_TRY = 5
"""Codes drawn before giving up; one in 800 billion is taken."""


@transaction.atomic
def replace_card(
    membership: KadinMembership,
    *,
    code: str,
    reason: CardReplacement,
    by: User | None,
    via: str,
) -> KadinMembership:
    """The card with `code` is no longer good; another code takes its place.

    `code` is what the person saw when deciding, so a second press replaces nothing more.
    """
    membership = (
        KadinMembership.objects.select_for_update(of=("self",))
        .select_related("business__owner")
        .get(pk=membership.pk)
    )
    if membership.status != ApplicationStatus.APPROVED:
        raise ActionRefused(_("Kartu terbit setelah pencatatan di Kadin diterima."))
    if membership.card_code != code:
        if membership.revoked_cards.coded(code).exists():
            return membership
        raise ActionRefused(_("Kode kartu ini bukan milik usaha tersebut."))
    RevokedCard.objects.create(membership=membership, code=code, reason=reason, revoked_by=by)
    membership.card_code = _unused_code()
    membership.save(update_fields=["card_code"])
    # The codes themselves stay out of the trail: whoever reads it must not be able to print one.
    record("card.replaced", membership, by=by, via=via, reason=reason, ends_with=code[-3:])
    send_later(
        "card_replaced",
        to=membership.business.owner,
        about=membership,
        key=code,
        link=reverse("members:member_card"),
        reason=CardReplacement(reason).label,
    )
    return membership


@transaction.atomic
def note_cards_printed(
    memberships: list[KadinMembership], *, by: User | None, via: str
) -> list[KadinMembership]:
    """Staff took cards away to print: one line for each, so it can be told who holds which."""
    for membership in memberships:
        record("card.printed", membership, by=by, via=via)
    return memberships


def _unused_code() -> str:
    for _try in range(ANOTHER_TRY):
        code = random_code()
        if not (
            RevokedCard.objects.coded(code).exists()
            or KadinMembership.objects.filter(card_code=code).exists()
        ):
            return code
    raise RuntimeError("No unused card code was found.")
