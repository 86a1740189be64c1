"""A member's years one after another: since when, until when, and the gaps between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from members.models import KadinMembership


@dataclass(frozen=True)
class Stretch:
    """`first` to `last`, both inclusive: a paid year, or the time without one before the next."""

    first: date
    last: date
    is_gap: bool = False
    given_because: str = ""

    @property
    def text(self) -> str:
        """ "tidak aktif 5 bulan", in whole months, or days when it was less than one."""
        past = self.last + timedelta(days=1)
        months = (past.year - self.first.year) * 12 + past.month - self.first.month
        months -= past.day < self.first.day
        if months:
            return _("tidak aktif %(count)s bulan") % {"count": months}
        return _("tidak aktif %(count)s hari") % {"count": (past - self.first).days}


def history_of(membership: KadinMembership) -> list[Stretch]:
    """Every paid year and every gap, the oldest first; revoked years never were."""
    stretches: list[Stretch] = []
    for term in sorted(membership.terms.all(), key=lambda term: term.period.lower):
        if stretches and stretches[-1].last + timedelta(days=1) < term.period.lower:
            day_before = term.period.lower - timedelta(days=1)
            gap = Stretch(stretches[-1].last + timedelta(days=1), day_before, is_gap=True)
            stretches.append(gap)
        stretches.append(
            Stretch(term.period.lower, term.last_day, given_because=term.given_because)
        )
    return stretches


def member_since(membership: KadinMembership) -> date | None:
    """The first paid day ever, whatever gaps came after."""
    return min((term.period.lower for term in membership.terms.all()), default=None)
