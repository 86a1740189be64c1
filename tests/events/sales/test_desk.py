"""Staff remind who has not reported, take reports down by phone, and correct them."""

from __future__ import annotations

from datetime import time, timedelta
from urllib.parse import parse_qs, urlparse

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.actions.sales import ask_for_reports
from events.models import SalesReport
from events.models.sales import report_locks_at
from events.sales_choices import ReportSource
from events.sales_links import report_link
from members.models import Kecamatan, Letter
from tests import make
from umkm_portal.work_queue import waiting_for

MISSING = reverse("admin:events_salesreport_belum")
TYPED = {"lapak": "500", "barang": "25"}


def entry(place) -> str:
    return reverse("admin:events_salesreport_tempat", args=[place.pk])


def queue(staff) -> dict[str, int]:
    return {str(line["label"]): line["count"] for line in waiting_for(staff)}


def test_the_desk_counts_reports_to_come_until_the_lock(client, place, petugas, day) -> None:
    assert queue(petugas)["Laporan penjualan belum masuk"] == 1
    client.force_login(petugas)
    page = client.get(reverse("admin:index")).content.decode()
    assert MISSING in page

    with time_machine.travel(report_locks_at(day)):
        assert queue(petugas)["Laporan penjualan belum masuk"] == 0


def test_the_list_names_who_has_not_reported_with_her_own_link(
    client, place, siti, sold, petugas
) -> None:
    siti.phone = "+6281234567890"
    siti.save()
    sold(1_000)
    client.force_login(petugas)

    rows = client.get(MISSING).context["missing"].rows

    (row,) = rows
    assert row.place == place
    chat = urlparse(row.whatsapp)
    assert "6281234567890" in chat.path
    text = parse_qs(chat.query)["text"][0]
    assert report_link(place) in text
    assert len(text) < 700


def test_after_the_lock_one_edition_still_lists_them_without_a_dead_link(
    client, place, petugas, day
) -> None:
    with time_machine.travel(report_locks_at(day)):
        client.force_login(petugas)
        assert client.get(MISSING).context["missing"].rows == []
        (row,) = client.get(f"{MISSING}?acara={day.event_id}").context["missing"].rows
    assert (row.place, row.whatsapp) == (place, "")


@pytest.mark.parametrize("asked", ["x", "9" * 30, "0", "-1"])
def test_an_edition_that_is_none_is_not_found(client, place, petugas, asked) -> None:
    client.force_login(petugas)
    assert client.get(f"{MISSING}?acara={asked}").status_code == 404


def test_one_and_three_missing_cost_the_same(client, place, petugas, stood) -> None:
    client.force_login(petugas)
    counts = []
    for n in range(3):
        with CaptureQueriesContext(connection) as queries:
            client.get(MISSING)
        counts.append(len(queries))
        stood(make.business(make.user(f"lagi{n}"), name=f"Usaha {n}"), f"B0{n + 1}")
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 15


def test_staff_take_a_report_down_by_phone(client, place, petugas) -> None:
    client.force_login(petugas)
    assert "Alasan koreksi" not in client.get(entry(place)).content.decode()

    answer = client.post(entry(place), TYPED, follow=True)

    report = SalesReport.objects.get()
    assert (report.booth_bracket, report.source) == ("500", ReportSource.STAFF)
    assert report.entered_by == petugas
    assert "Dicatat petugas" in answer.content.decode()


def test_a_correction_asks_why_and_shows_both_values(client, place, petugas, sold) -> None:
    client.force_login(petugas)
    client.post(entry(place), TYPED)
    changed = {"lapak_pas": "1.250.000", "barang_pas": "31"}

    refused = client.post(entry(place), changed)
    assert "Tulis alasan koreksi" in refused.content.decode()
    assert SalesReport.objects.get().booth_bracket == "500"

    page = client.post(entry(place), {**changed, "alasan": "Salah nol."}, follow=True)
    text = page.content.decode()
    for words in ("250–500 ribu", "Rp1.250.000", "11–25", "31", "Salah nol.", "petugas"):
        assert words in text
    report = SalesReport.objects.get()
    assert (report.booth_omzet, report.pieces) == (1_250_000, 31)
    listed = reverse("admin:events_salesreport_change", args=[report.pk])
    assert client.get(listed).url == entry(place)


def test_after_the_lock_a_late_report_needs_a_reason_too(client, place, petugas, day) -> None:
    with time_machine.travel(report_locks_at(day) + timedelta(days=2)):
        client.force_login(petugas)
        assert "dikunci" in client.get(entry(place)).content.decode()
        client.post(entry(place), {**TYPED, "alasan": "Lewat telepon."})
    assert SalesReport.objects.get().corrections.get().reason == "Lewat telepon."


@pytest.mark.parametrize("typed", [{}, {"lapak": "aneh"}, {"lapak_pas": "9.999.999.999"}])
def test_nonsense_is_said_beside_the_field(client, place, petugas, typed) -> None:
    client.force_login(petugas)
    answer = client.post(entry(place), typed)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not SalesReport.objects.exists()


def test_her_own_report_is_for_another_of_the_staff(client, place, petugas) -> None:
    place.business.owner = petugas
    place.business.save()
    client.force_login(petugas)

    answer = client.post(entry(place), TYPED)

    assert "petugas lain" in answer.content.decode()
    assert not SalesReport.objects.exists()


def test_staff_of_another_kecamatan_find_nothing_there(client, place, petugas) -> None:
    petugas.kecamatan = Kecamatan.objects.get(name="Tebet")
    petugas.save()
    client.force_login(petugas)

    assert client.get(entry(place)).status_code == 404
    assert client.post(entry(place), TYPED).status_code == 404
    assert client.get(MISSING).context["missing"].rows == []
    assert queue(petugas)["Laporan penjualan belum masuk"] == 0


@pytest.mark.parametrize("who", ["kurator", "sekretariat", "bendahara", "siti"])
def test_others_may_neither_see_nor_enter(client, place, who, request) -> None:
    client.force_login(request.getfixturevalue(who))
    venues = reverse("admin:events_salesreport_tempat_acara")
    for path in (MISSING, entry(place), venues):
        assert client.get(path).status_code in {302, 403}
        assert client.post(path, TYPED).status_code in {302, 403}
    assert not SalesReport.objects.exists()


def test_the_list_of_reports_shows_sums_and_corrections(client, sold, petugas) -> None:
    client.force_login(petugas)
    counts = []
    for _n in range(3):
        sold(1_250_000)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("admin:events_salesreport_changelist"))
        counts.append(len(queries))
    assert "Rp1.250.000" in page.content.decode()
    assert len(set(counts)) == 1, counts


def test_sums_of_each_venue_and_year(client, day, sold, petugas) -> None:
    other = make.jbl_day(day.date - timedelta(days=400))
    other.event.venue = "Blok M Hub"
    other.event.save()
    sold(300_000, online=50_000)
    sold(None)
    report = sold(700_000)
    old = make.stood(other, report.business, "A01")
    SalesReport.objects.create(
        business=old.business,
        day=other,
        booth_omzet=40_000,
        pieces=4,
        reported_at=timezone.now(),
        changed_at=timezone.now(),
    )
    client.force_login(petugas)

    with CaptureQueriesContext(connection) as queries:
        venues = client.get(reverse("admin:events_salesreport_tempat_acara")).context["venues"]

    first, second = venues.rows
    assert (first.venue, first.year) == (day.event.venue, day.date.year)
    assert (first.omzet, first.online, first.pieces) == (1_050_000, 50_000, 20)
    assert (first.reported, first.expected, first.editions, first.sellers) == (2, 3, 1, 3)
    assert (second.venue, second.omzet, second.expected) == ("Blok M Hub", 40_000, 1)
    assert sum(year.omzet for year in venues.years) == 1_090_000
    assert len(queries) <= 15


def test_a_place_is_judged_edition_by_edition(client, day, sold, petugas) -> None:
    """Busy or not, by what its sellers said; the desk comes from here to each recap."""
    sold(300_000, mood="sepi")
    sold(100_000, mood="ramai")
    sold(None)
    older = make.jbl_day(day.date - timedelta(days=60))
    older.event.result_omzet = 41_250_000
    older.event.save()
    make.stood(older, make.business(make.user("dulu"), name="Dulu"), "A09")
    running = make.jbl_day(
        day.date + timedelta(days=1),
        set_up_at=None,
        opens_at=time(0),
        closes_at=time(23, 59),
        break_from=None,
        break_to=None,
    )
    make.stood(running, make.business(make.user("kini"), name="Kini"), "A08")
    client.force_login(petugas)

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse("admin:events_salesreport_tempat_acara"))

    now, then = answer.context["editions"]
    assert (now.omzet, now.reported, now.expected, now.per_report) == (400_000, 2, 3, 200_000)
    assert (now.busy, now.quiet) == (1, 1)
    assert (then.reported, then.expected, then.per_report, then.told) == (0, 1, None, 41_250_000)
    page = answer.content.decode()
    assert "ramai 1, sepi 1" in page
    assert "Rp41.250.000 <small>dari petugas" in page
    for event in (day.event_id, older.event_id):
        assert reverse("admin:events_salesreport_rekap", args=[event]) in page
    assert len(queries) <= 15
    listed = client.get(reverse("admin:events_salesreport_changelist")).content.decode()
    assert "Rekap per tempat dan edisi" in listed


def test_the_letter_stays_on_the_whatsapp_list_until_the_lock(place, siti, day) -> None:
    siti.phone = "+6281234567890"
    siti.save()
    with time_machine.travel(day.ends):
        ask_for_reports(at=timezone.now(), by=None, via="jadwal")
    last = report_locks_at(day) - timedelta(minutes=1)

    assert Letter.objects.for_whatsapp(at=last).count() == 1
    assert Letter.objects.for_whatsapp(at=report_locks_at(day)).count() == 0
