"""What a year costs, from which day on."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import DuesRate, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused


@transaction.atomic
def add_dues_rate(*, starts_on: date, amount: int, by: User | None, via: str) -> DuesRate:
    """Charge `amount` rupiah a year from a coming day on; bills already made keep theirs."""
    existing = DuesRate.objects.select_for_update().filter(starts_on=starts_on).first()
    if existing and existing.amount == amount:
        return existing
    if existing or starts_on <= timezone.localdate():
        raise ActionRefused(_("Tarif baru mulai berlaku paling cepat besok, satu tarif sehari."))
    rate = DuesRate.objects.create(starts_on=starts_on, amount=amount)
    record("dues_rate.added", rate, by=by, via=via, starts_on=starts_on, amount=amount)
    return rate
