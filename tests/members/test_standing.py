"""Status by rule and day: the property and the QuerySets say the same on every day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.db.models import Value
from django.utils import timezone
from psycopg2.extras import DateRange

from members.actions.dues_rules import expected_period
from members.choices import InvoiceStatus, MembershipState, ValidityMode
from members.models import (
    Business,
    DuesInvoice,
    DuesRules,
    KadinMembership,
    MembershipTerm,
)
from tests.members.money import member

pytestmark = pytest.mark.django_db
GOOD = {MembershipState.ACTIVE, MembershipState.SOON, MembershipState.GRACE}
QUERIES = {
    MembershipState.ACTIVE: "active",
    MembershipState.SOON: "ending_soon",
    MembershipState.GRACE: "in_grace",
    MembershipState.LAPSED: "lapsed",
}


@pytest.fixture
def membership(batik: Business, sekretariat) -> KadinMembership:
    made = member(batik, by=sekretariat)
    made.invoices.update(status=InvoiceStatus.VOID)
    return made


def rules(mode: str = ValidityMode.ROLLING, *, since: date = date(2020, 1, 1), **days) -> DuesRules:
    return DuesRules.objects.create(
        starts_on=since, mode=mode, **{"grace_days": 30, "window_days": 30, **days}
    )


def paid(membership: KadinMembership, on: date) -> MembershipTerm:
    """A year whose money arrived that day."""
    number = DuesInvoice.objects.count() + 1
    bill = DuesInvoice.objects.create(
        membership=membership,
        number=f"INV-{number}",
        amount=120_000,
        issued_on=on,
        due_on=on,
        status=InvoiceStatus.PAID,
    )
    fresh = KadinMembership.objects.get(pk=membership.pk)
    return MembershipTerm.objects.create(
        membership=membership, invoice=bill, period=expected_period(fresh, on=on)
    )


def assert_all_agree(membership: KadinMembership, day: date) -> MembershipState:
    """Every question about this day gets the same answer; return it."""
    state = membership.state(on=day)
    asked = [getattr(KadinMembership.objects, name)(on=day) for name in QUERIES.values()]
    counts = [
        rows.values_list(Value(name), "pk") for name, rows in zip(QUERIES, asked, strict=True)
    ]
    held = {name for name, _pk in counts[0].union(*counts[1:])}
    assert held == ({state} & set(QUERIES)), day
    assert KadinMembership.objects.in_good_standing(on=day).exists() is (state in GOOD), day
    shown = KadinMembership.objects.with_state(on=day).get()
    assert shown.state_then == state, day
    assert shown.paid_end == membership.paid_until(on=day), day
    return state


EVERY_DAY = range(-1, 32)
EDGES = (-1, 0, 1, 30, 31)


def walk(
    membership: KadinMembership, *boundaries: date, on: Iterable[int] = EDGES
) -> dict[date, MembershipState]:
    """Ask on these days around each of the boundaries."""
    fresh = KadinMembership.objects.prefetch_related("terms").get(pk=membership.pk)
    days = {day + timedelta(days=n) for day in boundaries for n in on}
    return {day: assert_all_agree(fresh, day) for day in sorted(days)}


def words(states: dict[date, MembershipState]) -> list[tuple[date, MembershipState]]:
    """The first day of each word, in order."""
    found: list[tuple[date, MembershipState]] = []
    for day, state in sorted(states.items()):
        if not found or found[-1][1] != state:
            found.append((day, state))
    return found


@pytest.mark.parametrize(
    ("mode", "start", "end", "on"),
    [
        (ValidityMode.ROLLING, date(2026, 6, 15), date(2027, 6, 15), EDGES),
        (ValidityMode.ROLLING, date(2028, 2, 29), date(2029, 3, 1), EVERY_DAY),
        (ValidityMode.ROLLING, date(2027, 3, 1), date(2028, 3, 1), EDGES),
        (ValidityMode.ROLLING, date(2026, 12, 31), date(2027, 12, 31), EDGES),
        (ValidityMode.CALENDAR, date(2026, 6, 15), date(2027, 1, 1), EDGES),
        (ValidityMode.CALENDAR, date(2028, 2, 29), date(2029, 1, 1), EVERY_DAY),
        (ValidityMode.CALENDAR, date(2026, 1, 1), date(2027, 1, 1), EDGES),
    ],
)
def test_a_year_goes_through_its_words_day_by_day(membership, mode, start, end, on) -> None:
    rules(mode)
    term = paid(membership, start)
    assert (term.period.lower, term.period.upper) == (start, end)

    states = walk(membership, start, end - timedelta(days=30), end, end + timedelta(days=30), on=on)

    assert words(states)[:2] == [
        (start - timedelta(days=1), MembershipState.NONE),
        (start, MembershipState.ACTIVE),
    ]
    assert words(states)[2:] == [
        (end - timedelta(days=30), MembershipState.SOON),
        (end, MembershipState.GRACE),
        (end + timedelta(days=30), MembershipState.LAPSED),
    ]


@pytest.mark.parametrize("mode", list(ValidityMode))
def test_a_renewal_paid_early_continues_the_running_year(membership, mode) -> None:
    rules(mode)
    first = paid(membership, date(2027, 9, 10))
    end = first.period.upper
    early = end - timedelta(days=20)
    second = paid(membership, early)

    assert second.period.lower == end
    states = walk(
        membership, early, end - timedelta(days=30), end, second.period.upper, on=EVERY_DAY
    )
    assert [word for _day, word in words(states)] == [
        MembershipState.ACTIVE,
        MembershipState.SOON,
        MembershipState.GRACE,
        MembershipState.LAPSED,
    ]
    assert states[early - timedelta(days=1)] == states[end] == MembershipState.ACTIVE


@pytest.mark.parametrize("mode", list(ValidityMode))
def test_after_a_gap_a_new_year_begins_on_the_day_it_is_paid(membership, mode) -> None:
    rules(mode)
    end = paid(membership, date(2026, 3, 2)).period.upper
    again = end + timedelta(days=150)
    term = paid(membership, again)

    assert term.period.lower == again
    states = walk(membership, end, end + timedelta(days=30), again, term.period.upper)
    assert states[again - timedelta(days=1)] == MembershipState.LAPSED
    assert states[again] == MembershipState.ACTIVE


@pytest.mark.parametrize(("grace", "window"), [(0, 0), (1, 10), (45, 0)])
def test_the_days_of_the_rules_are_kept(membership, grace, window) -> None:
    rules(grace_days=grace, window_days=window)
    end = paid(membership, date(2026, 6, 15)).period.upper

    states = walk(membership, end - timedelta(days=window), end, end + timedelta(days=grace))

    assert states[end - timedelta(days=1)] == (
        MembershipState.SOON if window else MembershipState.ACTIVE
    )
    assert states[end] == (MembershipState.GRACE if grace else MembershipState.LAPSED)
    assert states[end + timedelta(days=grace)] == MembershipState.LAPSED


def test_a_suspended_member_is_nothing_else(membership) -> None:
    end = paid(membership, date(2026, 6, 15)).period.upper
    membership.suspended_at = timezone.now()
    membership.save(update_fields=["suspended_at"])

    assert set(walk(membership, end).values()) == {MembershipState.SUSPENDED}
    assert KadinMembership.objects.suspended().get() == membership


def test_new_rules_hold_from_their_day_on_and_old_years_stay(membership) -> None:
    rules(grace_days=30)
    end = paid(membership, date(2026, 6, 15)).period.upper
    change = end + timedelta(days=10)
    rules(ValidityMode.CALENDAR, since=change, grace_days=5)

    states = walk(membership, end, change)

    assert states[change - timedelta(days=1)] == MembershipState.GRACE
    assert states[change] == MembershipState.LAPSED
    assert membership.terms.get().period == DateRange(date(2026, 6, 15), end)


def test_asking_a_hundred_members_costs_one_question(membership, django_assert_num_queries) -> None:
    paid(membership, timezone.localdate())
    with django_assert_num_queries(1):
        assert list(KadinMembership.objects.active(on=timezone.localdate())) == [membership]
