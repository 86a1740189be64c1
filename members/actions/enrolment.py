"""A companion in the field: one form makes the account, the application and the permission."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from members.actions.accounts import issue_access_code
from members.actions.companion import Sheet, record_companion_sheet
from members.actions.consents import give_consents
from members.actions.registration import FieldRefused, save_draft, submit_business
from members.choices import ConsentPurpose
from members.models import Business, CompanionAccess, User
from umkm_portal.audit.models import Help, helping, record
from umkm_portal.lib.errors import ActionRefused


class Enrolled(NamedTuple):
    """`code` is for the owner's first sign-in, on paper; "" when this press was the second."""

    access: CompanionAccess
    code: str


@transaction.atomic
def enrol_owner(
    data: Mapping[str, Any],
    *,
    consents: Collection[ConsentPurpose],
    sheet: Sheet,
    by: User,
    via: str,
) -> Enrolled:
    """Account by phone, application sent, consents as on the signed sheet, 30 days of help.

    `data` holds the application's values by field name. The same phone and sheet again give what
    was made the first time. Raises FieldRefused for what is another's.
    """
    phone = str(data["phone"])
    before = _made_before(phone, sheet=sheet.number, by=by)
    if before:
        return Enrolled(before, "")
    owner = _new_owner(phone, name=str(data["full_name"]))
    business = Business.objects.create(owner=owner)
    access = record_companion_sheet(
        business,
        companion=by,
        sheet=sheet,
        by=by,
        via=via,
    )
    with helping(Help(owner.pk, access.pk)):
        record("user.enrolled", owner, by=by, via=via, sheet=sheet.number)
        give_consents(owner, purposes=consents, by=by, via="lembar")
        save_draft(owner, data=data, by=by, via=via, business=business)
        submit_business(business, consents=(), by=by, via=via)
        issued = issue_access_code(owner, by=by, via=via)
    access.refresh_from_db()
    return Enrolled(access, issued.code)


@transaction.atomic
def renew_first_code(access: CompanionAccess, *, by: User, via: str) -> Enrolled:
    """Another paper for an owner whom this companion enrolled and who never signed in yet."""
    owner = User.objects.select_for_update(of=("self",)).get(pk=access.business.owner_id)
    if access.offered_by_id != by.pk or owner.last_login or owner.has_usable_password():
        raise ActionRefused(
            _("Pemilik sudah pernah masuk. Bila lupa sandi, minta kode di kantor kecamatan.")
        )
    with helping(Help(owner.pk, access.pk)):
        issued = issue_access_code(owner, by=by, via=via)
    return Enrolled(access, issued.code)


def _made_before(phone: str, *, sheet: str, by: User) -> CompanionAccess | None:
    return CompanionAccess.objects.filter(
        business__owner__phone=phone, sheet=sheet, companion=by, offered_by=by
    ).first()


def _new_owner(phone: str, *, name: str) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(phone=phone, name=name)
    except IntegrityError:
        raise FieldRefused(
            "phone",
            _("Nomor ini sudah punya akun. Minta pemiliknya membuat kode pendamping."),
        ) from None
