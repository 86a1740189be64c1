"""What shows that a business took a step of Jakpreneur, recorded and taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.choices import ApplicationStatus, EvidenceKind
from members.models import Business, Office, ProgrammeStage, StageEvidence, User
from members.models.programme import DERIVED
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused


@transaction.atomic
def record_evidence(  # noqa: PLR0913  what one line of a certificate says
    business: Business,
    stage: str,
    *,
    kind: EvidenceKind,
    source: str,
    on: date,
    office: Office | None = None,
    label: str = "",
    note: str = "",
    by: User | None,
    via: str,
) -> StageEvidence:
    """Note one thing that shows a step; the same `source` again is the same evidence.

    `stage` is a code, "P1" to "P7", and `source` a name of the thing that nobody else uses, as
    "training:12". `label` is read by the owner, `note` by officers of the city.
    """
    business = Business.objects.select_for_update(of=("self",), no_key=True).get(pk=business.pk)
    found = _stage_for(stage, kind)
    existing = found.evidence.standing().filter(business=business, source=source).first()
    if existing:
        return existing
    _refuse_evidence(business, on=on, by=by)
    evidence = StageEvidence.objects.create(
        business=business,
        stage=found,
        kind=kind,
        source=source,
        on=on,
        office=office,
        label=label.strip(),
        note=note.strip(),
        recorded_by=by,
    )
    _note("recorded", evidence, by=by, via=via, kind=kind, on=on)
    return evidence


def _stage_for(code: str, kind: EvidenceKind) -> ProgrammeStage:
    found = ProgrammeStage.objects.filter(code=code).first()
    if found is None or kind in DERIVED or kind not in found.kinds:
        raise ActionRefused(_("Bukti jenis ini tidak berlaku untuk langkah itu."))
    return found


def _refuse_evidence(business: Business, *, on: date, by: User | None) -> None:
    if business.status != ApplicationStatus.APPROVED:
        raise ActionRefused(_("Usaha ini belum terdaftar di Jakpreneur."))
    if by is not None and by.pk == business.owner_id:
        raise ActionRefused(_("Usaha Anda sendiri diputuskan oleh petugas lain."))
    if on > timezone.localdate():
        raise ActionRefused(_("Tanggal bukti belum terjadi."))


def _note(what: str, evidence: StageEvidence, *, by: User | None, via: str, **data: Any) -> None:
    record(
        f"programme_evidence.{what}",
        evidence,
        by=by,
        via=via,
        business=evidence.business.number,
        stage=evidence.stage.code,
        source=evidence.source,
        **data,
    )


@transaction.atomic
def remove_evidence(
    evidence: StageEvidence, *, reason: str, by: User | None, via: str
) -> StageEvidence:
    """Take it back: the step falls when nothing else shows it, and says `reason` to the owner."""
    evidence = (
        StageEvidence.objects.select_for_update(of=("self",))
        .select_related("business", "stage")
        .get(pk=evidence.pk)
    )
    if evidence.removed_at:
        return evidence
    if not reason.strip():
        raise ActionRefused(_("Tulis alasannya."))
    if by is not None and by.pk == evidence.business.owner_id:
        raise ActionRefused(_("Usaha Anda sendiri diputuskan oleh petugas lain."))
    evidence.removed_at, evidence.removed_because = timezone.now(), reason.strip()
    evidence.save(update_fields=["removed_at", "removed_because"])
    _note("removed", evidence, by=by, via=via, reason=evidence.removed_because)
    return evidence


@transaction.atomic
def change_stage(
    stage: ProgrammeStage, *, values: dict[str, Any], by: User | None, via: str
) -> ProgrammeStage:
    """The city renames, reorders or explains a step, or takes other evidence for it."""
    stage = ProgrammeStage.objects.select_for_update().get(pk=stage.pk)
    old = {name: getattr(stage, name) for name in values}
    if old == values:
        return stage
    for name, value in values.items():
        setattr(stage, name, value)
    stage.save(update_fields=list(values))
    changed = [name for name in values if old[name] != values[name]]
    record(
        "programme_stage.changed",
        stage,
        by=by,
        via=via,
        old={name: old[name] for name in changed},
        new={name: values[name] for name in changed},
    )
    return stage


@transaction.atomic
def keep_office(office: Office, *, by: User | None, via: str) -> Office:
    """Save a new office, or what changed about one."""
    stored = Office.objects.select_for_update().filter(pk=office.pk).first()
    names = ("short_name", "name", "is_active")
    old = {name: getattr(stored, name) for name in names} if stored else {}
    new = {name: getattr(office, name) for name in names}
    if old != new:
        office.save()
        record("office.kept", office, by=by, via=via, old=old, new=new)
    return office
