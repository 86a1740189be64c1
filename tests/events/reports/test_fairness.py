"""Whether it is always the same faces."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from events.choices import EventStatus
from events.reports.fairness import gini, newcomers_by_edition, spread
from members.choices import Role
from tests import make


def test_gini_is_nothing_when_all_are_even_and_near_one_when_one_has_all() -> None:
    assert gini([3, 3, 3]) == pytest.approx(0)
    assert gini([0] * 99 + [50]) == pytest.approx(0.99)
    assert gini([1, 3]) == pytest.approx(0.25)
    assert gini([]) == gini([0, 0]) == 0


@given(st.lists(st.integers(0, 50), min_size=1))
def test_gini_is_half_the_mean_difference_over_the_mean(counts) -> None:
    total = sum(counts)
    pairs = sum(abs(one - other) for one in counts for other in counts)

    assert gini(counts) == pytest.approx(pairs / (2 * len(counts) * total) if total else 0)


def test_newcomers_are_those_whose_first_place_it_is(siti, client, petugas) -> None:
    today = timezone.localdate()
    before, now = make.jbl_day(today - timedelta(days=30)), make.jbl_day(today)
    old, new = make.business(siti, name="Lama"), make.business(siti, name="Baru")
    make.application(before, old, status="present")
    make.application(now, old, status="present")
    make.application(now, new, status="absent", override_reason="Tuan rumah")
    make.application(now, make.business(siti, name="Menunggu"), status="waitlisted")

    editions = newcomers_by_edition()

    assert [(e.sellers, e.newcomers, e.percent, e.overridden) for e in editions] == [
        (2, 1, 50, 1),
        (1, 1, 100, 0),
    ]
    year = spread(on=today)
    assert (year.businesses, year.without, year.places, year.most) == (3, 1, 3, 2)
    client.force_login(petugas)
    page = client.get(reverse("admin:events_event_pemerataan")).content.decode()
    assert "3 usaha meminta tempat, 1 di antaranya belum pernah dapat" in page
    assert "1 (50 %)" in page


def test_a_day_that_was_called_off_is_nobodys_place(siti) -> None:
    day = make.jbl_day(timezone.localdate())
    make.application(day, make.business(siti), status="accepted")
    day.event.status = EventStatus.CANCELLED
    day.event.cancelled_at, day.event.cancel_reason = timezone.now(), "Hujan"
    day.event.save()

    assert spread(on=timezone.localdate()).places == 0
    assert newcomers_by_edition() == []


@pytest.mark.parametrize("role", [Role.KURATOR, Role.BENDAHARA])
def test_others_of_the_staff_do_not_read_it(client, role, db) -> None:
    client.force_login(make.staff("lain", role))

    assert client.get(reverse("admin:events_event_pemerataan")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_three_as_for_one(siti, count, django_assert_num_queries) -> None:
    for number in range(count):
        day = make.jbl_day(timezone.localdate() + timedelta(days=number))
        make.application(day, make.business(siti, name=f"U {number}"), status="accepted")

    with django_assert_num_queries(4):
        newcomers_by_edition()
        spread(on=timezone.localdate())
