"""The owner's staff: invited for a business, with rights she sets and takes back."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.choices import Right
from members.models import Business, BusinessPerson, User
from umkm_portal.audit.models import record
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.signing import sign
from umkm_portal.notices.actions import send_later

PURPOSE = "undangan"
MOST_PEOPLE = 20


def invitation_path(person: BusinessPerson) -> str:
    """The address only the owner and the invited know; it names one invitation."""
    return reverse("members:invitation", args=[sign(PURPOSE, person.pk)])


@transaction.atomic
def invite_person(
    business: Business, *, contact: str, rights: Collection[Right], by: User, via: str
) -> BusinessPerson:
    """Invite who has this phone ("+62…") or e-mail; an open invitation to them is renewed."""
    business = _locked(business)
    _refuse_without_rights(rights)
    if contact in {business.owner.phone, business.owner.email.lower()} - {""}:
        raise ActionRefused(_("Ini nomor atau e-mail pemilik usaha. Undang orang lain."))
    person = business.people.standing().filter(_is_for(contact)).first()
    if person and person.accepted_at:
        raise ActionRefused(_("%s sudah menjadi karyawan usaha ini.") % person)
    now = timezone.now()
    if person is None:
        if business.people.standing().count() >= MOST_PEOPLE:
            raise ActionRefused(_("Paling banyak %d karyawan untuk satu usaha.") % MOST_PEOPLE)
        person = BusinessPerson(business=business, contact=contact)
    elif not person.is_expired(at=now) and set(person.rights) == set(rights):
        return person
    person.invited_by, person.invited_at = by, now
    _give(person, rights)
    person.save()
    record("person.invited", person, by=by, via=via, business=business.pk, rights=sorted(rights))
    known = User.objects.filter(_account_of(contact), is_active=True).first()
    if known:
        _tell(person, "person_invited", to=known, link=invitation_path(person))
    return person


@transaction.atomic
def accept_invitation(person: BusinessPerson, *, by: User, via: str) -> BusinessPerson:
    """The invited person takes the place. Nobody else can, and it works once."""
    _locked(person.business)
    person = BusinessPerson.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.accepted_at and person.user_id == by.pk and person.revoked_at is None:
        return person
    _refuse_unless_open(person, by)
    person.user, person.accepted_at = by, timezone.now()
    person.save(update_fields=["user", "accepted_at"])
    record("person.accepted", person, by=by, via=via, business=person.business_id)
    _tell(person, "person_accepted", to=person.business.owner, link=reverse("members:people"))
    return person


@transaction.atomic
def set_person_rights(
    person: BusinessPerson, *, rights: Collection[Right], by: User, via: str
) -> BusinessPerson:
    """From the next request on the person may do this and no more."""
    person = BusinessPerson.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _refuse_without_rights(rights)
    if person.revoked_at:
        raise ActionRefused(_("Akses orang ini sudah dicabut. Undang lagi bila perlu."))
    old = person.rights
    if set(old) != set(rights):
        _give(person, rights)
        person.save(update_fields=["may_catalogue", "may_market"])
        record("person.rights_set", person, by=by, via=via, old=old, new=sorted(rights))
    return person


@transaction.atomic
def revoke_person(person: BusinessPerson, *, by: User, via: str) -> BusinessPerson:
    """The person, or the invitation, opens nothing from the next request on."""
    person = BusinessPerson.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.revoked_at is None:
        person.revoked_at = timezone.now()
        person.save(update_fields=["revoked_at"])
        record("person.revoked", person, by=by, via=via, business=person.business_id)
        if person.user:
            _tell(person, "person_revoked", to=person.user, link=reverse("owner_home"))
    return person


def is_invited(person: BusinessPerson, user: User) -> bool:
    """The account carries the very phone or e-mail the owner named."""
    return person.contact in {user.phone, user.email.lower()} - {""}


def too_late(person: BusinessPerson) -> str:
    day = tanggal_polos(timezone.localdate(person.expires_at))
    return _("Tautan ini sudah tidak berlaku sejak %s. Minta tautan baru.") % day


def _locked(business: Business) -> Business:
    return (
        Business.objects.select_for_update(of=("self",)).select_related("owner").get(pk=business.pk)
    )


def _refuse_without_rights(rights: Collection[Right]) -> None:
    if not rights:
        raise ActionRefused(_("Pilih paling sedikit satu: katalog atau bazar."))


def _refuse_unless_open(person: BusinessPerson, user: User) -> None:
    if person.business.owner_id == user.pk:
        raise ActionRefused(_("Anda pemilik usaha ini, jadi tidak perlu diundang."))
    if not is_invited(person, user):
        raise ActionRefused(
            _("Undangan ini untuk nomor atau e-mail lain. Masuk dengan akun yang diundang.")
        )
    if person.revoked_at:
        raise ActionRefused(_("Undangan ini sudah dicabut. Tanyakan kepada pemilik usaha."))
    if person.accepted_at:
        raise ActionRefused(_("Undangan ini sudah dipakai."))
    if person.is_expired(at=timezone.now()):
        raise ActionRefused(too_late(person))
    if person.business.people.of(user).exists():
        raise ActionRefused(_("Anda sudah menjadi karyawan usaha ini."))


def _give(person: BusinessPerson, rights: Collection[Right]) -> None:
    person.may_catalogue = Right.CATALOGUE in rights
    person.may_market = Right.MARKET in rights


def _is_for(contact: str) -> Q:
    """The invitation to this phone or e-mail, and who accepted by another name of the account."""
    return Q(contact=contact) | Q(user__phone=contact) | Q(user__email__iexact=contact)


def _account_of(contact: str) -> Q:
    return Q(email__iexact=contact) if "@" in contact else Q(phone=contact)


def _tell(person: BusinessPerson, purpose: str, *, to: User, link: str) -> None:
    key = f"{person.invited_at:%Y-%m-%dT%H:%M:%S.%f}"
    send_later(purpose, to=to, about=person, key=key, link=link, business=person.business)
