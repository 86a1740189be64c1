"""Two records of one business become one, and no row is lost.

It stands here, above all apps, since each of them keeps rows about a business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from django.db import IntegrityError, InternalError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.booths import remove_business
from events.choices import UNDECIDED, PlaceStatus
from events.models import BoothPlace
from members.actions.naming import sort_key_of
from members.choices import ApplicationStatus
from members.models import (
    Business,
    DistinctPair,
    DuesInvoice,
    KadinMembership,
    MembershipTerm,
    RevokedCard,
    User,
)
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later

TAKEABLE = (
    "name",
    "sector",
    "description",
    "started_year",
    "yearly_sales",
    "order_phone",
    "street",
    "rt",
    "rw",
    "landmark",
    "kelurahan",
    "postcode",
    "nib",
    "jakpreneur_id",
)
"""What staff may take over from the record that goes."""
OPEN = (ApplicationStatus.SUBMITTED, ApplicationStatus.NEEDS_REPAIR, ApplicationStatus.APPROVED)


@transaction.atomic
def merge_businesses(
    kept: Business, *, gone: Business, take: Iterable[str], by: User, via: str
) -> Business:
    """Everything of `gone` is now of `kept`; `take` names the fields whose values come along.

    What a constraint does not let move (a second booth on the same day, a second membership of
    the same year) stays where it is: `gone` remains as a closed record that points to `kept`. A
    second place on a day to come is given up.
    """
    if kept.pk == gone.pk:
        raise ActionRefused(_("Pilih dua usaha yang berbeda."))
    locked = Business.objects.select_for_update(of=("self",)).order_by("pk")
    rows = {row.pk: row for row in locked.filter(pk__in=[kept.pk, gone.pk])}
    kept, gone = rows[kept.pk], rows[gone.pk]
    if gone.merged_into_id == kept.pk:
        return kept
    _refuse(kept, gone, by)
    values = {name: getattr(gone, name) for name in TAKEABLE if name in set(take)}
    _close(gone, kept)
    moved, stayed = _move_all(gone, kept)
    _give_up_places(gone, by=by, via=via)
    _take(kept, values)
    record(
        "business.merged",
        kept,
        by=by,
        via=via,
        gone=gone.number,
        taken=sorted(values),
        moved=dict(moved),
        stayed=dict(stayed),
    )
    record("business.merged_away", gone, by=by, via=via, into=kept.number)
    if gone.owner_id != kept.owner_id:
        send_later("business_merged", to=gone.owner, about=gone, number=gone.number)
    return kept


def _refuse(kept: Business, gone: Business, by: User) -> None:
    if by.pk in {kept.owner_id, gone.owner_id}:
        raise ActionRefused(_("Usaha Anda sendiri diputuskan oleh petugas lain."))
    if kept.merged_into_id or gone.merged_into_id:
        raise ActionRefused(_("Salah satu usaha ini sudah digabung."))
    if kept.status not in OPEN or gone.status == ApplicationStatus.DRAFT:
        raise ActionRefused(_("Yang dipertahankan harus usaha yang terdaftar atau diajukan."))


def _close(gone: Business, kept: Business) -> None:
    """First of all: a closed record no longer holds its NIB."""
    gone.status, gone.merged_into, gone.repair_fields = ApplicationStatus.CANCELLED, kept, []
    gone.show_address = False
    gone.save(update_fields=["status", "merged_into", "repair_fields", "show_address"])


def _give_up_places(gone: Business, *, by: User, via: str) -> None:
    """A coming day that both have: one of them is enough, and the next in turn is asked."""
    twice = BoothPlace.objects.filter(business=gone).coming(at=timezone.now())
    for place in twice.filter(status__in=[PlaceStatus.ACCEPTED, *UNDECIDED]).order_by("pk"):
        remove_business(place, by=by, via=via)


def _take(kept: Business, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(kept, name, value)
    kept.sort_key = sort_key_of(kept.name)
    kept.save(update_fields=[*values, "sort_key"])


def _move_all(gone: Business, kept: Business) -> tuple[Counter[str], Counter[str]]:
    """Counts by model of what moved and what had to stay."""
    moved: Counter[str] = Counter()
    stayed: Counter[str] = Counter()
    for model, field in _pointing_at(Business):
        if model not in {DistinctPair, Business}:
            for pk in model._base_manager.filter(**{field: gone}).values_list("pk", flat=True):
                _try(model, moved, stayed, partial(_point, model, pk, field, kept))
    other = KadinMembership.objects.filter(business=gone).first()
    if other:
        _move_membership(other, KadinMembership.objects.get(business=kept), moved, stayed)
    return moved, stayed


def _move_membership(
    other: KadinMembership, mine: KadinMembership, moved: Counter[str], stayed: Counter[str]
) -> None:
    """Both were members: bills go over with the years they paid for; the second card ends."""
    for invoice in other.invoices.order_by("pk"):
        _try(DuesInvoice, moved, stayed, partial(_move_bill, invoice, mine))
    for card in RevokedCard.objects.filter(membership=other):
        _try(RevokedCard, moved, stayed, partial(_point, RevokedCard, card.pk, "membership", mine))
    other.suspended_at = other.suspended_at or timezone.now()
    other.suspension_reason = other.suspension_reason or _("Digabung dengan catatan lain.")
    other.save(update_fields=["suspended_at", "suspension_reason"])


def _move_bill(invoice: DuesInvoice, mine: KadinMembership) -> None:
    _point(DuesInvoice, invoice.pk, "membership", mine)
    MembershipTerm.objects.filter(invoice=invoice).update(membership=mine)


def _pointing_at(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    for relation in model._meta.related_objects:
        if not isinstance(relation.related_model, str):
            yield relation.related_model, relation.field.name


def _point(model: type[models.Model], pk: int, field: str, target: models.Model) -> None:
    model._base_manager.filter(pk=pk).update(**{field: target})


def _try(
    model: type[models.Model], moved: Counter[str], stayed: Counter[str], move: Callable[[], None]
) -> None:
    try:
        with transaction.atomic():
            move()
    except (IntegrityError, InternalError):  # a constraint or trigger: both have one already
        stayed[model.__name__] += 1
    else:
        moved[model.__name__] += 1
