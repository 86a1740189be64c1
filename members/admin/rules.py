from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from members.admin.base import ReadOnlyAdmin
from members.models import DuesRate, DuesRules
from umkm_portal.lib.rupiah import rupiah


@admin.register(DuesRate)
class DuesRateAdmin(ReadOnlyAdmin):
    """What was charged from which day on; a new fee is proposed, never typed over."""

    list_display = ["starts_on", "size", "amount_shown", "joining_fee_shown"]
    ordering = ["-starts_on", "size"]
    fields = ["starts_on", "size", "amount_shown", "joining_fee_shown"]

    @admin.display(description=_("iuran setahun"), ordering="amount")
    def amount_shown(self, row: DuesRate) -> str:
        return rupiah(row.amount)

    @admin.display(description=_("uang pangkal"), ordering="joining_fee")
    def joining_fee_shown(self, row: DuesRate) -> str:
        return rupiah(row.joining_fee)


@admin.register(DuesRules)
class DuesRulesAdmin(ReadOnlyAdmin):
    list_display = ["starts_on", "mode", "grace_days", "window_days"]
    ordering = ["-starts_on"]
