"""The link under which a seller reports without signing in: `/lapor/<token>/`.

It names her place on a day, and nobody can make one without our key. How long it is good is
worked out from the day, so that a moved day moves it too.
"""

from __future__ import annotations

from django.urls import reverse

from events.models import BoothPlace
from umkm_portal.lib.signing import BadLink, sign, unsign

PURPOSE = "lapor"


def report_link(place: BoothPlace) -> str:
    return reverse("events:report_sales", args=[sign(PURPOSE, place.pk)])


def place_of(token: str) -> BoothPlace:
    """Raises BadLink when it is none of ours, or its place is gone."""
    key = unsign(PURPOSE, token)
    related = BoothPlace.objects.select_related("day__event", "business__owner", "booth")
    place = related.filter(pk=key).first() if isinstance(key, int) else None
    if place is None:
        raise BadLink
    return place
