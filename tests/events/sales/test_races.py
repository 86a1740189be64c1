"""Two at once, and a report against the lock of H+7."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from events.actions import sales
from events.actions.sales import Figures, correct_sales, report_on_behalf, report_sales
from events.models import BoothPlace, SalesCorrection, SalesReport
from events.models.sales import report_locks_at
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

pytestmark = pytest.mark.django_db(transaction=True)
TAPPED = Figures(booth=400_000, pieces=12)


@pytest.fixture
def stand(db) -> BoothPlace:
    day = make.jbl_day(timezone.localdate() - timedelta(days=1))
    return make.stood(day, make.business(make.user("siti")))


def test_two_different_reports_at_once_leave_one_and_a_whole_trail(stand) -> None:
    amounts = [100_000, 200_000, 300_000, 400_000]
    told = all_at_once(
        lambda amount: report_sales(
            stand, figures=Figures(booth=amount, pieces=1), by=None, via="tautan"
        ),
        amounts,
    )

    assert told == ["done"] * 4
    report = SalesReport.objects.get()
    lines = list(AuditEntry.objects.filter(verb__startswith="sales.").order_by("pk"))
    assert [line.verb for line in lines] == ["sales.reported"] + ["sales.changed"] * 3
    # Each began with what the one before had left.
    ends = [line.data["changed"]["booth_omzet"] for line in lines]
    assert [old for old, _new in ends] == [None, *[new for _old, new in ends[:-1]]]
    assert report.booth_omzet == ends[-1][1]


def test_a_seller_and_the_desk_at_once_make_one_report(stand) -> None:
    petugas = make.user("petugas", is_staff=True)

    def say(by_staff: bool) -> object:
        if by_staff:
            figures = Figures(booth=900_000, pieces=9)
            return report_on_behalf(stand, figures=figures, by=petugas, via="admin")
        return report_sales(stand, figures=TAPPED, by=None, via="tautan")

    told = all_at_once(say, [False, True])

    # Whoever came second: the seller changes it, staff are told that there is one.
    assert told in (["done", "done"], ["done", "refused"])
    assert SalesReport.objects.get().booth_omzet == 400_000


def test_two_corrections_at_once_follow_each_other(stand) -> None:
    petugas = make.user("petugas", is_staff=True)
    report_sales(stand, figures=TAPPED, by=None, via="tautan")

    def correct(amount: int) -> object:
        figures = Figures(booth=amount, pieces=12)
        return correct_sales(stand, figures=figures, reason="Salah.", by=petugas, via="admin")

    assert all_at_once(correct, [500_000, 600_000, 700_000]) == ["done"] * 3

    rows = list(SalesCorrection.objects.order_by("pk"))
    before = [row.before["booth_omzet"] for row in rows]
    after = [row.after["booth_omzet"] for row in rows]
    assert before == [400_000, *after[:-1]]
    assert SalesReport.objects.get().booth_omzet == after[-1]


def test_who_waited_for_the_row_until_the_lock_is_too_late(stand, monkeypatch) -> None:
    """The clock is read once the row is hers: what waits over midnight does not slip in."""
    midnight = report_locks_at(stand.day)
    clock = [midnight - timedelta(seconds=1)]
    monkeypatch.setattr(sales.timezone, "now", lambda: clock[0])
    waits = threading.Event()
    told: list[str] = []

    def send() -> None:
        try:
            waits.set()
            report_sales(stand, figures=TAPPED, by=None, via="tautan")
            told.append("done")
        except ActionRefused as refused:
            told.append(str(refused))
        finally:
            connection.close()

    with transaction.atomic():
        BoothPlace.objects.select_for_update().get(pk=stand.pk)
        seller = threading.Thread(target=send)
        seller.start()
        waits.wait(5)
        _until_somebody_waits()
        clock[0] = midnight + timedelta(seconds=1)
    seller.join(10)

    assert len(told) == 1
    assert "dikunci" in told[0]
    assert not SalesReport.objects.exists()


def _until_somebody_waits() -> None:
    """A second connection asks for the row we hold."""
    for _try in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted"
                " AND transactionid = pg_current_xact_id()::xid"
            )
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.05)")
    pytest.fail("Nobody waits for the row.")
