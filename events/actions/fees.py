"""The flat fee of a place: recorded when it came in, waived with a reason, given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.place_letters import tell_seller
from events.actions.waitlist import lock_place
from events.choices import STANDING, EventStatus
from events.fee_choices import FeeEntryKind, FeeMethod
from events.models import BoothPlace, FeeEntry
from events.models.fee import standing_entry
from members.actions.numbering import draw_number
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.codes import random_code
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.rupiah import rupiah

SERIES = "BL"
"""Of numbers like BL-2026-000123, "biaya lapak"."""


@dataclass(frozen=True)
class Money:
    """What was counted on the table or read on the account: rupiah, how, and when."""

    amount: int
    method: FeeMethod
    moved_on: date
    reference: str = ""


@transaction.atomic
def record_fee(place: BoothPlace, *, money: Money, by: User, via: str) -> FeeEntry:
    """The whole fee of this place came in; her kuitansi is sent. The same money twice is once.

    The place is the lock: of two who type it in at once, the second finds the first one's row.
    """
    place = lock_place(place)
    settled = standing_entry(place)
    if settled and _is_the_same(settled, money):
        return settled
    _refuse_unless_owed(place, settled)
    if money.amount != place.fee:
        raise ActionRefused(
            _("Biaya lapaknya %(fee)s. Anda menulis %(typed)s.")
            % {"fee": rupiah(place.fee), "typed": rupiah(money.amount)}
        )
    if money.moved_on > timezone.localdate():
        raise ActionRefused(_("Tanggal bayar belum tiba."))
    if money.method == FeeMethod.TRANSFER and not money.reference:
        raise ActionRefused(_("Tulis nomor referensi transfernya."))
    entry = _add(
        place,
        FeeEntry(
            kind=FeeEntryKind.RECEIPT,
            amount=money.amount,
            method=money.method,
            moved_on=money.moved_on,
            reference=money.reference,
        ),
        by=by,
        via=via,
    )
    tell_seller(place, "fee_received", key=entry.number, entry=entry)
    return entry


@transaction.atomic
def waive_fee(place: BoothPlace, *, reason: str, by: User, via: str) -> FeeEntry:
    """She pays nothing for this place, and why."""
    place = lock_place(place)
    settled = standing_entry(place)
    if settled and settled.kind == FeeEntryKind.WAIVER:
        return settled
    _refuse_unless_owed(place, settled)
    if not reason:
        raise ActionRefused(_("Tulis alasan pembebasan."))
    row = FeeEntry(kind=FeeEntryKind.WAIVER, amount=0, moved_on=timezone.localdate(), reason=reason)
    return _add(place, row, by=by, via=via)


@transaction.atomic
def take_back_fee(
    place: BoothPlace, *, kind: FeeEntryKind, reason: str, by: User, via: str
) -> FeeEntry:
    """The money went back (refund), or the row was typed wrong (reversal); it is owed again
    as long as she comes. Twice is once.
    """
    place = lock_place(place)
    settled = standing_entry(place)
    if settled is None:
        last = place.fee_entries.first()
        if last is not None and last.kind == kind:
            return last
        raise ActionRefused(_("Tidak ada pembayaran yang bisa dibatalkan atau dikembalikan."))
    if kind == FeeEntryKind.REFUND and settled.kind != FeeEntryKind.RECEIPT:
        raise ActionRefused(_("Biayanya dibebaskan, jadi tidak ada uang yang dikembalikan."))
    if not reason:
        raise ActionRefused(_("Tulis alasannya."))
    row = FeeEntry(
        kind=kind,
        amount=-settled.amount,
        method=settled.method,
        moved_on=timezone.localdate(),
        takes_back=settled,
        reason=reason,
    )
    entry = _add(place, row, by=by, via=via)
    if settled.kind == FeeEntryKind.RECEIPT:
        tell_seller(place, "fee_taken_back", key=entry.number, entry=entry, was=settled)
    return entry


def _add(place: BoothPlace, row: FeeEntry, *, by: User, via: str) -> FeeEntry:
    row.place, row.recorded_by, row.code = place, by, random_code(10)
    row.number = draw_number(SERIES, year=timezone.localdate().year)
    row.save(force_insert=True)
    record(f"fee.{row.kind}", place, by=by, via=via, number=row.number, amount=row.amount)
    return row


def _is_the_same(row: FeeEntry, money: Money) -> bool:
    typed = (money.amount, money.method, money.moved_on, money.reference)
    return (row.amount, row.method, row.moved_on, row.reference) == typed


def _refuse_unless_owed(place: BoothPlace, settled: FeeEntry | None) -> None:
    if not place.fee:
        raise ActionRefused(_("Tempat ini gratis, jadi tidak ada biaya yang dicatat."))
    if settled and settled.kind == FeeEntryKind.RECEIPT:
        raise ActionRefused(
            _("Biaya lapak ini sudah tercatat lunas, kuitansi %s.") % settled.number
        )
    if settled:
        raise ActionRefused(_("Biaya lapak ini sudah dibebaskan."))
    if place.status not in STANDING or place.day.event.status == EventStatus.CANCELLED:
        raise ActionRefused(_("Usaha ini tidak jadi ikut pada hari itu, jadi tidak ditagih."))
