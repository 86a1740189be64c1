"""An imported record finds its owner: a code on paper binds it to the account she opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.consents import give_consents
from members.choices import ApplicationStatus, ConsentPurpose
from members.models import Business, ClaimCode, ImportedMember, Owner, User
from umkm_portal.audit.models import record
from umkm_portal.lib.codes import random_code
from umkm_portal.lib.crypto import digest
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later

CODE_LIFE = timedelta(days=30)
"""It travels on paper from the office to the stall (product 1.9: companions and counters)."""
TAKEN_OVER = ("full_name", "phone", "home_address", "ktp_dki")


class IssuedClaim(NamedTuple):
    """The row, and the code itself, which is known only now: the row keeps its digest."""

    row: ClaimCode
    code: str


@transaction.atomic
def issue_claim_code(user: User, *, by: User, via: str) -> IssuedClaim:
    """Staff hand a code to the owner of an imported record; older codes stop working."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not unclaimed_of(user):
        raise ActionRefused(_("Usaha ini sudah punya akun pemilik."))
    now = timezone.now()
    ClaimCode.objects.filter(user=user, used_at=None, expires_at__gt=now).update(expires_at=now)
    code = random_code(10)
    row = ClaimCode.objects.create(
        user=user, code_digest=_digest(code), issued_by=by, expires_at=now + CODE_LIFE
    )
    record("claim_code.issued", row, by=by, via=via, user=user.pk)
    return IssuedClaim(row, code)


def unclaimed_of(user: User) -> list[Business]:
    """The businesses of a name from a list that nobody has claimed yet."""
    return list(
        Business.objects.filter(owner=user, imported__claimed_at=None, imported__isnull=False)
        .select_related("kelurahan")
        .order_by("pk")
    )


def claimable(code: str) -> list[Business]:
    """Return what this code is for, to be confirmed. Raises ActionRefused with what is wrong."""
    return unclaimed_of(_good(ClaimCode.objects.filter(code_digest=_digest(code)).first()).user)


@transaction.atomic
def claim_record(user: User, code: str, *, by: User, via: str) -> list[Business]:
    """The record is this account's from now on; the name it stood under goes, its rows stay.

    Raises ActionRefused for a code that is unknown, used or old, and when the card's number on
    the record is another than the account's.
    """
    if user.is_staff or user.is_superuser:
        raise ActionRefused(_("Kode klaim hanya untuk pemilik usaha, bukan untuk petugas."))
    row = _good(
        ClaimCode.objects.select_for_update(of=("self",)).filter(code_digest=_digest(code)).first()
    )
    people = User.objects.select_for_update(of=("self",)).order_by("pk")
    locked = {person.pk: person for person in people.filter(pk__in=[user.pk, row.user_id])}
    account, name = locked[user.pk], locked[row.user_id]
    businesses = unclaimed_of(name)
    if not businesses:
        raise ActionRefused(_("Usaha ini sudah punya akun pemilik."))
    _refuse_two_drafts(account, businesses)
    now = timezone.now()
    row.used_at = now
    row.save(update_fields=["used_at"])
    give_consents(account, purposes=[ConsentPurpose.MEMBERSHIP], by=by, via=via)
    _merge_person(account, name)
    _move_rows(account, name)
    ImportedMember.objects.filter(business__in=businesses).update(claimed_at=now)
    for business in businesses:
        business.owner = account
        record("business.claimed", business, by=by, via=via, old=name.pk, new=account.pk)
    record("claim_code.used", row, by=by, via=via, user=account.pk)
    name.delete()
    send_later("record_claimed", to=account, about=businesses[0], link="/saya/")
    return businesses


def _good(row: ClaimCode | None) -> ClaimCode:
    if row is None:
        raise ActionRefused(_("Kode tidak dikenal. Periksa lagi huruf dan angkanya."))
    if row.used_at:
        raise ActionRefused(
            _("Kode ini sudah dipakai pada %s. Bila bukan oleh Anda, hubungi sekretariat Kadin.")
            % tanggal_polos(row.used_at)
        )
    if row.expires_at <= timezone.now():
        raise ActionRefused(_("Kode ini tidak berlaku lagi. Minta kode baru."))
    return row


def _refuse_two_drafts(account: User, businesses: Sequence[Business]) -> None:
    if not any(business.status == ApplicationStatus.DRAFT for business in businesses):
        return
    if Business.objects.filter(owner=account, status=ApplicationStatus.DRAFT).exists():
        raise ActionRefused(
            _("Anda sedang mengisi pendaftaran lain. Kirim atau batalkan dulu, lalu ulangi.")
        )


def _merge_person(account: User, name: User) -> None:
    """What the list knows fills what the account left blank; two NIKs are two people."""
    listed = Owner.objects.filter(user=name).first()
    if listed is None:
        return
    own, _made = Owner.objects.get_or_create(user=account)
    if own.nik_digest and listed.nik_digest:
        raise ActionRefused(
            _("NIK pada data ini berbeda dari NIK akun Anda. Bawa KTP ke sekretariat Kadin.")
        )
    digest_of_nik, locked_nik = listed.nik_digest, listed.nik_encrypted
    # The listed row first: a NIK stands at one person only.
    listed.delete()
    if digest_of_nik:
        own.nik_digest, own.nik_encrypted = digest_of_nik, locked_nik
    for field in TAKEN_OVER:
        if getattr(own, field) in {"", None}:
            setattr(own, field, getattr(listed, field))
    own.save()
    if not account.name:
        account.name = own.full_name
        account.save(update_fields=["name"])


def _move_rows(account: User, name: User) -> None:
    """Everything that points at the name points at the account: no row is lost."""
    for relation in User._meta.get_fields(include_hidden=True):
        is_pointing = relation.auto_created and (relation.one_to_many or relation.one_to_one)
        if is_pointing and isinstance(relation.related_model, type):
            field = relation.field.name  # type: ignore[union-attr]
            rows = relation.related_model._base_manager.filter(**{field: name})
            rows.update(**{field: account})


def _digest(code: str) -> str:
    """Read as people type it from paper: small letters, blanks and dashes do not count."""
    return digest(f"claim code {''.join(sign for sign in code.upper() if sign.isalnum())}")
