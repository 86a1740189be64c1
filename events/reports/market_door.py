"""The list at the door of a market day: who is expected, who came, in which booth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from events.actions.attendance import door_closes
from events.actions.checkin import market_opens
from events.choices import PlaceStatus
from events.models import BoothPlace, EventDay
from events.models.fee import with_debts


@dataclass(frozen=True)
class MarketDoor:
    """Everybody of the day at once, so that names are found without a signal."""

    day: EventDay
    places: list[BoothPlace]
    present: int
    is_open: bool
    is_late: bool
    has_begun: bool
    keep_until: datetime | None = None
    """Until when an officer's phone may keep this list for minutes without signal; None: not."""

    @property
    def expected(self) -> int:
        return len(self.places)

    @property
    def still_missing(self) -> int:
        return sum(1 for place in self.places if place.status == PlaceStatus.ACCEPTED)


def market_door(day: EventDay, *, at: datetime, q: str = "", show: str = "") -> MarketDoor:
    """One query; `q` and `show` ("belum", "hadir") narrow the rows and never the counts."""
    rows = with_debts(day.places.standing()).select_related(
        "booth", "business__owner__owner", "business__kelurahan__kecamatan", "business__kadin"
    )
    places = sorted(rows, key=lambda place: (place.number or "~", place.business.name.casefold()))
    is_open = market_opens(day) <= at < door_closes(day)
    word = q.casefold().rstrip("/").rpartition("/")[2]
    shown = [place for place in places if len(word) < 3 or word in searched(place)]
    if show == "hadir":
        shown = [place for place in shown if place.status == PlaceStatus.PRESENT]
    elif show == "belum":
        shown = [place for place in shown if place.status != PlaceStatus.PRESENT]
    return MarketDoor(
        day,
        shown,
        present=sum(1 for place in places if place.status == PlaceStatus.PRESENT),
        is_open=is_open,
        is_late=at >= door_closes(day),
        has_begun=timezone.localtime(at) >= day.begins,
        keep_until=door_closes(day) if is_open and not q and not show else None,
    )


def searched(place: BoothPlace) -> str:
    """What three letters or a card's code are looked for in."""
    business = place.business
    person = getattr(business.owner, "owner", None)
    card = getattr(business, "kadin", None)
    parts = [
        business.name,
        person.full_name if person else "",
        business.number or "",
        place.number,
        card.card_code if card else "",
    ]
    return " ".join(parts).casefold()
