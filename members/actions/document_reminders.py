"""Letters before and after a licence ends: 60 and 14 days before, and the day after."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from members.choices import DocumentStatus
from members.models import Document, User
from umkm_portal.audit.models import record
from umkm_portal.notices.actions import send_later
from umkm_portal.notices.models import Notice

PURPOSE = "document_expiring"
AT_MOST = 200
"""Letters of one minute; the next minute takes the rest."""
# Rule → the days left at which it is sent. Ranges, so that a tick that stood still catches up.
RULES = {"H-60": (15, 60), "H-14": (0, 14), "H+1": (-7, -1)}


@transaction.atomic
def remind_of_expiring_documents(*, on: date, by: User | None, via: str) -> int:
    """Send what is due on that day, once per document, rule and date of end; return how many."""
    sent = 0
    for rule, (least, most) in RULES.items():
        for document in _due(rule, first=on + timedelta(least), last=on + timedelta(most)):
            _remind(document, rule, on=on)
            record("document.reminded", document, by=by, via=via, rule=rule)
            sent += 1
    return sent


def _due(rule: str, *, first: date, last: date) -> list[Document]:
    written = Notice.objects.filter(
        purpose=PURPOSE,
        content_type=ContentType.objects.get_for_model(Document),
        object_id=OuterRef("pk"),
        key=Concat(Value(f"{rule} "), Cast(OuterRef("expires_on"), CharField())),
    )
    rows = (
        Document.objects.in_vault()
        .current()
        .filter(status=DocumentStatus.VERIFIED, expires_on__range=(first, last))
        .exclude(Exists(written))
        .select_related("business__owner")
        .order_by("pk")
    )
    return list(rows.select_for_update(of=("self",), skip_locked=True)[:AT_MOST])


def _remind(document: Document, rule: str, *, on: date) -> None:
    assert document.expires_on  # noqa: S101  only such are asked for
    send_later(
        PURPOSE,
        to=document.business.owner,
        about=document,
        key=f"{rule} {document.expires_on.isoformat()}",
        link=reverse("members:document_upload", args=[document.business_id, document.kind]),
        is_over=document.expires_on < on,
    )
