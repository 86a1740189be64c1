"""Joining Kadin: asked for by the owner, decided by the secretariat, whatever Pemkot decides."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.dues import open_dues_invoice
from members.actions.naming import sort_key_of
from members.actions.numbering import draw_number
from members.choices import ApplicationStatus
from members.models import Business, KadinMembership, User
from umkm_portal.audit.models import record
from umkm_portal.lib.codes import random_code
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later

REPAIRABLE = ("name", "street", "kelurahan", "nib")
"""What of the business Kadin may ask the owner to mend."""

NOT_SENT = (ApplicationStatus.DRAFT, ApplicationStatus.CANCELLED)


@transaction.atomic
def request_membership(business: Business, *, by: User | None, via: str) -> KadinMembership:
    """The owner asks Kadin to enrol the business; asking again gives the same membership."""
    business = Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    existing = KadinMembership.objects.filter(business=business).first()
    if existing:
        return existing
    if business.status in NOT_SENT:
        raise ActionRefused(_("Kirim dulu pendaftaran usaha Anda, lalu ajukan pencatatan."))
    membership = KadinMembership.objects.create(
        business=business, card_code=random_code(10), requested_at=timezone.now()
    )
    record("kadin_membership.requested", membership, by=by, via=via, business=business.number)
    if settings.KADIN_OTOMATIS:
        return _accept(membership, by=None, via=via)
    return membership


@transaction.atomic
def accept_membership(membership: KadinMembership, *, by: User | None, via: str) -> KadinMembership:
    """The secretariat enrols the business: it gets its number and its first invoice."""
    membership = _locked(membership)
    if membership.status == ApplicationStatus.APPROVED:
        return membership
    _refuse_unless_waiting(membership, by)
    if membership.business.status in NOT_SENT:
        raise ActionRefused(_("Pemilik sudah membatalkan pendaftaran usaha ini."))
    return _accept(membership, by=by, via=via)


@transaction.atomic
def return_membership_for_repair(
    membership: KadinMembership, *, fields: list[str], reason: str, by: User | None, via: str
) -> KadinMembership:
    """The secretariat asks the owner to mend the named fields of the business."""
    membership = _locked(membership)
    if membership.status == ApplicationStatus.NEEDS_REPAIR:
        return membership
    _refuse_unless_waiting(membership, by)
    named = [field for field in REPAIRABLE if field in fields]
    if not named:
        raise ActionRefused(_("Pilih paling sedikit satu bagian yang perlu diperbaiki."))
    membership.repair_fields = named
    _decide(membership, ApplicationStatus.NEEDS_REPAIR, reason=reason, by=by)
    record(
        "kadin_membership.returned",
        membership,
        by=by,
        via=via,
        old=ApplicationStatus.SUBMITTED,
        new=membership.status,
        fields=named,
        reason=reason,
    )
    send_later(
        "kadin_repair",
        to=membership.business.owner,
        about=membership,
        key=_moment_key(membership),
        link=reverse("members:membership_repair", args=[membership.pk]),
        count=len(named),
    )
    return membership


@transaction.atomic
def refuse_membership(
    membership: KadinMembership, *, reason: str, by: User | None, via: str
) -> KadinMembership:
    """The secretariat does not enrol the business; the owner learns why and whom to ask."""
    membership = _locked(membership)
    if membership.status == ApplicationStatus.REJECTED:
        return membership
    _refuse_unless_waiting(membership, by)
    if not reason.strip():
        raise ActionRefused(_("Tulis alasannya."))
    _decide(membership, ApplicationStatus.REJECTED, reason=reason, by=by)
    record(
        "kadin_membership.refused",
        membership,
        by=by,
        via=via,
        old=ApplicationStatus.SUBMITTED,
        new=membership.status,
        reason=reason,
    )
    send_later(
        "kadin_refused",
        to=membership.business.owner,
        about=membership,
        key=_moment_key(membership),
        link=reverse("members:dues_home"),
        phone=settings.HELPDESK_PHONE,
    )
    return membership


@transaction.atomic
def repair_membership(
    membership: KadinMembership, *, changes: dict[str, Any], by: User | None, via: str
) -> KadinMembership:
    """The owner mended what Kadin named; the request waits for the secretariat again.

    `changes` holds new values of the business by field. A field that was not named is refused.
    """
    membership = _locked(membership)
    if membership.status == ApplicationStatus.SUBMITTED:
        return membership
    if membership.status != ApplicationStatus.NEEDS_REPAIR:
        raise ActionRefused(_("Tidak ada yang perlu diperbaiki pada permohonan ini."))
    if not set(changes) <= set(membership.repair_fields):
        raise ActionRefused(_("Hanya bagian yang disebut sekretariat yang bisa diubah di sini."))
    business = Business.objects.select_for_update(of=("self",)).get(pk=membership.business_id)
    old = {field: str(getattr(business, field) or "") for field in changes}
    _write(business, changes)
    membership.status = ApplicationStatus.SUBMITTED
    membership.requested_at = timezone.now()
    membership.repair_fields = []
    membership.save(update_fields=["status", "requested_at", "repair_fields"])
    record(
        "kadin_membership.repaired",
        membership,
        by=by,
        via=via,
        old=old,
        new={field: str(value or "") for field, value in changes.items()},
    )
    return membership


@transaction.atomic
def suspend_membership(
    membership: KadinMembership, *, reason: str, by: User | None, via: str
) -> KadinMembership:
    """The card stops being good at once; paid years keep running and nothing is billed."""
    membership = _locked(membership)
    if membership.suspended_at:
        return membership
    if membership.status != ApplicationStatus.APPROVED:
        raise ActionRefused(_("Hanya anggota yang sudah tercatat bisa ditangguhkan."))
    if not reason.strip():
        raise ActionRefused(_("Tulis alasannya."))
    membership.suspended_at = timezone.now()
    _write_suspension(membership, reason.strip())
    record("kadin_membership.suspended", membership, by=by, via=via, reason=reason.strip())
    send_later(
        "kadin_suspended",
        to=membership.business.owner,
        about=membership,
        key=membership.suspended_at.isoformat(),
        link=reverse("members:dues_home"),
        phone=settings.HELPDESK_PHONE,
    )
    return membership


@transaction.atomic
def lift_suspension(membership: KadinMembership, *, by: User | None, via: str) -> KadinMembership:
    """The membership is again what its paid years say."""
    membership = _locked(membership)
    if membership.suspended_at is None:
        return membership
    if by is not None and by.pk == membership.business.owner_id:
        raise ActionRefused(_("Usaha Anda sendiri diputuskan oleh petugas lain."))
    reason, membership.suspended_at = membership.suspension_reason, None
    _write_suspension(membership, "")
    record("kadin_membership.restored", membership, by=by, via=via, reason=reason)
    return membership


def _write_suspension(membership: KadinMembership, reason: str) -> None:
    membership.suspension_reason = reason
    membership.save(update_fields=["suspended_at", "suspension_reason"])


def _write(business: Business, changes: dict[str, Any]) -> None:
    written = list(changes)
    for field, value in changes.items():
        setattr(business, field, value)
    if "name" in changes:
        business.sort_key = sort_key_of(business.name)
        written.append("sort_key")
    if "kelurahan" in changes:
        business.postcode = changes["kelurahan"].postcode
        written.append("postcode")
    if (
        business.nib
        and Business.objects.exclude(pk=business.pk)
        .filter(nib=business.nib)
        .exclude(status__in=[ApplicationStatus.REJECTED, ApplicationStatus.CANCELLED])
        .exists()
    ):
        raise ActionRefused(_("NIB ini sudah terdaftar."))
    business.save(update_fields=written)


def _locked(membership: KadinMembership) -> KadinMembership:
    return (
        KadinMembership.objects.select_for_update(of=("self",))
        .select_related("business__owner")
        .get(pk=membership.pk)
    )


def _refuse_unless_waiting(membership: KadinMembership, by: User | None) -> None:
    if by is not None and by.pk == membership.business.owner_id:
        raise ActionRefused(_("Usaha Anda sendiri diputuskan oleh petugas lain."))
    if membership.status != ApplicationStatus.SUBMITTED:
        raise ActionRefused(
            _("Permohonan ini sudah diputuskan: %(status)s.")
            % {"status": membership.get_status_display()}
        )


def _decide(
    membership: KadinMembership, status: ApplicationStatus, *, reason: str, by: User | None
) -> None:
    membership.status = status
    membership.decided_at = timezone.now()
    membership.decided_by = by
    membership.decision_reason = reason.strip()
    membership.save(
        update_fields=[
            "status",
            "number",
            "decided_at",
            "decided_by",
            "decision_reason",
            "repair_fields",
        ]
    )


def _accept(membership: KadinMembership, *, by: User | None, via: str) -> KadinMembership:
    membership.number = draw_number("JSP-KDN", year=timezone.localdate().year)
    _decide(membership, ApplicationStatus.APPROVED, reason="", by=by)
    record(
        "kadin_membership.accepted",
        membership,
        by=by,
        via=via,
        old=ApplicationStatus.SUBMITTED,
        new=membership.status,
        number=membership.number,
    )
    send_later(
        "kadin_accepted",
        to=membership.business.owner,
        about=membership,
        link=reverse("members:dues_home"),
    )
    open_dues_invoice(membership, by=by, via=via)
    return membership


def _moment_key(membership: KadinMembership) -> str:
    """A second decision about the same membership is a second message."""
    assert membership.decided_at  # noqa: S101  set by _decide just before
    return membership.decided_at.isoformat()
