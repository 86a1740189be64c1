"""The officer's side: approve, ask for repair, refuse; and open a NIK with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.registration import delete_ktp_later
from members.application import LABELS, STEP_OF
from members.choices import ApplicationStatus
from members.models import Business, JakpreneurMembership, Owner, User
from umkm_portal.audit.models import record
from umkm_portal.lib.crypto import decrypt
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later


@transaction.atomic
def verify_business(business: Business, *, by: User, via: str) -> Business:
    """The officer has looked: the business is in the city's programme, the owner is told."""
    business = _locked(business, by)
    if business.status == ApplicationStatus.APPROVED:
        return business
    _decide(business, ApplicationStatus.APPROVED, by=by, via=via)
    JakpreneurMembership.objects.get_or_create(
        business=business, defaults={"joined_on": timezone.localdate()}
    )
    delete_ktp_later(business)
    _tell("application_approved", business, link=reverse("members:business_profile"))
    return business


@transaction.atomic
def return_for_repair(
    business: Business, *, fields: Sequence[str], reason: str, by: User, via: str
) -> Business:
    """The named fields open again for the owner, with the reason; everything else stays."""
    business = _locked(business, by)
    named = [name for name in LABELS if name in fields]
    if business.status == ApplicationStatus.NEEDS_REPAIR and business.repair_fields == named:
        return business
    if not named:
        raise ActionRefused(_("Pilih paling sedikit satu isian yang perlu diperbaiki."))
    _decide(business, ApplicationStatus.NEEDS_REPAIR, by=by, via=via, reason=reason, fields=named)
    _tell(
        "application_needs_repair",
        business,
        link=reverse("members:registration_step", args=[STEP_OF[named[0]]]),
        labels=[LABELS[name] for name in named],
    )
    return business


@transaction.atomic
def reject_business(business: Business, *, reason: str, by: User, via: str) -> Business:
    """The application cannot be approved; the owner learns why and how to object."""
    business = _locked(business, by)
    if business.status == ApplicationStatus.REJECTED:
        return business
    _decide(business, ApplicationStatus.REJECTED, by=by, via=via, reason=reason)
    delete_ktp_later(business)
    _tell("application_refused", business, link=reverse("members:business_profile"))
    return business


@transaction.atomic
def view_nik(business: Business, *, reason: str, by: User, via: str) -> str:
    """Return the whole number, once, to who says what for; the reason stays in the trail."""
    reason = reason.strip()
    if len(reason) < 5:
        raise ActionRefused(_("Tulis untuk apa NIK ini perlu dibuka."))
    owner = Owner.objects.get(user_id=business.owner_id)
    record("nik.viewed", business, by=by, via=via, reason=reason)
    return decrypt(owner.nik_encrypted)


def _locked(business: Business, by: User) -> Business:
    business = (
        Business.objects.select_for_update(of=("self",)).select_related("owner").get(pk=business.pk)
    )
    if business.owner_id == by.pk:
        raise ActionRefused(_("Anda tidak bisa memeriksa usaha sendiri."))
    return business


def _decide(  # noqa: PLR0913  a decision has this many parts
    business: Business,
    new: ApplicationStatus,
    *,
    by: User,
    via: str,
    reason: str = "",
    fields: Sequence[str] = (),
) -> None:
    if business.status != ApplicationStatus.SUBMITTED:
        raise ActionRefused(
            _("Data ini baru saja diubah petugas lain. Muat ulang, lalu ulangi perubahan Anda.")
        )
    reason = reason.strip()
    if new != ApplicationStatus.APPROVED and not reason:
        raise ActionRefused(_("Tulis alasannya supaya pemilik tahu apa yang harus dilakukan."))
    before, business.status = business.status, new
    business.decided_at, business.decided_by = timezone.now(), by
    business.decision_reason, business.repair_fields = reason, list(fields)
    business.save(
        update_fields=["status", "decided_at", "decided_by", "decision_reason", "repair_fields"]
    )
    said: dict[str, Any] = {"reason": reason} if reason else {}
    if fields:
        said["fields"] = list(fields)
    record(f"business.{new}", business, by=by, via=via, old=before, new=new, **said)


def _tell(purpose: str, business: Business, *, link: str, **context: Any) -> None:
    key = str(business.decided_at)
    send_later(purpose, to=business.owner, about=business, key=key, link=link, **context)
