"""A person is forgotten: what the law makes us keep stays without the name. UU 27/2022 art. 43.

Payments, receipts, terms and the trail stay (documents of a company, ten years); everything that
says who it was goes, here and, through `business_erased`, in the apps above.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.data_requests import locked_request, refuse_unless_waiting, stamp
from members.choices import ApplicationStatus, DataRequestKind, DataRequestStatus
from members.models import (
    AccessCode,
    Business,
    BusinessPerson,
    CompanionAccess,
    DataRequest,
    Document,
    DuesProof,
    GatewayNotification,
    KadinMembership,
    Owner,
    StageEvidence,
    StatementLine,
    User,
)
from members.signals import business_erased
from umkm_portal.audit.models import record
from umkm_portal.lib.codes import random_code
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.letters import queue_letter
from umkm_portal.notices.models import Notice

ERASED = "Data dihapus"
"""What stands where a name stood."""

BLANK_TEXT = (
    "description",
    "order_phone",
    "street",
    "rt",
    "rw",
    "landmark",
    "postcode",
    "opening_hours",
    "instagram",
    "shop_url",
    "nib",
    "jakpreneur_id",
    "decision_reason",
    "suspension_reason",
)


@transaction.atomic
def carry_out_erasure(asked: DataRequest, *, by: User | None, via: str) -> DataRequest:
    """Do what the person asked for; done twice is done once."""
    asked = locked_request(asked)
    if asked.kind != DataRequestKind.ERASURE:
        raise ActionRefused(_("Ini bukan permintaan penghapusan."))
    if asked.status == DataRequestStatus.DONE:
        return asked
    refuse_unless_waiting(asked)
    if by is not None and by.pk == asked.user_id:
        raise ActionRefused(_("Permintaan Anda sendiri diputuskan oleh petugas lain."))
    address = asked.user.email
    erase_person(asked.user, by=by, via=via)
    DataRequest.objects.of(asked.user).update(text="", answer="")
    stamp(asked, DataRequestStatus.DONE, answer="", decided_by=by)
    record("data_request.carried_out", asked, by=by, via=via)
    if address:
        # The account has no address any more: this last letter goes without it.
        queue_letter("data_erased", to=address)
    return asked


def carry_out_due_erasures(*, at: datetime) -> int:
    """Carry out what nobody decided within the 72 hours; return how many people were forgotten."""
    due = list(DataRequest.objects.erasures_due(at=at)[:50])
    for asked in due:
        carry_out_erasure(asked, by=None, via="jadwal")
    return len(due)


@transaction.atomic
def erase_person(user: User, *, by: User | None, via: str) -> User:
    """Take the name from everything kept of this person and her businesses."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if user.is_staff:
        raise ActionRefused(_("Akun petugas dihapus oleh admin. Hubungi admin portal."))
    for business in user.businesses.order_by("pk"):
        erase_business(business, by=by, via=via)
    _forget_workplaces(user)
    Owner.objects.filter(user=user).delete()
    AccessCode.objects.filter(user=user).delete()
    Notice.objects.of(user).delete()
    # Whose rows these are is known by allauth, which `members` does not import.
    user.emailaddress_set.all().delete()  # type: ignore[attr-defined]
    user.authenticator_set.all().delete()  # type: ignore[attr-defined]
    user.consents.standing().update(withdrawn_at=timezone.now())
    user.name, user.email, user.phone, user.is_active = ERASED, "", "", False
    user.set_unusable_password()
    user.save(update_fields=["name", "email", "phone", "is_active", "password"])
    record("person.erased", user, by=by, via=via)
    return user


@transaction.atomic
def erase_business(business: Business, *, by: User | None, via: str) -> Business:
    """Nothing public and nothing private of it is left but its number, place and sector."""
    business = Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    business_erased.send(sender=Business, business=business, by=by, via=via)
    for document in Document.objects.filter(business=business):
        transaction.on_commit(partial(document.file.storage.delete, str(document.file.name)))
        document.delete()
    _forget_people(business)
    _forget_membership(business)
    # That a step was taken stays; what was written about the people goes.
    StageEvidence.objects.filter(business=business).update(label="", note="")
    for name in BLANK_TEXT:
        setattr(business, name, "")
    business.name = business.sort_key = ERASED
    business.slug = f"dihapus-{business.pk}"
    business.status = ApplicationStatus.CANCELLED
    business.show_address, business.show_phone, business.repair_fields = False, False, []
    business.started_year = business.yearly_sales = None
    business.save()
    record("business.erased", business, by=by, via=via)
    return business


def _forget_people(business: Business) -> None:
    """Nobody works on it or helps with it any more; that a companion was let in stays."""
    BusinessPerson.objects.filter(business=business).delete()
    helped = CompanionAccess.objects.filter(business=business)
    helped.filter(revoked_at=None).update(revoked_at=timezone.now())
    # The digest of a used code says nothing of anybody, and the row needs it.
    helped.update(reason="")


def _forget_workplaces(user: User) -> None:
    """Where she worked for others, and invitations that name her phone or e-mail."""
    names = {user.phone, user.email.lower()} - {""}
    BusinessPerson.objects.filter(Q(user=user) | Q(contact__in=names)).delete()


def _forget_membership(business: Business) -> None:
    """The card is no longer good; numbers, terms and money stay."""
    proofs = DuesProof.objects.filter(invoice__membership__business=business).exclude(file="")
    for proof in proofs:
        transaction.on_commit(partial(proof.file.storage.delete, str(proof.file.name)))
    proofs.update(file="", size=0, refusal_reason="")
    paid = {"payment__invoice__membership__business": business}
    StatementLine.objects.filter(**paid).update(description="")
    told = {"attempt__invoice__membership__business": business}
    GatewayNotification.objects.filter(**told).update(content={})
    KadinMembership.objects.filter(business=business).update(
        card_code=random_code(10),
        suspended_at=timezone.now(),
        suspension_reason=ERASED,
        decision_reason="",
        repair_fields=[],
    )
