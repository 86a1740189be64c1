"""What "Data masih benar?" shows: the business, the next year and its price; nothing private."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from members.actions.dues_rules import expected_period
from members.models import DuesRate, KadinMembership, MembershipTerm


def renewal_facts(membership: KadinMembership) -> dict[str, Any]:
    """For the one confirm page; `fee` in rupiah, None while no fee is in force."""
    today = timezone.localdate()
    rate = DuesRate.objects.begun(on=today, size=membership.business.size).first()
    ends = [term.last_day for term in membership.terms.all()]
    return {
        "membership": membership,
        "business": membership.business,
        "last_day": max(ends, default=None),
        "fee": rate.amount if rate else None,
        "term": MembershipTerm(period=expected_period(membership, on=today)),
        "is_over": bool(ends) and max(ends) < today,
    }
