"""The owner's side of an application: saved as she goes, sent once, repaired where asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.actions.consents import give_consents
from members.actions.documents import keep_ktp
from members.actions.naming import free_slug, sort_key_of
from members.actions.numbering import draw_number
from members.application import LABELS, OWNER_FIELDS, REVIEW_DAYS, STEP_OF, missing, owner_of
from members.choices import ApplicationStatus, ConsentPurpose, DocumentKind
from members.models import Business, Consent, Owner, User
from umkm_portal.audit.models import record
from umkm_portal.lib.crypto import digest, encrypt
from umkm_portal.lib.dates import add_working_days
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import StorageFull
from umkm_portal.notices.actions import send_later

CHECKED_OWNER = (ApplicationStatus.SUBMITTED, ApplicationStatus.APPROVED)
TAKEN = {
    "owner_nik_unique": (
        "nik",
        gettext_lazy(
            "NIK ini sudah dipakai akun lain. Masuk dengan akun itu, atau hubungi petugas."
        ),
    ),
    "business_nib_unique_when_given": (
        "nib",
        gettext_lazy("NIB ini sudah terdaftar. Periksa angkanya, atau hubungi petugas kecamatan."),
    ),
}


class FieldRefused(ActionRefused):
    """A refusal about one field, by its name."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def open_fields(business: Business) -> frozenset[str]:
    """Names of what the owner may write now: all of a draft, only what repair names after."""
    if business.status == ApplicationStatus.NEEDS_REPAIR:
        return frozenset(business.repair_fields)
    if business.status != ApplicationStatus.DRAFT:
        return frozenset()
    checked = Business.objects.filter(owner_id=business.owner_id, status__in=CHECKED_OWNER)
    # The person behind a checked business was checked too: a second draft cannot change her.
    return frozenset(LABELS) - OWNER_FIELDS if checked.exists() else frozenset(LABELS)


@transaction.atomic
def save_draft(  # noqa: PLR0913  each is a fact of its own, and has to be named
    owner: User,
    *,
    data: Mapping[str, Any],
    by: User,
    via: str,
    step: str = "",
    business: Business | None = None,
) -> Business:
    """Write down what a step heard, into this application, the open one or a first draft.

    `data` holds cleaned values by field name, `nik` a `Nik`, `ktp` the bytes of a photo; an
    empty `nik` or `ktp` leaves what is there. Raises FieldRefused for a NIK or NIB of another.
    """
    owner = User.objects.select_for_update(of=("self",), no_key=True).get(pk=owner.pk)
    business = _application(owner, business)
    if by.pk != owner.pk:
        _refuse_other_phone(owner, business, data)
    if set(data) - open_fields(business):
        raise ActionRefused(_("Bagian ini sudah diperiksa dan tidak bisa diubah lagi di sini."))
    with _taken_values_refused():
        _write_owner(owner, {k: v for k, v in data.items() if k in OWNER_FIELDS})
        _write_business(business, {k: v for k, v in data.items() if k not in OWNER_FIELDS})
    if data.get("ktp"):
        try:
            keep_ktp(business, content=data["ktp"], by=by, via=via)
        except (StorageFull, ActionRefused) as error:
            raise FieldRefused("ktp", str(error)) from error
    record("business.draft_saved", business, by=by, via=via, fields=sorted(data), step=step)
    return business


@transaction.atomic
def mail_resume_link(business: Business, *, link: str, by: User, via: str) -> Business:
    """Send the link that goes on with this application; once a day is enough."""
    business = _locked(business)
    if business.status not in {ApplicationStatus.DRAFT, ApplicationStatus.NEEDS_REPAIR}:
        raise ActionRefused(_("Pendaftaran ini sudah dikirim."))
    today = timezone.localdate().isoformat()
    send_later("resume_link", to=business.owner, about=business, key=today, link=link)
    record("business.resume_link_sent", business, by=by, via=via)
    return business


@transaction.atomic
def start_another(owner: User, *, by: User, via: str) -> Business:
    """An owner with a decided application begins a new one; after a refusal with its answers."""
    owner = User.objects.select_for_update(of=("self",), no_key=True).get(pk=owner.pk)
    businesses = Business.objects.owned_by(owner)
    existing = businesses.being_filled().first() or businesses.waiting().first()
    if existing:
        return existing
    last = businesses.order_by("-pk").first()
    business = Business(owner=owner)
    if last and last.status in {ApplicationStatus.REJECTED, ApplicationStatus.CANCELLED}:
        for name, step in STEP_OF.items():
            if step != "pemilik" and name != "ktp":
                setattr(business, name, getattr(last, name))
    with _taken_values_refused():
        business.save()
    record("business.draft_started", business, by=by, via=via)
    return business


@transaction.atomic
def submit_business(
    business: Business, *, consents: Iterable[ConsentPurpose], by: User, via: str
) -> Business:
    """Send a complete draft, or a repaired application, to the district's officers."""
    business = _locked(business)
    if business.status == ApplicationStatus.SUBMITTED:
        return business
    if business.status not in {ApplicationStatus.DRAFT, ApplicationStatus.NEEDS_REPAIR}:
        raise ActionRefused(_("Pendaftaran ini sudah diputuskan."))
    _refuse_incomplete(business)
    give_consents(business.owner, purposes=consents, by=by, via=via)
    agreed = Consent.objects.of(business.owner).standing()
    if not agreed.filter(purpose=ConsentPurpose.MEMBERSHIP).exists():
        raise ActionRefused(_("Centang persetujuan keanggotaan supaya data boleh diperiksa."))
    before, business.status = business.status, ApplicationStatus.SUBMITTED
    _stamp_submission(business)
    with _taken_values_refused():
        business.save()
    record("business.submitted", business, by=by, via=via, old=before, new=business.status)
    send_later(
        "application_sent",
        to=business.owner,
        about=business,
        key=str(business.submitted_at),
        link=reverse("members:registration_done"),
        answer_by=add_working_days(timezone.localdate(), REVIEW_DAYS),
        repaired=before == ApplicationStatus.NEEDS_REPAIR,
    )
    return business


@transaction.atomic
def cancel_application(business: Business, *, by: User, via: str) -> Business:
    """The owner does not want it any more; the scan of the card goes in time."""
    business = _locked(business)
    if business.status == ApplicationStatus.CANCELLED:
        return business
    if business.status in {ApplicationStatus.APPROVED, ApplicationStatus.REJECTED}:
        raise ActionRefused(_("Pendaftaran ini sudah diputuskan."))
    before, business.status = business.status, ApplicationStatus.CANCELLED
    business.repair_fields = []
    business.save(update_fields=["status", "repair_fields"])
    delete_ktp_later(business)
    record("business.cancelled", business, by=by, via=via, old=before, new=business.status)
    return business


def delete_ktp_later(business: Business) -> None:
    """Once decided, the scan is kept so long that an objection can still be looked into."""
    day = timezone.localdate() + timedelta(days=settings.KTP_RETENTION_DAYS)
    business.documents.filter(kind=DocumentKind.KTP).update(delete_after=day)


def _refuse_other_phone(owner: User, business: Business, data: Mapping[str, Any]) -> None:
    """Who helps may write a number where there was none, and never put another in its place."""
    known = {"phone": owner_of(business).phone, "order_phone": business.order_phone}
    for name, number in known.items():
        if number and data.get(name, number) != number:
            raise FieldRefused(name, _("Nomor HP hanya bisa diganti oleh pemiliknya sendiri."))


def _application(owner: User, wanted: Business | None) -> Business:
    businesses = Business.objects.owned_by(owner)
    if wanted is not None and wanted.pk:
        businesses = businesses.filter(pk=wanted.pk)
    business = businesses.being_filled().select_for_update(of=("self",)).first()
    if business is None and businesses.exists():
        # Back and a second POST after sending must not begin another application by themselves.
        raise ActionRefused(_("Pendaftaran Anda sudah kami terima."))
    return business or Business.objects.create(owner=owner)


def _locked(business: Business) -> Business:
    """Owner before business, the order of every action here.

    Without the key, so that a notice to the owner, written by an officer at the same moment,
    need not wait for it.
    """
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=business.owner_id)
    return (
        Business.objects.select_for_update(of=("self",))
        .select_related("owner", "kelurahan")
        .get(pk=business.pk)
    )


def _write_owner(user: User, data: dict[str, Any]) -> None:
    if not data:
        return
    owner, _created = Owner.objects.get_or_create(user=user)
    nik = data.pop("nik", None)
    if nik:
        owner.nik_encrypted, owner.nik_digest = encrypt(nik.digits), digest(nik.digits)
    for name, value in data.items():
        setattr(owner, name, value)
    owner.save()
    if not user.name and owner.full_name:
        user.name = owner.full_name
        user.save(update_fields=["name"])


def _write_business(business: Business, data: dict[str, Any]) -> None:
    data.pop("ktp", None)
    for name, value in data.items():
        setattr(business, name, value)
    if "kelurahan" in data and business.kelurahan and not business.postcode:
        business.postcode = business.kelurahan.postcode
    if data:
        business.save(update_fields=[*data, "postcode"])


def _refuse_incomplete(business: Business) -> None:
    empty = missing(business, owner_of(business))
    if empty:
        names = ", ".join(str(LABELS[name]) for name in empty)
        raise FieldRefused(empty[0], _("Masih kosong: %(names)s.") % {"names": names})


def _stamp_submission(business: Business) -> None:
    if not business.number:
        business.number = draw_number("JKP", year=timezone.localdate().year)
    business.submitted_at = timezone.now()
    business.sort_key = sort_key_of(business.name)
    business.slug = free_slug(business)
    business.decided_at, business.decided_by = None, None
    business.decision_reason, business.repair_fields = "", []


@contextmanager
def _taken_values_refused() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if broken not in TAKEN:
            raise
        field, sentence = TAKEN[broken]
        raise FieldRefused(field, str(sentence)) from error
