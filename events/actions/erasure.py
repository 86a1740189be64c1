"""A business is forgotten: coming places are free for others, the past stays without a name."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.booths import remove_business
from events.actions.certificates import revoke_certificate
from events.actions.registration import cancel_registration
from events.choices import UNDECIDED, PlaceStatus
from events.models import BoothPlace, Certificate, Registration, SalesCorrection, SalesReport
from events.models.day import still_to_come
from events.models.sales import FORGOTTEN
from members.models import Business, User
from members.signals import business_erased


@receiver(business_erased)
@transaction.atomic
def free_places_of(
    sender: object, *, business: Business, by: User | None, via: str, **more: Any
) -> None:
    """Runs in the erasing transaction, before the letters about it could be read."""
    now = timezone.now()
    places = BoothPlace.objects.filter(business=business)
    given_up = places.filter(status__in=[PlaceStatus.ACCEPTED, *UNDECIDED])
    for place in given_up.filter(still_to_come(now, "day__")):
        remove_business(place, by=by, via=via)
    # What somebody typed about her may name her; a refusal keeps that there was a reason.
    refused = places.filter(status__in=[PlaceStatus.RETURNED, PlaceStatus.REJECTED])
    refused.update(reason=_("Data dihapus"))
    places.exclude(pk__in=refused.values("pk")).update(reason="")
    places.update(note="")
    # That somebody came out of turn stays to be counted; why does not.
    places.exclude(override_reason="").update(override_reason=_("Data dihapus"))
    reports = SalesReport.objects.filter(business=business)
    reports.update(note="", best_words="", best_product=None)
    SalesCorrection.objects.filter(report__in=reports).update(reason=FORGOTTEN)
    coming = Registration.objects.standing().filter(still_to_come(now, "event__days__"))
    coming = coming.filter(business=business, attendances=None)
    for registration in coming.distinct():
        cancel_registration(registration, by=by, via=via)
    _forget_certificates(business, by=by, via=via)


def _forget_certificates(business: Business, *, by: User | None, via: str) -> None:
    """Each bears her name, and its address would go on showing it."""
    given = Certificate.objects.filter(registration__business=business)
    for certificate in given.standing():
        revoke_certificate(
            certificate, reason=_("Pemiliknya minta datanya dihapus."), by=by, via=via
        )
    given.update(name="")
