"""Private scans: kept, looked at, and deleted when their time is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from members.choices import DocumentKind
from members.models import Business, Document, User
from umkm_portal.audit.models import record
from umkm_portal.lib.files import random_name
from umkm_portal.lib.images import proof_extension


@transaction.atomic
def keep_ktp(business: Business, *, content: bytes, by: User, via: str) -> Document:
    """Keep the photo of the identity card; an earlier one goes. Raises StorageFull."""
    document = Document.objects.filter(business=business, kind=DocumentKind.KTP).first()
    if document:
        transaction.on_commit(_removal(document))
    else:
        document = Document(business=business, kind=DocumentKind.KTP)
    document.uploaded_by, document.size, document.delete_after = by, len(content), None
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


def _removal(document: Document) -> Callable[[], None]:
    # The name is taken now: afterwards the row points at another file or is gone.
    return partial(document.file.storage.delete, str(document.file.name))
