from __future__ import annotations

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.admin.base import ReadOnlyAdmin
from members.models import BankAccount, QrisCode
from members.reports.proposals import short_hash
from umkm_portal.lib.dates import tanggal_polos


@admin.register(BankAccount)
class BankAccountAdmin(ReadOnlyAdmin):
    list_display = ["bank_name", "number", "holder", "since"]
    fields = ["bank_name", "number", "holder", "since"]

    @admin.display(description=_("berlaku mulai"), ordering="starts_at")
    def since(self, row: BankAccount) -> str:
        return tanggal_polos(timezone.localdate(row.starts_at))


@admin.register(QrisCode)
class QrisCodeAdmin(ReadOnlyAdmin):
    list_display = ["merchant_name", "nmid", "fingerprint", "since"]
    fields = ["merchant_name", "nmid", "fingerprint", "payload", "since"]

    @admin.display(description=_("sidik isi kode"))
    def fingerprint(self, row: QrisCode) -> str:
        return short_hash(row.payload)

    @admin.display(description=_("berlaku mulai"), ordering="starts_at")
    def since(self, row: QrisCode) -> str:
        return tanggal_polos(timezone.localdate(row.starts_at))
