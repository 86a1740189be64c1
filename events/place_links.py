"""The signed link to one offer of a place: whoever holds it answers without signing in."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from events.models import BoothPlace
from umkm_portal.lib.signing import sign, unsign

PURPOSE = "jbl-offer"
# The answer is due within a day or so; afterwards the link still says what became of the offer.
LINK_LIFE = timedelta(days=60)


def offer_link(place: BoothPlace) -> str:
    return reverse("events:offer", args=[sign(PURPOSE, [place.pk, place.business.owner_id])])


def read_offer_link(token: str) -> tuple[int, int]:
    """The place and whose it was. Raises BadLink with a sentence."""
    place, owner = unsign(PURPOSE, token, max_age=LINK_LIFE)
    return place, owner
