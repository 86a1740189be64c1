"""What was checked about a business, computed on the day it is shown."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef

from members.models import JakpreneurMembership, KadinMembership


def badges(*, on: date, business: str = "pk") -> dict[str, Exists]:
    """Annotations `is_kadin` and `is_jakpreneur`; `business` names the column with its key."""
    mine = {"business": OuterRef(business)}
    return {
        "is_kadin": Exists(KadinMembership.objects.in_good_standing(on=on).filter(**mine)),
        "is_jakpreneur": Exists(JakpreneurMembership.objects.filter(**mine)),
    }
