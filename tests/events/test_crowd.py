"""A crowd presses the button of a training at once, at a real gunicorn of two workers.

As many are in as there are seats, the others wait in order; none is lost, none doubled. Seconds are
printed, not asserted: they are the machine's. `CROWD=full` makes it 200 people for 30 seats;
tests/performance/sign_ups.md says how long they took.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import close_old_connections

from events.choices import RegistrationStatus
from events.models.seats import turn_of
from tests import make
from tests.front import Front
from tests.performance.sign_ups import crowd

SEATS, PEOPLE = (30, 200) if os.environ.get("CROWD") == "full" else (9, 60)


@pytest.fixture
def portal() -> Iterator[Front]:
    with tempfile.TemporaryDirectory() as folder:
        front = Front(Path(folder), WEB_CONCURRENCY="2")
        front.start_portal()
        yield front
        front.stop()


@pytest.mark.django_db(transaction=True)
def test_many_come_at_once_for_a_few_seats(cache_table, portal, capsys) -> None:
    event = make.event(capacity=SEATS)

    visitors, seconds = crowd(
        count=PEOPLE, port=portal.portal_port, path=f"/acara/{event.slug}/daftar/"
    )

    assert Counter(each.status for each in visitors) == {302: PEOPLE}
    assert len({each.place for each in visitors}) == PEOPLE, "everybody has a page of her own"
    rows = list(event.registrations.order_by("pk"))
    assert len({row.phone for row in rows}) == len(rows) == PEOPLE
    assert [row.status for row in rows[:SEATS]] == [RegistrationStatus.REGISTERED] * SEATS
    waiting = rows[SEATS:]
    assert [row.status for row in waiting] == [RegistrationStatus.WAITLISTED] * len(waiting)
    assert [row.registered_at for row in rows] == sorted(row.registered_at for row in rows)
    turns = [turn_of(row) for row in waiting]
    assert [turn.position for turn in turns if turn] == list(range(1, PEOPLE - SEATS + 1))
    for each in visitors:
        each.look()
    numbers = [each.heading.rpartition(" ")[2] for each in visitors if "tunggu" in each.heading]
    assert sorted(map(int, numbers)) == list(range(1, PEOPLE - SEATS + 1))
    assert sum(each.heading == "Anda terdaftar" for each in visitors) == SEATS
    slowest = max(each.seconds for each in visitors)
    with capsys.disabled():
        print(f"\n{PEOPLE} sign-ups in {seconds:.1f} s, the slowest {slowest:.1f} s")  # noqa: T201
    close_old_connections()
