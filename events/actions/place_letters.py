"""What a seller is told about her place in the market."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from events.models import BoothPlace
from umkm_portal.notices.actions import send_later, take_back

ASKING = ("jbl_offer",)
REMINDING = ("jbl_tomorrow",)
BEFORE_THE_DAY = (
    *ASKING,
    *REMINDING,
    *("jbl_accepted", "jbl_waitlisted", "jbl_returned", "jbl_papers_missing", "booth_placed"),
)
"""What is no news for a seller who does not come."""


def tell_seller(place: BoothPlace, purpose: str, *, key: str = "", **context: Any) -> None:
    """The owner, by `mail/<purpose>.txt`; `key` makes the same news another message."""
    context.setdefault("link", reverse("events:my_application", args=[place.pk]))
    send_later(
        purpose,
        to=place.business.owner,
        about=place,
        key=key,
        event=place.day.event,
        day=place.day,
        **context,
    )


def tell_before_the_end(place: BoothPlace, purpose: str, **context: Any) -> None:
    """News that only matters while the day is still to come."""
    if not place.day.is_over(at=timezone.now()):
        tell_seller(place, purpose, **context)


def no_longer_news(*places: BoothPlace, purposes: Sequence[str] = BEFORE_THE_DAY) -> None:
    """What waits to be sent about these stays unsent, also by the hands of staff."""
    take_back(*places, purposes=purposes)


def stamp(moment: datetime) -> str:
    """A key for news that may come again at another moment."""
    return f"{moment:%Y%m%d%H%M%S}"
