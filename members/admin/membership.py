from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.actions.cards import note_cards_printed, replace_card
from members.actions.membership import (
    accept_membership,
    lift_suspension,
    refuse_membership,
    return_membership_for_repair,
    suspend_membership,
)
from members.admin.business import person
from members.admin.decisions import DecidedAdmin, Decision
from members.choices import ApplicationStatus, CardReplacement, MembershipState
from members.forms.dues import ReasonForm
from members.forms.membership import CardReplaceForm, MembershipReturnForm
from members.models import KadinMembership, ReminderLog
from members.reports.cards import card_sheet, face_of
from members.reports.history import history_of, member_since
from members.reports.letters import subjects_of_membership
from members.reports.standing import standings_for
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.files import private_response


def _waits(membership: KadinMembership) -> bool:
    return membership.status == ApplicationStatus.SUBMITTED


MOST_CARDS = 80
"""Ten sheets: more at once would hold a worker for seconds."""


@admin.register(KadinMembership)
class KadinMembershipAdmin(DecidedAdmin):
    """Kadin's secretariat; nothing of what Pemkot wrote about the business stands here."""

    list_display = ["business_name", "kecamatan", "number", "status", "requested_at", "state_today"]
    change_list_template = "admin/members/export_list.html"
    list_filter = ["status"]
    search_fields = ["number", "business__name"]
    ordering = ["requested_at"]
    actions = ["print_cards"]
    fields = [
        "business_name",
        "owner_name",
        "sector",
        "address",
        "nib",
        "number",
        "status",
        "state_today",
        "since",
        "paid_years",
        "reminders",
        "requested_at",
        "decided_at",
        "decided_by",
        "decision_reason",
        "suspended_at",
        "suspended_because",
    ]
    decisions = [
        Decision(
            "terima",
            _("Terima pencatatan"),
            _("Usaha tercatat. Tagihan pertama sudah dikirim ke pemilik."),
            lambda row, values, user: accept_membership(row, by=user, via="admin"),
            _waits,
        ),
        Decision(
            "perbaikan",
            _("Minta perbaikan"),
            _("Pemilik diminta memperbaiki data."),
            lambda row, values, user: return_membership_for_repair(
                row,
                fields=values["fields_to_repair"],
                reason=values["reason"],
                by=user,
                via="admin",
            ),
            _waits,
            MembershipReturnForm,
        ),
        Decision(
            "tolak",
            _("Tolak pencatatan"),
            _("Pencatatan ditolak. Pemilik menerima alasannya."),
            lambda row, values, user: refuse_membership(
                row, reason=values["reason"], by=user, via="admin"
            ),
            _waits,
            ReasonForm,
            is_refusal=True,
        ),
        Decision(
            "tangguhkan",
            _("Tangguhkan"),
            _("Keanggotaan ditangguhkan. Pemilik menerima alasannya."),
            lambda row, values, user: suspend_membership(
                row, reason=values["reason"], by=user, via="admin"
            ),
            lambda row: row.status == ApplicationStatus.APPROVED and not row.suspended_at,
            ReasonForm,
            is_refusal=True,
        ),
        Decision(
            "pulihkan",
            _("Pulihkan"),
            _("Penangguhan dicabut."),
            lambda row, values, user: lift_suspension(row, by=user, via="admin"),
            lambda row: row.suspended_at is not None,
        ),
        Decision(
            "ganti-kartu",
            _("Ganti kartu"),
            _("Kartu punya kode baru. Kartu lama tidak berlaku lagi; pemilik sudah dikabari."),
            lambda row, values, user: replace_card(
                row,
                code=values["code"],
                reason=CardReplacement(values["reason"]),
                by=user,
                via="admin",
            ),
            lambda row: row.status == ApplicationStatus.APPROVED,
            CardReplaceForm,
            initial=lambda row: {"code": row.card_code},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[KadinMembership]:
        return (
            KadinMembership.objects.order_by(*self.ordering)
            .select_related("business__owner", "business__kelurahan__kecamatan", "decided_by")
            .prefetch_related("terms")
            .with_state(on=timezone.localdate())
        )

    def letters_about(self, row: KadinMembership) -> list[Model]:
        return subjects_of_membership(row)

    @admin.action(description=_("Cetak kartu (A4, 8 per lembar)"), permissions=["change"])
    def print_cards(
        self, request: HttpRequest, queryset: QuerySet[KadinMembership]
    ) -> HttpResponse | None:
        """Those of the chosen whose card is good today."""
        rows = list(queryset.select_related("business__owner__owner")[: MOST_CARDS + 1])
        if len(rows) > MOST_CARDS:
            text = gettext("Paling banyak %d kartu sekali cetak.") % MOST_CARDS
            self.message_user(request, text, messages.ERROR)
            return None
        good = [s for s in standings_for(rows, on=timezone.localdate()) if s.is_valid]
        if not good:
            text = gettext("Tidak ada kartu yang berlaku hari ini di antara pilihan Anda.")
            self.message_user(request, text, messages.WARNING)
            return None
        members = [standing.kadin for standing in good if standing.kadin]
        note_cards_printed(members, by=person(request), via="admin")
        return private_response(card_sheet(map(face_of, good)), filename="kartu-anggota.pdf")

    def facts(self, row: KadinMembership) -> list[tuple[str, Any]]:
        return [
            (str(_("Usaha")), self.business_name(row)),
            (str(_("Pemilik")), self.owner_name(row)),
            (str(_("Alamat usaha")), self.address(row)),
            ("NIB", self.nib(row)),
        ]

    @admin.display(description=_("usaha"), ordering="business__sort_key")
    def business_name(self, row: KadinMembership) -> str:
        return row.business.name

    @admin.display(description=_("pemilik"))
    def owner_name(self, row: KadinMembership) -> str:
        return str(row.business.owner)

    @admin.display(description=_("bidang"))
    def sector(self, row: KadinMembership) -> str:
        return row.business.get_sector_display()

    @admin.display(description=_("kecamatan"))
    def kecamatan(self, row: KadinMembership) -> str:
        kelurahan = row.business.kelurahan
        return kelurahan.kecamatan.name if kelurahan else "–"

    @admin.display(description=_("alamat usaha"))
    def address(self, row: KadinMembership) -> str:
        business = row.business
        return ", ".join(
            part
            for part in (business.street, str(business.kelurahan or ""), business.postcode)
            if part
        )

    @admin.display(description="NIB")
    def nib(self, row: KadinMembership) -> str:
        return row.business.nib or "–"

    @admin.display(description=_("keanggotaan hari ini"))
    def state_today(self, row: KadinMembership) -> str:
        return str(MembershipState(row.state_then).label)  # type: ignore[attr-defined]

    @admin.display(description=_("alasan ditangguhkan"))
    def suspended_because(self, row: KadinMembership) -> str:
        return row.suspension_reason or "–"

    @admin.display(description=_("masa terbayar"))
    def paid_years(self, row: KadinMembership) -> SafeString:
        lines = (
            f"{tanggal_polos(part.first)}–{tanggal_polos(part.last)}"
            + (f": {part.text}" if part.is_gap else "")
            + (f" ({part.given_because})" if part.given_because else "")
            for part in history_of(row)
        )
        return format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines))

    @admin.display(description=_("anggota sejak"))
    def since(self, row: KadinMembership) -> str:
        day = member_since(row)
        return tanggal_polos(day) if day else "–"

    @admin.display(description=_("pengingat"))
    def reminders(self, row: KadinMembership) -> SafeString | str:
        """What was decided about each letter, the newest first; also why one was not sent."""
        logs = ReminderLog.objects.filter(term__membership=row).select_related("term")[:12]
        lines = (
            (tanggal_polos(log.decided_at), log.line, tanggal_polos(log.term.last_day))
            for log in logs
        )
        return format_html_join(SafeString("<br>"), gettext("{}: {} (berakhir {})"), lines) or "–"
