"""Private scans: kept, looked at, and deleted when their time is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from members.choices import DocumentKind
from members.models import Business, Document, DuesProof, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import random_name
from umkm_portal.lib.images import proof_extension


@transaction.atomic
def keep_ktp(business: Business, *, content: bytes, by: User, via: str) -> Document:
    """Keep the photo of the identity card; an earlier one goes. Raises StorageFull."""
    document = Document.objects.filter(business=business, kind=DocumentKind.KTP).first()
    refuse_over_share(business.owner, adding=len(content) - (document.size if document else 0))
    if document:
        transaction.on_commit(_removal(document))
    else:
        document = Document(business=business, kind=DocumentKind.KTP)
    document.uploaded_by, document.size, document.delete_after = by, len(content), None
    document.uploaded_at = timezone.now()
    document.file.save(random_name(proof_extension(content)), ContentFile(content))
    record("document.kept", document, by=by, via=via, business=business.pk)
    return document


@transaction.atomic
def note_viewed(document: Document, *, by: User, via: str) -> Document:
    """Somebody opens the scan: each time is written down."""
    record("document.viewed", document, by=by, via=via, business=document.business_id)
    return document


@transaction.atomic
def delete_expired_documents(*, on: date, by: User | None, via: str) -> int:
    """Delete scans whose time was over before `on`, file and row; return how many."""
    expired = list(
        Document.objects.select_for_update(of=("self",), skip_locked=True).to_delete(on=on)[:500]
    )
    for document in expired:
        transaction.on_commit(_removal(document))
        business = document.business_id
        record("document.expired", document, by=by, via=via, business=business, kind=document.kind)
        document.delete()
    return len(expired)


def refuse_over_share(owner: User, *, adding: int) -> None:
    """Scans and proofs have a share of their own, or begun and cancelled applications fill disks.

    Call it while something of the owner's is locked.
    """
    kept = (
        Document.objects.filter(business__owner=owner),
        DuesProof.objects.filter(invoice__membership__business__owner=owner),
    )
    used = sum(rows.aggregate(total=Sum("size"))["total"] or 0 for rows in kept)
    if adding > 0 and used + adding > settings.MEMBER_PRIVATE_BYTES:
        raise ActionRefused(
            _("Ruang berkas Anda penuh (%d MB). Kirim berkas yang lebih kecil, atau hubungi kami.")
            % (settings.MEMBER_PRIVATE_BYTES // 1024 // 1024)
        )


def _removal(document: Document) -> Callable[[], None]:
    # The name is taken now: afterwards the row points at another file or is gone.
    return partial(document.file.storage.delete, str(document.file.name))
