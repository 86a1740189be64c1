"""Staff's list of who comes: filtered, on paper, and the same as a sheet."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse

from events.choices import RegistrationStatus
from events.models import Attendance
from members.models import Kecamatan
from tests import make
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.xlsx import read_rows


@pytest.fixture
def event(batik):
    """Batik Siti (Jagakarsa) was there; Ani of Tebet was not; Ina waits."""
    training = make.event(slug="foto-produk")
    siti = make.registration(training, business=batik)
    make.registration(
        training,
        name="Bu =Ani",
        phone="+6281200000001",
        kecamatan=Kecamatan.objects.get(slug="tebet"),
    )
    make.registration(
        training, name="Ina", phone="+6281200000002", status=RegistrationStatus.WAITLISTED
    )
    day = training.days.get()
    Attendance.objects.create(registration=siti, day=day, event=training, attended_at=day.begins)
    return training


def page(event) -> str:
    return reverse("admin:events_event_peserta", args=[event.pk])


def names(response) -> list[str]:
    asked = response.context["asked"]
    return [str(row.registration) for row in asked.registered] + [str(row) for row in asked.waiting]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, ["Batik Siti", "Bu =Ani", "Ina"]),
        ({"hadir": "hadir"}, ["Batik Siti"]),
        ({"hadir": "tidak"}, ["Bu =Ani"]),
        ({"kecamatan": "tebet"}, ["Bu =Ani"]),
        ({"kecamatan": "jagakarsa", "hadir": "hadir"}, ["Batik Siti"]),
        ({"kecamatan": "tebet", "hadir": "hadir"}, []),
        ({"kecamatan": "tidak-ada", "hadir": "mungkin"}, ["Batik Siti", "Bu =Ani", "Ina"]),
    ],
)
def test_the_list_is_what_was_asked_for(client, petugas, event, query, shown) -> None:
    client.force_login(petugas)

    assert names(client.get(page(event), query)) == shown


def test_the_sheet_is_what_is_on_screen_and_says_so(client, petugas, event) -> None:
    client.force_login(petugas)

    response = client.get(page(event), {"hadir": "tidak", "kecamatan": "tebet", "berkas": "xlsx"})

    name = "peserta-foto-produk-tidak-hadir-tebet.xlsx"
    assert name in response["Content-Disposition"]
    rows = read_rows(BytesIO(response.content), name=name)
    assert rows[1:] == [["1", "Bu =Ani", "0812-0000-0001", "Tebet", "Terdaftar"]]
    assert AuditEntry.objects.get(verb="event.people_taken").data["count"] == 1


def test_the_whole_sheet_has_days_and_the_queue(client, petugas, event) -> None:
    client.force_login(petugas)

    response = client.get(page(event), {"berkas": "xlsx"})

    rows = read_rows(BytesIO(response.content), name="a.xlsx")
    assert [row[1] for row in rows[1:]] == ["Batik Siti", "Bu =Ani", "Ina"]
    assert len(rows[1]) == 6
    assert rows[3][4] == "Daftar tunggu"


@pytest.mark.parametrize("role", ["kurator", "sekretariat", "bendahara"])
def test_others_take_nothing(client, request, event, role) -> None:
    client.force_login(request.getfixturevalue(role))

    assert client.get(page(event), {"berkas": "xlsx"}).status_code == 403


def test_it_costs_the_same_for_one_and_three(
    client, petugas, event, django_assert_max_num_queries
) -> None:
    client.force_login(petugas)

    def count() -> int:
        with django_assert_max_num_queries(16) as queries:
            client.get(page(event))
        return len(queries)

    before = count()
    for number in range(3):
        make.registration(event, name=f"T{number}", phone=f"+628120000001{number}")
    assert count() == before
