"""How long people's data are kept, and their going. Suggested by the domain notes, UU 27/2022."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from members.actions.erasure import ERASED, erase_business, erase_person
from members.choices import ApplicationStatus
from members.models import AccessCode, BankStatement, Business, ClaimCode, MembershipTerm, User
from umkm_portal.audit.models import record

REJECTED_KEPT = timedelta(days=90)
GONE_KEPT = timedelta(days=2 * 365)
CODES_KEPT = timedelta(days=365)
STATEMENTS_KEPT = timedelta(days=90)
MOST_AT_ONCE = 200
CLOSED = (ApplicationStatus.REJECTED, ApplicationStatus.CANCELLED)


@transaction.atomic
def forget_rejected(*, on: date, by: User | None, via: str) -> int:
    """Refused 90 days ago and not appealed: the application's data go. Return how many."""
    old = Business.objects.select_for_update(of=("self",), skip_locked=True).filter(
        status=ApplicationStatus.REJECTED, decided_at__date__lt=on - REJECTED_KEPT
    )
    found = list(old.order_by("pk")[:MOST_AT_ONCE])
    for business in found:
        erase_business(business, by=by, via=via)
        record("business.retention_ended", business, by=by, via=via, days=REJECTED_KEPT.days)
    return len(found)


@transaction.atomic
def forget_gone(*, on: date, by: User | None, via: str) -> int:
    """Nothing runs any more and nobody came for two years: the person goes. Return how many.

    Nothing runs: no business that is being checked or approved, no paid year since. Who is
    approved by Pemkot stays, since that programme knows no end.
    """
    since = on - GONE_KEPT
    open_ones = Business.objects.filter(owner=OuterRef("pk")).exclude(status__in=CLOSED)
    paid = MembershipTerm.objects.filter(
        membership__business__owner=OuterRef("pk"), period__endswith__gt=since
    )
    recent = Business.objects.filter(owner=OuterRef("pk"), created_at__date__gte=since)
    gone = (
        User.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(is_staff=False, date_joined__date__lt=since, businesses__isnull=False)
        .filter(Q(last_login=None) | Q(last_login__date__lt=since))
        .exclude(name=ERASED)
        .filter(~Exists(open_ones), ~Exists(paid), ~Exists(recent))
    )
    pks = {user.pk for user in gone[:MOST_AT_ONCE]}
    for user in User.objects.filter(pk__in=pks).order_by("pk"):
        erase_person(user, by=by, via=via)
        record("person.retention_ended", user, by=by, via=via, days=GONE_KEPT.days)
    return len(pks)


@transaction.atomic
def drop_old_codes(*, on: date, by: User | None, via: str) -> int:
    """One-time codes on paper, a year after they ran out. Return how many."""
    ended = {"expires_at__date__lt": on - CODES_KEPT}
    return sum(model.objects.filter(**ended).delete()[0] for model in (AccessCode, ClaimCode))


@transaction.atomic
def drop_statement_files(*, on: date, by: User | None, via: str) -> int:
    """The bank's own file names payers we know nothing of; its lines stay. Return how many."""
    old = BankStatement.objects.select_for_update(of=("self",), skip_locked=True).filter(
        read_at__isnull=False, uploaded_at__date__lt=on - STATEMENTS_KEPT
    )
    found = list(old.exclude(file="").order_by("pk")[:MOST_AT_ONCE])
    for statement in found:
        transaction.on_commit(partial(statement.file.storage.delete, str(statement.file.name)))
        statement.file = ""
        statement.save(update_fields=["file"])
        record("statement.file_deleted", statement, by=by, via=via, days=STATEMENTS_KEPT.days)
    return len(found)
