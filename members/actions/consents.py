"""Consent to the use of personal data: given per purpose, with the text that was shown."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.choices import ConsentPurpose
from members.consent_texts import TEXTS
from members.models import Consent, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later


@transaction.atomic
def give_consents(
    user: User, *, purposes: Iterable[ConsentPurpose], by: User | None, via: str
) -> User:
    """Note each purpose the person ticked; one that stands with today's text is left alone."""
    user = User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    given = []
    for purpose in purposes:
        shown = TEXTS[purpose]
        standing = Consent.objects.of(user).standing().filter(purpose=purpose)
        if standing.filter(text_hash=shown.sha256).exists():
            continue
        standing.update(withdrawn_at=timezone.now())
        Consent.objects.create(
            user=user,
            purpose=purpose,
            text_version=shown.version,
            text_hash=shown.sha256,
            channel=via,
        )
        record("consent.given", user, by=by, via=via, purpose=purpose, version=shown.version)
        given.append(purpose)
    if given:
        _confirm(user, "consent_given", given)
    return user


@transaction.atomic
def withdraw_consent(user: User, *, purpose: ConsentPurpose, by: User | None, via: str) -> User:
    """From now on the data may no longer be used for this purpose; the row stays as proof.

    Without the one for membership there is no membership: who wants out is helped by people.
    """
    if purpose == ConsentPurpose.MEMBERSHIP and user.businesses.exists():
        raise ActionRefused(_("Tanpa persetujuan ini keanggotaan berakhir. Hubungi kami dulu."))
    user = User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    standing = Consent.objects.of(user).standing().filter(purpose=purpose)
    if standing.update(withdrawn_at=timezone.now()):
        record("consent.withdrawn", user, by=by, via=via, purpose=purpose)
        _confirm(user, "consent_withdrawn", [purpose])
    return user


def _confirm(user: User, letter: str, purposes: list[ConsentPurpose]) -> None:
    """UU 27/2022 art. 22: she can show what she agreed to, word for word, and since when."""
    now = timezone.now()
    send_later(
        letter,
        to=user,
        about=user,
        key=now.isoformat(),
        link=reverse("members:consents"),
        at=now,
        texts=[(purpose.label, TEXTS[purpose]) for purpose in purposes],
    )
