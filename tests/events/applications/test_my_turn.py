"""Why a seller is in or not, her lot, and when she is likely next, on her own page."""

from __future__ import annotations

import hashlib
import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions.allocation import allocate_day, open_pool
from events.actions.turn_letters import tell_turns_job
from events.actions.waitlist import accept_offer, offer_free_seats
from events.choices import PlaceStatus
from events.models import BoothPlace
from tests import make
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    """In ten days, with two seats."""
    day = make.jbl_day(timezone.localdate() + timedelta(days=10))
    make.edition(day.event, seats_per_day=2, newcomers_percent=0)
    return day


def past(business, count: int) -> None:
    for number in range(count):
        gone = make.jbl_day(timezone.localdate() - timedelta(days=7 * (number + 1)))
        make.application(gone, business, status=PlaceStatus.PRESENT)


@pytest.fixture
def line(day, siti, petugas) -> list[BoothPlace]:
    """Six of Siti's businesses by how often they took part; the first two have the seats."""
    places = []
    for number in range(6):
        business = make.business(siti, name=f"Usaha {number}")
        past(business, number)
        places.append(make.application(day, business))
    allocate_day(day, seed="jumat-12", by=petugas, via="admin")
    return [BoothPlace.objects.get(pk=place.pk) for place in places]


def read(client, place) -> str:
    """The page as text, without its tags."""
    client.force_login(place.business.owner)
    page = client.get(f"/saya/jbl/{place.pk}/").content.decode()
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def test_who_is_in_reads_by_which_door(client, line) -> None:
    text = read(client, line[0])

    assert "Anda di urutan 1 karena: 0 kali ikut dalam 12 bulan, belum pernah ikut" in text
    assert "Masuk lewat tempat tanpa kuota (2 tempat)." in text
    assert "kemungkinan besar" not in text
    assert "Perkiraan giliran" not in text


def test_who_waits_reads_how_many_are_before_her_and_how_soon_it_is_her_turn(client, line) -> None:
    text = read(client, line[3])

    assert "Daftar tunggu nomor 2" in text
    assert "Anda di urutan 2 karena: 3 kali ikut dalam 12 bulan" in text
    assert "Di antrean umum, tanpa kuota (2 tempat)." in text
    # Usaha 2 waits before her; Usaha 0 and 1 come before her even with one place more.
    assert "sekitar 2 edisi lagi, dengan 3 penjual di depan Anda untuk 2 tempat" in text


def test_the_next_in_line_is_likely_in_the_next_edition(client, day, siti, petugas) -> None:
    places = [
        make.application(day, make.business(siti, name=f"Usaha {number}")) for number in range(3)
    ]
    allocate_day(day, seed="jumat-12", by=petugas, via="admin")
    waiting = BoothPlace.objects.get(status=PlaceStatus.WAITLISTED)

    text = read(client, waiting)

    # The two who are in have one place more than she has, so they are no longer before her.
    assert (
        "kemungkinan besar Anda mendapat tempat di edisi berikutnya: tidak ada yang menunggu"
        in text
    )
    assert len(places) == 3


def test_her_number_is_todays_and_not_that_of_the_allocation(client, line) -> None:
    line[2].status = PlaceStatus.CANCELLED
    line[2].save()

    text = read(client, line[3])

    assert "Daftar tunggu nomor 1" in text
    assert "Anda di urutan 1 karena" in text
    assert "2 penjual di depan Anda" in text


def test_who_took_an_offer_reads_that_she_came_from_the_list(client, day, line, siti) -> None:
    line[0].status = PlaceStatus.CANCELLED
    line[0].save()
    [offer] = offer_free_seats(day, by=None, via="jadwal")
    accept_offer(offer, by=siti, via="web")

    text = read(client, offer)

    assert "Dari daftar tunggu, urutan 1, karena: 2 kali ikut dalam 12 bulan" in text
    assert "Di antrean" not in text


def test_after_a_closed_list_she_still_reads_when_it_is_her_turn(client, line) -> None:
    line[2].status = PlaceStatus.CLOSED
    line[2].save()

    # Usaha 0 comes before her even with one place more; Usaha 1 is even with her, and she waits.
    assert "kemungkinan besar Anda mendapat tempat di edisi berikutnya: 1 penjual" in read(
        client, line[2]
    )


@pytest.fixture
def two_quotas(day, siti, petugas):
    """Four businesses of two kecamatan with a seat each: the last one is alone in her line."""
    here, there = make.kelurahan("Cipedak"), make.kelurahan("Manggarai")
    make.quota(day.event, 1, kecamatan=here.kecamatan)
    make.quota(day.event, 1, kecamatan=there.kecamatan)
    for number in range(4):
        business = make.business(siti, name=f"Usaha {number}", kelurahan=[here, there][number % 2])
        past(business, number)
        make.application(day, business)
    allocate_day(day, seed="jumat-12", by=petugas, via="admin")
    return day, day.places.get(business__name="Usaha 3")


def test_sellers_of_another_quota_are_not_before_her(client, two_quotas) -> None:
    text = read(client, two_quotas[1])

    assert "Di antrean kuota Anda (1 tempat)." in text
    assert "sekitar 2 edisi lagi, dengan 1 penjual di depan Anda untuk 1 tempat" in text


def test_page_and_letter_name_the_number_in_the_line_of_her_quota(client, two_quotas) -> None:
    last = two_quotas[1]
    tell_turns_job.call([last.pk])

    text = read(client, last)

    assert "Daftar tunggu nomor 1 " in text
    assert "Anda di urutan 1 karena" in text
    letter = Notice.objects.about(last).get(purpose="jbl_waitlisted")
    assert letter.subject.startswith("Daftar tunggu no. 1:")


def test_once_the_pool_is_open_her_number_counts_all_who_wait(
    client, two_quotas, time_machine
) -> None:
    day, last = two_quotas
    time_machine.move_to(timezone.now() + timedelta(days=6))
    open_pool(day, by=None, via="jadwal")

    assert "Daftar tunggu nomor 2 " in read(client, last)


def test_her_lot_can_be_worked_out_from_what_the_page_shows(client, line) -> None:
    text = read(client, line[4])

    code = re.search(r"Kode undian usaha (\d+)", text)
    shown = re.search(r"Hasil undian ([0-9a-f]{12})…", text)
    assert code
    assert shown
    assert "Angka acak hari itu jumat-12" in text
    worked_out = hashlib.sha256(f"jumat-12:{code[1]}".encode()).hexdigest()
    assert worked_out.startswith(shown[1])


def test_the_offer_stands_above_her_turn_and_her_papers_below(client, day, line) -> None:
    line[0].status = PlaceStatus.CANCELLED
    line[0].save()
    [offer] = offer_free_seats(day, by=None, via="jadwal")

    text = read(client, offer)

    order = [text.index(words) for words in ("Saya ikut", "Giliran Anda", "NIB belum diunggah")]
    assert order == sorted(order)


def test_a_later_place_of_hers_is_no_wait_since_a_day_to_come(client, day, siti, petugas) -> None:
    business = make.business(siti)
    later = make.jbl_day(day.date + timedelta(days=7))
    make.application(later, business, status=PlaceStatus.ACCEPTED)
    place = make.application(day, business)
    allocate_day(day, seed="jumat-12", by=petugas, via="admin")
    place.refresh_from_db()
    assert place.explanation["since"] == day.date.isoformat()

    text = read(client, place)

    assert "menunggu sejak" not in text
    assert "1 kali ikut dalam 12 bulan" in text


@pytest.mark.parametrize("hour", [0, 3, 6, 7, 23])
def test_her_wait_begins_on_the_day_it_was_in_jakarta(client, day, batik, petugas, hour) -> None:
    asked = timezone.localtime() - timedelta(days=3)
    asked = asked.replace(hour=hour, minute=30)
    place = make.application(day, batik, applied_at=asked)

    allocate_day(day, seed="jumat-12", by=petugas, via="admin")

    place.refresh_from_db()
    assert place.explanation["since"] == asked.date().isoformat()


def test_nothing_is_said_before_anybody_worked_it_out(client, day, batik) -> None:
    text = read(client, make.application(day, batik))

    assert "Giliran Anda" not in text


def test_as_many_questions_for_six_in_line_as_for_three(
    client, line, siti, django_assert_max_num_queries
) -> None:
    client.force_login(siti)
    for place in (line[2], line[5]):
        with django_assert_max_num_queries(15):
            client.get(f"/saya/jbl/{place.pk}/")
