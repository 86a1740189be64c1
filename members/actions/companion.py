"""An owner lets a companion help with one business, sees what was done, and ends it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.choices import Role
from members.models import Business, CompanionAccess, User
from members.models.companion import ACCESS_LIFE, CODE_LIFE
from umkm_portal.audit.models import record
from umkm_portal.lib.codes import random_code
from umkm_portal.lib.crypto import digest
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later


class Sheet(NamedTuple):
    """What is written on the paper, and why it was paper and no code."""

    number: str
    signed_on: date
    reason: str


class OfferedCode(NamedTuple):
    """The row, and the code itself, which is known only now: the row keeps its digest."""

    row: CompanionAccess
    code: str


@transaction.atomic
def offer_access(business: Business, *, by: User, via: str) -> OfferedCode:
    """The owner gets a code for one companion, good for a day; her older codes stop working."""
    business = _locked(business)
    now = timezone.now()
    business.companion_accesses.offered(at=now).update(revoked_at=now, revoked_by=by)
    code = random_code(10)
    row = CompanionAccess.objects.create(
        business=business,
        offered_by=by,
        offered_at=now,
        code_digest=_digest(code),
        code_expires_at=now + CODE_LIFE,
    )
    record("companion.offered", row, by=by, via=via, business=business.pk)
    return OfferedCode(row, code)


@transaction.atomic
def use_companion_code(companion: User, code: str, *, by: User, via: str) -> CompanionAccess:
    """The companion typed the owner's code: 30 days begin. A code works once."""
    found = CompanionAccess.objects.filter(code_digest=_digest(code)).first()
    if found:
        _locked(found.business)
        found = CompanionAccess.objects.select_for_update(of=("self",)).get(pk=found.pk)
    now = timezone.now()
    if found and found.companion_id == companion.pk and found.is_standing(at=now):
        return found
    if not found or found.starts_at or found.revoked_at or _is_late(found):
        raise ActionRefused(
            _(
                "Kode tidak cocok, sudah dipakai, atau lewat 24 jam."
                " Periksa lagi, atau minta kode baru."
            )
        )
    _begin(found, companion, now=now, until=now + ACCESS_LIFE)
    record("companion.begun", found, by=by, via=via, business=found.business_id)
    _tell_owner(found, "companion_begun")
    return found


@transaction.atomic
def record_companion_sheet(
    business: Business,
    *,
    companion: User,
    sheet: Sheet,
    by: User,
    via: str,
) -> CompanionAccess:
    """Somebody holds the sheet the owner signed: 30 days from then; the same sheet counts once."""
    business = _locked(business)
    now = timezone.now()
    known = business.companion_accesses.filter(sheet=sheet.number, companion=companion).first()
    if known:
        return known
    if not (sheet.number and sheet.reason):
        raise ActionRefused(_("Tulis nomor lembar dan alasannya."))
    last = timezone.make_aware(datetime.combine(sheet.signed_on, time.min)) + ACCESS_LIFE
    if sheet.signed_on > timezone.localdate(now):
        raise ActionRefused(_("Tanggal tanda tangan belum tiba. Periksa tanggalnya."))
    if last <= now:
        raise ActionRefused(_("Lembar ini sudah lebih dari 30 hari. Minta tanda tangan baru."))
    row = CompanionAccess(
        business=business,
        offered_by=by,
        offered_at=now,
        sheet=sheet.number,
        signed_on=sheet.signed_on,
        reason=sheet.reason,
    )
    _begin(row, companion, now=now, until=min(last, now + ACCESS_LIFE))
    record("companion.sheet_recorded", row, by=by, via=via, business=business.pk, **sheet._asdict())
    _tell_owner(row, "companion_begun")
    return row


@transaction.atomic
def end_access(access: CompanionAccess, *, by: User, via: str) -> CompanionAccess:
    """From the next request on the companion may nothing here; an unused code opens nothing."""
    access = CompanionAccess.objects.select_for_update(of=("self",)).get(pk=access.pk)
    now = timezone.now()
    if access.revoked_at or (access.ends_at and access.ends_at <= now):
        return access
    access.revoked_at, access.revoked_by = now, by
    access.save(update_fields=["revoked_at", "revoked_by"])
    record("companion.ended", access, by=by, via=via, business=access.business_id)
    if access.companion:
        send_later(
            "companion_ended",
            to=access.companion,
            about=access,
            link=reverse("companion_home"),
            business=access.business,
        )
    return access


def _begin(row: CompanionAccess, companion: User, *, now: datetime, until: datetime) -> None:
    """The clock of the permission starts; an older one of the same companion ends here."""
    if row.business.owner_id == companion.pk:
        raise ActionRefused(_("Pemilik usaha tidak bisa menjadi pendamping usahanya sendiri."))
    if not companion.has_role(Role.PENDAMPING):
        raise ActionRefused(_("Akun ini bukan akun pendamping."))
    standing = row.business.companion_accesses.of(companion).standing(at=now)
    standing.update(revoked_at=now, revoked_by=companion)
    row.companion, row.starts_at, row.ends_at = companion, now, until
    row.save()


def _is_late(row: CompanionAccess) -> bool:
    return row.code_expires_at is None or row.code_expires_at <= timezone.now()


def _locked(business: Business) -> Business:
    return (
        Business.objects.select_for_update(of=("self",)).select_related("owner").get(pk=business.pk)
    )


def _tell_owner(access: CompanionAccess, purpose: str) -> None:
    send_later(
        purpose,
        to=access.business.owner,
        about=access,
        link=reverse("members:companions"),
        business=access.business,
    )


def _digest(code: str) -> str:
    """Read as people type it from paper: small letters, blanks and dashes do not count."""
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    return digest(f"companion code {typed}")
