"""Who may come to an event that is not for everybody; a refusal says what to do about it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.seats import locked, offer_free_seats
from events.models import Event, SignUpRule
from events.models.rule import rule_of
from members.choices import DocumentKind
from members.models import Business, Document, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused


@transaction.atomic
def keep_rule(rule: SignUpRule, *, by: User | None, via: str) -> SignUpRule:
    """Who may sign up from now on; nobody loses a seat, and wider quotas go to who waits."""
    event = locked(rule.event)
    rule.save()
    record(
        "event.rule_kept",
        event,
        by=by,
        via=via,
        per_kecamatan=rule.per_kecamatan,
        stage=rule.stage.code if rule.stage else "",
        needs_nib=rule.needs_nib,
    )
    offer_free_seats(event, by=by, via=via)
    return rule


def refuse_business(event: Event, business: Business) -> None:
    """Raises ActionRefused with what she lacks and how she gets it."""
    rule = rule_of(event)
    if rule is None:
        return
    today = timezone.localdate()
    nib = Document.objects.filter(business=business, kind=DocumentKind.NIB)
    if rule.needs_nib and not nib.valid(on=today).exists():
        raise ActionRefused(_no_nib(event, is_checked=nib.waiting().exists()))
    stage = rule.stage
    if stage and not Business.objects.filter(stage.reached(on=today), pk=business.pk).exists():
        raise ActionRefused(
            _("%(event)s ini untuk usaha yang sudah mencapai langkah %(stage)s. %(hint)s")
            % {"event": event.get_kind_display(), "stage": stage, "hint": stage.hint}
        )


def refuse_guest(event: Event) -> None:
    """Raises ActionRefused where only a business can show what is asked."""
    rule = rule_of(event)
    if rule and rule.is_for_businesses:
        raise ActionRefused(
            _(
                "%(event)s ini untuk usaha yang %(asked)s. Masuk dengan akun usaha Anda, lalu "
                "daftar lagi."
            )
            % {"event": event.get_kind_display(), "asked": rule.asked}
        )


def _no_nib(event: Event, *, is_checked: bool) -> str:
    for_whom = _("%s ini untuk usaha yang sudah punya NIB.") % event.get_kind_display()
    if is_checked:
        return _("%s NIB Anda sedang diperiksa petugas. Daftar lagi setelah disahkan.") % for_whom
    return _("%s Unggah NIB di Berkas, lalu daftar lagi.") % for_whom
