"""How an edition is run: its times, seats and stock, and the rules sellers agree to."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.place_letters import tell_seller
from events.actions.waitlist import offer_free_seats
from events.choices import EventKind
from events.models import BoothPlace, Edition, EditionRules, Event
from events.models.day import still_to_come
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused


@transaction.atomic
def keep_edition(edition: Edition, *, changed: Sequence[str], by: User | None, via: str) -> Edition:
    """Save what staff wrote; more seats are offered to who waits, fewer never drop anybody."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=edition.event_id)
    if event.kind != EventKind.JBL:
        raise ActionRefused(_("Hanya Jumat Beli Lokal yang punya pendaftaran penjual."))
    is_new = not Edition.objects.filter(pk=edition.pk).exists()
    if is_new:
        edition.save(force_insert=True)
        record("edition.made", event, by=by, via=via)
    elif changed:
        edition.save(update_fields=list(changed))
        record("edition.changed", event, by=by, via=via, fields=list(changed))
    if is_new or {"seats_per_day", "pool_days"} & set(changed):
        for day in event.days.not_over(at=timezone.now()):
            offer_free_seats(day, by=by, via=via)
    return edition


@transaction.atomic
def publish_rules(event: Event, *, text: str, by: User | None, via: str) -> EditionRules:
    """A new version, asked of everybody anew; the same text again is no new version."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if not text:
        raise ActionRefused(_("Tulis tata tertibnya."))
    newest = event.rules.first()
    if newest is not None and newest.text == text:
        return newest
    rules = EditionRules.objects.create(
        event=event, version=newest.version + 1 if newest else 1, text=text
    )
    record("rules.published", event, by=by, via=via, version=rules.version)
    coming = BoothPlace.objects.living().filter(still_to_come(timezone.now(), "day__"))
    sellers = coming.filter(day__event=event).order_by("business_id", "day__date")
    for place in sellers.distinct("business_id").select_related("business__owner", "day__event"):
        tell_seller(place, "jbl_rules_changed", key=f"v{rules.version}")
    return rules
