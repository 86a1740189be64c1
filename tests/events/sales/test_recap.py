"""The recap of an edition at the desk, on paper and as a sheet."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from time import perf_counter

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from events.actions.sales import Figures, correct_sales
from events.models import SalesReport
from events.models.sales import report_locks_at
from events.reports.recap import recap_of
from events.reports.recap_files import recap_pdf, recap_xlsx
from events.reports.sales_desk import changes_in
from events.sales_choices import OmzetBracket, PiecesBracket
from members.models import Kecamatan
from tests import make


def event_of(day):
    return type(day.event).objects.with_days().get(pk=day.event_id)


def recap(day, staff, at=None):
    return recap_of(event_of(day), staff=staff, at=at or timezone.now())


def url(name: str, day) -> str:
    return reverse(f"admin:events_salesreport_{name}", args=[day.event_id])


def test_sums_stand_beside_who_reported(day, sold, petugas) -> None:
    sold(1_000_000, online=200_000, transactions=12)
    sold(OmzetBracket.TO_500, pieces=PiecesBracket.TO_25)
    sold(0, pieces=0)
    sold(None)

    total = recap(day, petugas).total

    assert (total.reported, total.expected, total.sellers) == (3, 4, 4)
    assert (total.booth, total.online, total.omzet) == (1_375_000, 200_000, 1_575_000)
    assert (total.estimated, total.pieces, total.pieces_estimated) == (375_000, 28, 18)
    assert (total.transactions, total.with_transactions, total.with_online) == (12, 1, 1)
    assert (total.median, total.mean) == (375_000, 525_000)


def test_every_table_adds_up_to_the_whole(day, sold, petugas) -> None:
    second = make.jbl_day(day.date - timedelta(days=1), edition=day.event)
    for n, (kelurahan, sector) in enumerate(
        [("Cipedak", "kuliner"), ("Menteng Dalam", "fashion"), ("Cipedak", "fashion")]
    ):
        report = sold(100_000 * (n + 1), kelurahan, sector=sector, online=5_000)
        sold(50_000, by=report.business, on=second)
    sold(None, "Menteng Dalam")

    found = recap(day, petugas)

    assert len(found.tables) == 4
    assert found.total.sellers == 4
    for table in found.tables:
        for name in ("booth", "online", "omzet", "pieces", "reported", "expected"):
            together = sum(getattr(line, name) for line in table.lines)
            assert together == getattr(found.total, name), (table.title, name)
    # Of each seller's two days together.
    assert found.total.median == 255_000


def test_it_is_there_from_closing_on_and_not_before(client, day, sold, petugas) -> None:
    sold(None)
    client.force_login(petugas)
    with time_machine.travel(day.ends - timedelta(minutes=1)):
        client.force_login(petugas)
        assert "Rekap terisi sejak tutup" in client.get(url("rekap", day)).content.decode()
    with time_machine.travel(day.ends + timedelta(minutes=10)):
        client.force_login(petugas)
        page = client.get(url("rekap", day)).content.decode()
    assert "0 dari 1 melapor" in page
    assert "Sementara" in page
    assert "1 laporan belum masuk" in page


def test_who_stands_at_the_market_now_is_not_late(client, day, sold, petugas) -> None:
    """The second day runs: the desk sees the sums of the first and whom to call for it."""
    second = make.jbl_day(day.date + timedelta(days=2), edition=day.event)
    make.stood(second, make.business(make.user("besok"), name="Besok"), "C07")
    sold(1_000_000)
    sold(None)

    total = recap(day, petugas).total

    assert (total.omzet, total.reported, total.expected) == (1_000_000, 1, 2)
    assert recap(day, petugas, at=second.ends).total.expected == 3


def test_the_page_says_the_sum_the_target_and_the_corrections(client, day, sold, petugas) -> None:
    day.event.target_omzet = 2_000_000
    day.event.save()
    report = sold(OmzetBracket.TO_500, best_words="Keripik tempe")
    place = report.day.places.get()
    figures = Figures(booth=1_250_000, pieces=10, best_words="Keripik tempe")
    correct_sales(place, figures=figures, reason="Salah nol.", by=petugas, via="admin")
    client.force_login(petugas)

    page = client.get(url("rekap", day)).content.decode()

    for words in ("Rp1.250.000", "62 %", "1 dari 1 melapor", "Keripik tempe", "Salah nol."):
        assert words in page
    assert "250–500 ribu" in page


def test_after_the_lock_it_is_final(client, day, sold, petugas) -> None:
    sold(1_000)
    assert not recap(day, petugas).is_final
    assert recap(day, petugas, at=report_locks_at(day)).is_final


def test_the_last_edition_is_compared_at_the_same_time_after_closing(day, sold, petugas) -> None:
    before = make.jbl_day(day.date - timedelta(days=7))
    with time_machine.travel(before.ends + timedelta(hours=1)):
        early = sold(100_000, on=before)
    with time_machine.travel(before.ends + timedelta(days=3)):
        sold(900_000, on=before)
    sold(500_000)

    found = recap(day, petugas, at=day.ends + timedelta(hours=2)).before

    assert early is not None
    assert found.event == before.event
    assert (found.then.omzet, found.then.reported, found.then.expected) == (100_000, 1, 2)
    assert (found.total.omzet, found.total.reported) == (1_000_000, 2)


def test_a_seller_no_longer_marked_as_present_still_counts(day, sold, petugas) -> None:
    sold(70_000)
    day.places.update(status="absent")

    total = recap(day, petugas).total
    assert (total.omzet, total.reported, total.expected) == (70_000, 1, 1)


def test_staff_of_one_kecamatan_see_their_sellers_alone(client, day, sold, petugas) -> None:
    sold(100_000, "Cipedak")
    sold(900_000, "Menteng Dalam")
    day.event.target_omzet = 1_000_000
    day.event.save()
    petugas.kecamatan = Kecamatan.objects.get(name="Jagakarsa")
    petugas.save()

    found = recap(day, petugas)

    assert (found.total.omzet, found.only, found.percent) == (100_000, "Jagakarsa", None)
    client.force_login(petugas)
    assert "Rp900.000" not in client.get(url("rekap", day)).content.decode()


@pytest.mark.parametrize("name", ["rekap", "rekap_pdf", "rekap_xlsx"])
def test_who_keeps_no_events_gets_no_recap(client, day, sold, name, kurator, bendahara) -> None:
    sold(1_000)
    for person in (kurator, bendahara):
        client.force_login(person)
        assert client.get(url(name, day)).status_code == 403
    client.logout()
    assert client.get(url(name, day)).status_code == 302


def test_a_training_has_no_recap(client, petugas) -> None:
    client.force_login(petugas)
    training = make.event()
    path = reverse("admin:events_salesreport_rekap", args=[training.pk])
    assert client.get(path).status_code == 404


def many(day, count: int, *, already: int = 0) -> None:
    now = timezone.now()
    for n in range(already, count):
        seller = make.business(
            make.user(f"pedagang{n}"),
            name=f"Pedagang {n:03d}",
            sector=("kuliner", "fashion", "kerajinan")[n % 3],
            kelurahan=make.kelurahan(("Cipedak", "Menteng Dalam", "Bangka")[n % 3 - n % 2]),
        )
        make.stood(day, seller, f"{chr(65 + n // 90)}{n % 90 + 1:02d}")
        SalesReport.objects.create(
            business=seller,
            day=day,
            booth_omzet=1_000 * n + 500,
            pieces=n,
            reported_at=now,
            changed_at=now,
            best_words=f"Barang {n}",
        )


def test_one_seller_and_three_hundred_cost_the_same_queries(
    client, day, petugas, record_property
) -> None:
    client.force_login(petugas)
    before = make.jbl_day(day.date - timedelta(days=7))
    many(before, 1)
    counts = []
    for sellers in (2, 4, 300):
        many(day, sellers, already=(1 if not counts else (2, 4)[len(counts) - 1]))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            began = perf_counter()
            page = client.get(url("rekap", day))
            took = perf_counter() - began
        counts.append(len(queries))

    assert page.status_code == 200
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 15
    assert len(page.content) <= 46_080
    record_property("recap_of_300_seconds", round(took, 3))
    assert took < 2
    found = recap(day, petugas)
    began = perf_counter()
    pdf, sheet = recap_pdf(found), recap_xlsx(found, changes_in(found.event, staff=petugas))
    files = perf_counter() - began
    record_property("files_of_300_seconds", round(files, 3))
    assert pdf.startswith(b"%PDF-")
    assert load_workbook(BytesIO(sheet))["Penjual"].max_row == 300
    assert files < 3
