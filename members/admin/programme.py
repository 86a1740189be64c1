"""The city's desk for Jakpreneur: who is where, what shows it, and the steps themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from members.actions.programme import change_stage, keep_office, record_evidence, remove_evidence
from members.admin.decisions import DecidedAdmin, Decision
from members.choices import ApplicationStatus, EvidenceKind
from members.forms.programme import EvidenceForm, MentoringForm, RemovalForm, StageForm
from members.models import (
    Business,
    JakpreneurMembership,
    Office,
    ProgrammeStage,
    StageEvidence,
    User,
)
from members.reports.programme import Step, distribution_for, steps_of
from umkm_portal.lib.dates import tanggal_polos


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
    return request.user


def _by_hand(row: JakpreneurMembership, values: dict[str, Any], user: User) -> StageEvidence:
    found = {"stage": "P3", "kind": EvidenceKind.STAFF, **values}
    # The same thing typed on the same day for the same step is the same evidence.
    source = f"petugas:{found['kind']}:{found['on']}:{found['label']}"[:80]
    return record_evidence(row.business, **found, source=source, by=user, via="admin")


def _mentored(row: JakpreneurMembership, values: dict[str, Any], user: User) -> StageEvidence:
    return _by_hand(row, {**values, "kind": EvidenceKind.MENTORING}, user)


def _may_be_recorded(row: JakpreneurMembership) -> bool:
    return row.business.status == ApplicationStatus.APPROVED


@admin.register(JakpreneurMembership)
class JakpreneurMembershipAdmin(DecidedAdmin):
    """Pemkot only: the steps and notes of a business are nothing of Kadin's."""

    change_list_template = "admin/members/programme_list.html"
    list_display = ["number", "business_name", "kecamatan", "joined_on"]
    list_filter = ["business__kelurahan__kecamatan"]
    search_fields = ["business__number", "business__name"]
    ordering = ["-joined_on", "-pk"]
    fields = ["number", "business_name", "kecamatan", "joined_on", "steps", "pieces", "notes"]
    decisions = [
        Decision(
            "catat",
            _("Catat bukti langkah"),
            _("Bukti tercatat."),
            _by_hand,
            _may_be_recorded,
            EvidenceForm,
        ),
        Decision(
            "dampingi",
            _("Tulis catatan pendampingan"),
            _("Catatan tersimpan."),
            _mentored,
            _may_be_recorded,
            MentoringForm,
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[JakpreneurMembership]:
        reach = Business.objects.sent().within_reach_of(_person(request))
        return JakpreneurMembership.objects.filter(business__in=reach).select_related(
            "business__kelurahan__kecamatan", "business__owner"
        )

    def get_urls(self) -> list[URLPattern]:
        spread = path(
            "sebaran/",
            self.admin_site.admin_view(self.spread_view),
            name="members_jakpreneurmembership_sebaran",
        )
        return [spread, *super().get_urls()]

    def spread_view(self, request: HttpRequest) -> HttpResponse:
        """How many businesses reached each step, so that the curve can be judged."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = distribution_for(_person(request), on=timezone.localdate())
        context = {
            **self.admin_site.each_context(request),
            "title": _("Sebaran tujuh langkah"),
            "opts": self.opts,
            "distribution": found,
            "bars": [
                (str(stage), count) for stage, count in zip(found.stages, found.counts, strict=True)
            ],
            "back": reverse("admin:members_jakpreneurmembership_changelist"),
        }
        return TemplateResponse(request, "admin/members/programme_spread.html", context)

    def subject_of_trail(self, row: JakpreneurMembership) -> Business:
        return row.business

    def facts(self, row: JakpreneurMembership) -> list[tuple[str, Any]]:
        return [(str(_("Usaha")), row.business.name), (str(_("Langkah")), self.steps(row))]

    @admin.display(description=_("nomor"), ordering="business__number")
    def number(self, row: JakpreneurMembership) -> str:
        return row.business.number or "–"

    @admin.display(description=_("usaha"), ordering="business__sort_key")
    def business_name(self, row: JakpreneurMembership) -> str:
        return row.business.name

    @admin.display(description=_("kecamatan"))
    def kecamatan(self, row: JakpreneurMembership) -> str:
        kelurahan = row.business.kelurahan
        return kelurahan.kecamatan.name if kelurahan else "–"

    @admin.display(description=_("tujuh langkah"))
    def steps(self, row: JakpreneurMembership) -> SafeString:
        steps = steps_of(row.business, on=timezone.localdate())
        return format_html_join(SafeString("<br>"), "{}", ((_line(step),) for step in steps))

    @admin.display(description=_("bukti tercatat"))
    def pieces(self, row: JakpreneurMembership) -> SafeString | str:
        """Each leads to its page, where it may be taken back."""
        rows = row.business.evidence.standing().select_related("stage")
        lines = [
            (
                reverse("admin:members_stageevidence_change", args=[each.pk]),
                f"{each.stage.code}, {tanggal_polos(each.on)}",
                each.label or each.get_kind_display(),
            )
            for each in rows[:50]
        ]
        return format_html_join(SafeString("<br>"), '<a href="{}">{}</a>: {}', lines) or "–"

    @admin.display(description=_("catatan pendampingan"))
    def notes(self, row: JakpreneurMembership) -> SafeString | str:
        rows = row.business.evidence.standing().exclude(note="").select_related("recorded_by")
        lines = [
            (tanggal_polos(each.on), each.recorded_by or "–", each.label, each.note)
            for each in rows[:50]
        ]
        return format_html_join("", "<p><strong>{}</strong> {}: {}<br>{}</p>", lines) or "–"


def _line(step: Step) -> str:
    if step.is_reached and step.since:
        what = f"{tanggal_polos(step.since)}{f', {step.office}' if step.office else ''}"
        return f"✓ {step.stage}: {what}"
    return f"– {step.stage}: {step.fallen_because or step.progress or _('belum')}"


@admin.register(StageEvidence)
class StageEvidenceAdmin(DecidedAdmin):
    list_display = ["business", "stage", "kind", "on", "office", "is_standing"]
    list_filter = ["stage", "kind", "office"]
    list_select_related = ["business", "stage", "office"]
    search_fields = ["business__number", "business__name", "label"]
    date_hierarchy = "on"
    fields = [
        "business",
        "stage",
        "kind",
        "on",
        "office",
        "label",
        "note",
        "recorded_by",
        "recorded_at",
        "removed_at",
        "removed_because",
    ]
    decisions = [
        Decision(
            "cabut",
            _("Cabut bukti"),
            _("Bukti dicabut. Pemilik membaca alasannya di halaman langkah."),
            lambda row, values, user: remove_evidence(
                row, reason=values["reason"], by=user, via="admin"
            ),
            lambda row: row.removed_at is None,
            RemovalForm,
            is_refusal=True,
        )
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StageEvidence]:
        return StageEvidence.objects.within_reach_of(_person(request)).select_related(
            "business__owner", "stage", "office", "recorded_by"
        )

    @admin.display(description=_("berlaku"), boolean=True)
    def is_standing(self, row: StageEvidence) -> bool:
        return row.removed_at is None


@admin.register(ProgrammeStage)
class ProgrammeStageAdmin(admin.ModelAdmin[ProgrammeStage]):
    """Names, order and rules are data: sources disagree about them, and the city decides."""

    form = StageForm
    list_display = ["position", "code", "name", "needed"]
    list_display_links = ["code", "name"]
    ordering = ["position"]
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ProgrammeStage, form: Any, change: Any) -> None:
        change_stage(obj, values=form.cleaned_data, by=_person(request), via="admin")


@admin.register(Office)
class OfficeAdmin(admin.ModelAdmin[Office]):
    list_display = ["short_name", "name", "is_active"]
    ordering = ["short_name"]
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Office, form: Any, change: Any) -> None:
        keep_office(obj, by=_person(request), via="admin")
