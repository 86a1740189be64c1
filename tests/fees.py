"""A market whose places cost a fee, and money for one of them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from events.actions.fees import Money, record_fee
from events.fee_choices import FeeMethod
from events.models import BoothPlace, EventDay, FeeEntry
from members.models import Business, User
from tests import make

FEE = 50_000
HOW = "Tunai di meja panitia, paling lambat Kamis pukul 15.00."


def market_day(**values: Any) -> EventDay:
    day = make.jbl_day(**values)
    make.edition(day.event, fee=FEE, fee_how=HOW)
    return day


def place(day: EventDay, business: Business, number: str = "A07") -> BoothPlace:
    """Accepted, and the fee still owed."""
    made = make.place(day, business, number)
    made.fee = FEE
    made.save(update_fields=["fee"])
    return made


def cash(amount: int = FEE, **values: Any) -> Money:
    return Money(amount, FeeMethod.CASH, values.pop("moved_on", timezone.localdate()), **values)


def paid(place: BoothPlace, *, by: User) -> FeeEntry:
    if not place.fee:
        BoothPlace.objects.filter(pk=place.pk).update(fee=FEE)
    return record_fee(place, money=cash(), by=by, via="admin")
