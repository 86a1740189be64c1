"""Licences of a business: sent by the owner, checked by an officer, said again before they end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.documents import refuse_over_share
from members.choices import ApplicationStatus, DocumentKind, DocumentStatus
from members.models import Business, Document, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import random_name
from umkm_portal.lib.images import proof_extension
from umkm_portal.notices.actions import send_later

NOT_SENT = (ApplicationStatus.DRAFT, ApplicationStatus.CANCELLED, ApplicationStatus.REJECTED)


@dataclass(frozen=True)
class Licence:
    """What the owner says of it. An empty `number` says that it is still being made."""

    kind: DocumentKind
    number: str = ""
    expires_on: date | None = None


@transaction.atomic
def upload_document(
    business: Business,
    *,
    licence: Licence,
    content: bytes,
    by: User,
    via: str,
) -> Document:
    """Keep a licence for an officer to check. Raises StorageFull.

    It takes the place of one that waits or was refused; one already verified stays good until
    this one is. The very same content again, still waiting, is the same document.
    """
    kind, expires_on = licence.kind, licence.expires_on
    business = Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    if kind == DocumentKind.KTP:
        raise ActionRefused(_("Foto KTP dikirim bersama pendaftaran usaha."))
    if business.status in NOT_SENT:
        raise ActionRefused(_("Kirim dulu pendaftaran usaha Anda, lalu unggah berkasnya."))
    if expires_on and expires_on < timezone.localdate():
        raise ActionRefused(_("Masa berlaku berkas ini sudah lewat. Unggah yang baru."))
    before = _undecided(business, kind)
    if before and _is_same(before, licence, content):
        return before
    refuse_over_share(business.owner, adding=len(content))
    if before:
        before.replaced_at = timezone.now()
        before.save(update_fields=["replaced_at"])
    document = Document(
        business=business,
        kind=kind,
        number=licence.number,
        expires_on=expires_on,
        uploaded_by=by,
    )
    document.size = len(content)
    document.file.save(random_name(proof_extension(content)), ContentFile(content))
    record("document.uploaded", document, by=by, via=via, business=business.pk, kind=kind)
    return document


@transaction.atomic
def begin_check(document: Document, *, by: User, via: str) -> Document:
    """An officer opens a waiting licence: its owner reads "Diperiksa" from now on."""
    document = _locked(document)
    if document.status == DocumentStatus.UPLOADED and document.is_waiting:
        document.status = DocumentStatus.CHECKING
        document.save(update_fields=["status"])
        record("document.check_begun", document, by=by, via=via, business=document.business_id)
    return document


@transaction.atomic
def verify_document(document: Document, *, expires_on: date | None, by: User, via: str) -> Document:
    """The licence is good; the one before it is history. `expires_on` is what stands on it."""
    document = _to_decide(document, by=by, wanted=DocumentStatus.VERIFIED)
    if document.status == DocumentStatus.VERIFIED:
        return document
    if not document.number:
        raise ActionRefused(_("Nomornya belum ada, jadi berkas ini belum bisa disahkan."))
    document.expires_on = expires_on
    if document.expires_on and document.expires_on < timezone.localdate():
        raise ActionRefused(_("Masa berlaku berkas ini sudah lewat."))
    earlier = Document.objects.current().filter(
        business=document.business_id, kind=document.kind, status=DocumentStatus.VERIFIED
    )
    earlier.update(replaced_at=timezone.now())
    _decide(document, DocumentStatus.VERIFIED, by=by)
    record(
        "document.verified",
        document,
        by=by,
        via=via,
        business=document.business_id,
        kind=document.kind,
        expires_on=document.expires_on,
    )
    _tell("document_verified", document)
    return document


@transaction.atomic
def refuse_document(document: Document, *, reason: str, by: User, via: str) -> Document:
    """The licence cannot be accepted; its owner reads why and sends another."""
    document = _to_decide(document, by=by, wanted=DocumentStatus.REFUSED)
    if document.status == DocumentStatus.REFUSED:
        return document
    if not reason.strip():
        raise ActionRefused(_("Tulis alasannya."))
    document.refusal_reason = reason.strip()
    _decide(document, DocumentStatus.REFUSED, by=by)
    record(
        "document.refused",
        document,
        by=by,
        via=via,
        business=document.business_id,
        kind=document.kind,
        reason=document.refusal_reason,
    )
    _tell("document_refused", document)
    return document


def _undecided(business: Business, kind: DocumentKind) -> Document | None:
    """The one that waits or was refused; there is at most one."""
    return (
        Document.objects.current()
        .filter(business=business, kind=kind)
        .exclude(status=DocumentStatus.VERIFIED)
        .first()
    )


def _is_same(before: Document, licence: Licence, content: bytes) -> bool:
    """A double press sends the same bytes twice."""
    if not before.is_waiting or before.size != len(content):
        return False
    if (before.number, before.expires_on) != (licence.number, licence.expires_on):
        return False
    with before.file.open("rb") as kept:
        return bytes(kept.read()) == content


def _locked(document: Document) -> Document:
    # The business is locked by an upload; deciding locks it too, or both could write at once.
    business = Business.objects.select_for_update(of=("self",)).select_related("owner")
    found = business.get(pk=document.business_id)
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    document.business = found
    return document


def _to_decide(document: Document, *, by: User, wanted: DocumentStatus) -> Document:
    document = _locked(document)
    if by.pk == document.business.owner_id:
        raise ActionRefused(_("Berkas usaha Anda sendiri diperiksa petugas lain."))
    if document.kind == DocumentKind.KTP:
        raise ActionRefused(_("KTP diperiksa bersama pendaftaran usahanya."))
    if document.replaced_at:
        raise ActionRefused(_("Pemilik sudah mengunggah berkas yang lebih baru."))
    if not document.is_waiting and document.status != wanted:
        raise ActionRefused(
            _("Berkas ini sudah diputuskan: %(status)s.")
            % {"status": document.get_status_display()}
        )
    return document


def _decide(document: Document, status: DocumentStatus, *, by: User) -> None:
    document.status, document.decided_at, document.decided_by = status, timezone.now(), by
    document.save(
        update_fields=["status", "decided_at", "decided_by", "expires_on", "refusal_reason"]
    )


def _tell(purpose: str, document: Document) -> None:
    send_later(
        purpose,
        to=document.business.owner,
        about=document,
        link=reverse("members:document_vault"),
    )
