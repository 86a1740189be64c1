"""WhatsApp without a paid service: staff take a portion of messages, send each, and mark it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Letter, User
from members.models.letter import LetterQuerySet
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import CLAIM_LASTS

PORTION = 40
"""As many as one person sends in a sitting."""


@transaction.atomic
def take_letters(
    staff: User, *, among: LetterQuerySet, at: datetime, by: User | None, via: str
) -> int:
    """Give this person up to 40 of `among` for an hour; return how many are in hand now.

    Rows another colleague takes at the same moment are passed by, so nobody sends the same one.
    """
    waiting = Letter.objects.within_reach_of(staff).for_whatsapp(at=at)
    held = waiting.held_by(staff, at=at).count()
    free = (
        waiting.filter(pk__in=among.values("pk"))
        .free_to_claim(by=staff, at=at)
        .exclude(pk__in=waiting.held_by(staff, at=at).values("pk"))
        .select_for_update(of=("self",), skip_locked=True)
        .urgent_first()
    )
    taken = [letter.pk for letter in free[: max(0, PORTION - held)]]
    Letter.objects.filter(pk__in=taken).update(wa_claimed_by=staff, wa_claimed_at=at)
    if taken:
        record("letters.taken", staff, by=by, via=via, count=len(taken))
    return held + len(taken)


@transaction.atomic
def mark_sent_by_whatsapp(letter: Letter, *, by: User, via: str) -> Letter:
    """This person sent the message by hand; the first mark counts."""
    letter = _locked(letter)
    if letter.wa_sent_at:
        return letter
    now = timezone.now()
    held = letter.wa_claimed_at is not None and letter.wa_claimed_at > now - CLAIM_LASTS
    if held and letter.wa_claimed_by_id != by.pk:
        raise ActionRefused(_("Pesan ini sedang dikirim petugas lain. Ambil pesan berikutnya."))
    letter.wa_sent_at, letter.wa_sent_by = now, by
    letter.save(update_fields=["wa_sent_at", "wa_sent_by"])
    record("notice.sent_by_whatsapp", letter, by=by, via=via, purpose=letter.purpose)
    return letter


def _locked(letter: Letter) -> Letter:
    found: Letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)  # type: ignore[assignment]  # the manager is Notice's
    return found
