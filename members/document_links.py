"""Links to a private scan: for one person, for five minutes; the view asks again who looks."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from members.models import Document, User
from umkm_portal.lib.signing import BadLink, sign, unsign

PURPOSE = "document"
LASTS = timedelta(minutes=5)


def document_link(document: Document, *, of: User) -> str:
    return reverse("members:document_link", args=[sign(PURPOSE, [document.pk, of.pk])])


def read_document_link(token: str, *, of: User) -> int:
    """Return the document's id. Raises BadLink with a sentence, also for another person's link."""
    document_id, user_id = unsign(PURPOSE, token, max_age=LASTS)
    if user_id != of.pk:
        raise BadLink
    return int(document_id)
