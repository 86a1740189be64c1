"""The phone at the door: three letters, one tap, and everybody else meets a 404."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from events.choices import RegistrationStatus
from events.models import Attendance, Registration
from members.models import KadinMembership, Owner
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(db):
    """All of today, so that the door is open whenever the tests run."""
    training = make.training(days=[timezone.localdate()], name="Foto produk")
    training.days.update(opens_at=time(0), closes_at=time(23, 59))
    return training.days.get()


@pytest.fixture
def door(client, petugas, day) -> str:
    client.force_login(petugas)
    return reverse("events:attendance", args=[day.pk])


def guest(day, name: str = "Ani Wijaya", number: int = 1, **values) -> Registration:
    return make.registration(day.event, name=name, phone=f"+6281200000{number:03}", **values)


def test_one_tap_and_the_next_page_says_so(client, door, day, petugas) -> None:
    mine = guest(day)
    assert "0</strong> dari 1 hadir" in client.get(door).content.decode()

    page = client.post(door, {"siapa": mine.pk, "apa": "hadir"}, follow=True).content.decode()

    assert "Ani Wijaya dicatat hadir." in page
    assert "1</strong> dari 1 hadir" in page
    assert Attendance.objects.get().marked_by == petugas
    page = client.post(door, {"siapa": mine.pk, "apa": "batal"}, follow=True).content.decode()
    assert "tidak lagi tercatat hadir" in page
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("ani", {"Ani Wijaya"}),
        ("BATIK", {"Batik Siti"}),
        ("amin", {"Batik Siti"}),
        ("0001", {"Ani Wijaya"}),
        ("0812-0000-0001", {"Ani Wijaya"}),
        ("xyz", set()),
        ("%%%", set()),
    ],
)
def test_three_letters_or_the_end_of_a_number_find_her(client, door, day, batik, q, found) -> None:
    Owner.objects.filter(user=batik.owner).update(full_name="Siti Aminah")
    guest(day)
    guest(day, "Budi", 2)
    make.registration(day.event, business=batik)

    rows = client.get(door, {"q": q}).context["door"].rows

    assert {row.name for row in rows} == found


def test_a_scanned_card_or_place_is_a_search_too(client, door, day, batik) -> None:
    member = KadinMembership.objects.create(
        business=batik, card_code="AB23CD45EF", requested_at=timezone.now()
    )
    mine = make.registration(day.event, business=batik)
    guest(day)

    for scanned in (
        member.card_code.lower(),
        f"http://x/cek/{member.card_code}/",
        f"http://x/peserta/{mine.token}/",
    ):
        rows = client.get(door, {"q": scanned}).context["door"].rows
        assert [row.key for row in rows] == [mine.pk], scanned


def test_two_letters_or_nonsense_show_everybody(client, door, day) -> None:
    guest(day)
    for asked in ({"q": "an"}, {"tampil": "semua"}, {"q": "x" * 500}):
        assert len(client.get(door, asked).context["door"].rows) == 1, asked


def test_who_is_missing_and_who_is_there(client, door, day) -> None:
    there, missing = guest(day), guest(day, "Budi", 2)
    make.attendance(there, day)

    for shown, expected in (("hadir", [there]), ("belum", [missing]), ("", [missing, there])):
        rows = client.get(door, {"tampil": shown}).context["door"].rows
        assert [row.key for row in rows] == [each.pk for each in expected], shown


def test_who_waits_is_found_by_name_and_let_in(client, door, day) -> None:
    waiting = guest(day, status=RegistrationStatus.WAITLISTED)
    assert client.get(door).context["door"].rows == []
    assert "Beri tempat" in client.get(door, {"q": "ani"}).content.decode()

    client.post(door, {"siapa": waiting.pk, "apa": "masuk"})

    waiting.refresh_from_db()
    assert waiting.status == RegistrationStatus.REGISTERED
    assert Attendance.objects.exists()


def test_a_guest_in_one_form(client, door, day) -> None:
    page = client.post(f"{door}tamu/", {"name": "", "phone": "12"}).content.decode()
    assert "Tulis nama tamu." in page
    assert not Registration.objects.exists()

    response = client.post(f"{door}tamu/", {"name": "Ina", "phone": "0812 3456 7890"}, follow=True)

    assert "Ina dicatat hadir." in response.content.decode()
    assert Attendance.objects.get().registration.name == "Ina"


def test_a_full_room_says_so_in_the_form(client, door, day) -> None:
    day.event.capacity = 1
    day.event.save()
    make.attendance(guest(day), day)

    page = client.post(f"{door}tamu/", {"name": "Ina", "phone": "0812 3456 7890"}).content.decode()

    assert "Ruangan penuh: 1 orang sudah hadir." in page


def test_afterwards_only_with_the_permission_and_a_reason(client, door, day, petugas) -> None:
    mine = guest(day)
    day.date = timezone.localdate() - timedelta(days=2)
    day.save()
    tap = {"siapa": mine.pk, "apa": "hadir", "alasan": "Dari daftar kertas"}

    page = client.post(door, tap, follow=True).content.decode()
    assert "Minta admin mengubahnya" in page
    assert not Attendance.objects.exists()
    petugas.user_permissions.add(Permission.objects.get(codename="correct_attendance"))
    assert "Alasan" in client.get(door).content.decode()
    client.post(door, {**tap, "alasan": ""})
    assert not Attendance.objects.exists()
    client.post(door, tap)
    assert Attendance.objects.get().late_reason == "Dari daftar kertas"


@pytest.mark.parametrize("who", ["kurator", "sekretariat", "bendahara", "siti"])
def test_nobody_else_finds_the_door(client, day, who, request) -> None:
    client.force_login(request.getfixturevalue(who))
    mine = guest(day)
    for path in (f"/petugas/hadir/{day.pk}/", f"/petugas/hadir/{day.pk}/tamu/"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"siapa": mine.pk, "apa": "hadir"}).status_code == 404
    assert not Attendance.objects.exists()


def test_somebody_of_another_event_is_nobody_here(client, door) -> None:
    other = make.registration(make.event(), name="Ani", phone="+628120000001")

    assert client.post(door, {"siapa": other.pk, "apa": "hadir"}).status_code == 404
    for nonsense in ({}, {"siapa": "x", "apa": "hadir"}, {"siapa": other.pk, "apa": "hapus"}):
        assert client.post(door, nonsense).status_code == 302
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_list_asks_no_more(
    client, door, day, count, django_assert_max_num_queries
) -> None:
    for number in range(count):
        make.attendance(guest(day, f"Tamu {number}", number), day)
    client.get(door)

    with django_assert_max_num_queries(9):
        assert len(client.get(door).context["door"].rows) == count


class TestThePlaceOfOne:
    def test_shows_its_code_to_its_holder(self, client, day) -> None:
        page = client.get(guest(day).get_absolute_url()).content.decode()

        assert "Kode untuk di pintu" in page
        assert 'class="qr"' in page
        assert "Untuk petugas" not in page

    def test_is_a_button_for_whoever_stands_at_the_door(self, client, door, day) -> None:
        mine = guest(day)

        page = client.get(mine.get_absolute_url()).content.decode()

        assert f'action="{door}"' in page
        assert f'value="{mine.pk}"' in page

    def test_has_neither_when_it_is_over_or_given_up(self, client, day) -> None:
        gone = guest(day, status=RegistrationStatus.CANCELLED, cancelled_at=timezone.now())
        past = make.registration(
            make.event(days=[timezone.localdate() - timedelta(days=1)]),
            name="Ani",
            phone="+628120000001",
        )
        for registration in (gone, past):
            assert "pintu" not in client.get(registration.get_absolute_url()).content.decode()
