"""The fee of a place at the desk: buttons under the application, and the ledger to read."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from events.actions.fees import record_fee, take_back_fee, waive_fee
from events.admin.base import ReadOnlyAdmin, person
from events.fee_choices import FeeEntryKind, FeeStatus
from events.forms.fees import FeeForm, FeeReasonForm, money_of
from events.models import BoothPlace, FeeEntry
from events.models.fee import FeeEntryQuerySet, fee_status, standing_entry
from members.admin.decisions import Decision
from umkm_portal.lib.dates import tanggal_pendek
from umkm_portal.lib.rupiah import rupiah


def _is_owed(row: BoothPlace) -> bool:
    return fee_status(row) == FeeStatus.OWED


def _is_paid(row: BoothPlace) -> bool:
    settled = standing_entry(row)
    return settled is not None and settled.kind == FeeEntryKind.RECEIPT


FEE_DECISIONS = [
    Decision(
        "biaya",
        _("Catat biaya lapak"),
        _("Tercatat lunas. Kuitansinya dikirim ke penjual."),
        lambda row, values, user: record_fee(row, money=money_of(values), by=user, via="admin"),
        _is_owed,
        FeeForm,
        initial=lambda row: {"amount": row.fee, "moved_on": timezone.localdate()},
    ),
    Decision(
        "bebaskan",
        _("Bebaskan biaya lapak"),
        _("Biaya lapaknya dibebaskan."),
        lambda row, values, user: waive_fee(row, reason=values["reason"], by=user, via="admin"),
        _is_owed,
        FeeReasonForm,
    ),
    Decision(
        "kembalikan-biaya",
        _("Catat pengembalian biaya"),
        _("Pengembaliannya tercatat. Penjual diberi tahu."),
        lambda row, values, user: take_back_fee(
            row, kind=FeeEntryKind.REFUND, reason=values["reason"], by=user, via="admin"
        ),
        _is_paid,
        FeeReasonForm,
    ),
    Decision(
        "batalkan-catatan-biaya",
        _("Batalkan catatan biaya yang salah"),
        _("Catatannya dibatalkan."),
        lambda row, values, user: take_back_fee(
            row, kind=FeeEntryKind.REVERSAL, reason=values["reason"], by=user, via="admin"
        ),
        lambda row: standing_entry(row) is not None,
        FeeReasonForm,
    ),
]


@admin.register(FeeEntry)
class FeeEntryAdmin(ReadOnlyAdmin):
    """The ledger as it was written; what is wrong is set right from the application."""

    list_display = ["number", "moved_shown", "kind", "sum_shown", "method", "seller", "recorded_by"]
    list_filter = [
        "kind",
        "method",
        ("place__day__event", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["number", "reference", "place__business__name"]
    fields = [
        *("number", "kind", "sum_shown", "method", "moved_on", "reference", "place_link"),
        *("reason", "takes_back", "recorded_at", "recorded_by"),
    ]

    def get_queryset(self, request: HttpRequest) -> FeeEntryQuerySet:
        near = BoothPlace.objects.within_reach_of(person(request))
        rows = FeeEntry.objects.filter(place__in=near)
        return rows.select_related("place__business", "place__day", "recorded_by", "takes_back")

    @admin.display(description=_("tanggal"), ordering="moved_on")
    def moved_shown(self, row: FeeEntry) -> str:
        return tanggal_pendek(row.moved_on)

    @admin.display(description=_("jumlah"), ordering="amount")
    def sum_shown(self, row: FeeEntry) -> str:
        return rupiah(row.amount)

    @admin.display(description=_("penjual"), ordering="place__business__name")
    def seller(self, row: FeeEntry) -> str:
        return f"{row.place.business}, {tanggal_pendek(row.place.day.date)}"

    @admin.display(description=_("tempat"))
    def place_link(self, row: FeeEntry) -> str:
        url = reverse("admin:events_boothplace_change", args=[row.place_id])
        return format_html('<a href="{}">{}</a>', url, self.seller(row))
