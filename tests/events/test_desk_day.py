"""The desk on the eve and the morning of a market: the paper for its door."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from events.choices import PlaceStatus
from tests import make

pytestmark = pytest.mark.django_db
EVE = "2026-06-11T10:00:00+07:00"


@pytest.fixture
def day():
    return make.jbl_day(date(2026, 6, 12))


@pytest.fixture
def desk(client, petugas):
    client.force_login(petugas)
    return client


@time_machine.travel(EVE, tick=False)
def test_the_list_of_sellers_is_printed_with_room_to_sign(desk, day, batik, budi) -> None:
    make.place(day, batik, "B02")
    make.place(day, make.business(budi, name="Dapur Budi"), "A01")
    gone = make.place(day, make.business(budi, name="Sudah Batal"), "A03")
    gone.status = PlaceStatus.CANCELLED
    gone.save()

    edition = desk.get(reverse("admin:events_event_change", args=[day.event_id])).content.decode()
    sheet = reverse("admin:events_day_hadir", args=[day.pk])
    page = desk.get(sheet).content.decode()

    assert sheet in edition
    assert page.index("Dapur Budi") < page.index(batik.name)
    assert "Sudah Batal" not in page
    assert "Tanda tangan" in page
    assert "2 penjual ditunggu" in page
    assert "paling lambat Sabtu, 13 Juni 2026 pukul 00.00 WIB" in page


@time_machine.travel(EVE, tick=False)
def test_the_sheet_asks_little_whatever_the_number_of_sellers(
    desk, day, budi, django_assert_max_num_queries
) -> None:
    sheet = reverse("admin:events_day_hadir", args=[day.pk])
    assert "Belum ada peserta diterima" in desk.get(sheet).content.decode()
    for number in range(4):
        make.place(day, make.business(budi, name=f"Dapur {number}"), f"A0{number}")

    with django_assert_max_num_queries(12):
        desk.get(sheet)


@pytest.mark.parametrize("role", ["kurator", "sekretariat", "bendahara", "siti"])
def test_the_sheet_is_for_the_office_of_the_market_alone(client, request, day, role) -> None:
    client.force_login(request.getfixturevalue(role))

    answer = client.get(reverse("admin:events_day_hadir", args=[day.pk]))

    assert answer.status_code in {302, 403, 404}
