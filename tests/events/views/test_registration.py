"""Signing up: a guest with name and phone, an owner with one tap, and twice is once."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from events.choices import RegistrationStatus
from events.models import Registration
from members.choices import ApplicationStatus
from tests import make

JAKARTA = ZoneInfo("Asia/Jakarta")
pytestmark = pytest.mark.django_db


@pytest.fixture
def training(db):
    return make.event(capacity=2)


def sign_up_url(event) -> str:
    return reverse("events:sign_up", args=[event.slug])


def fill_in(client, event, /, **values):
    """Open the form and send it, as a browser does."""
    form = client.get(sign_up_url(event)).context["form"]
    data = {
        "name": "Ani Wijaya",
        "phone": "0812 3456 7890",
        "kecamatan": "luar",
        "kunci": form["kunci"].value(),
        **values,
    }
    return client.post(sign_up_url(event), data)


def test_a_guest_signs_up_and_sees_the_place(client, training) -> None:
    response = fill_in(client, training, kecamatan="31.74.01")

    registration = Registration.objects.get()
    assert response.status_code == 302
    assert response.url == f"/peserta/{registration.token}/"
    assert (registration.phone, registration.kecamatan_id) == ("+6281234567890", "31.74.01")
    page = client.get(response.url).content.decode()
    assert "Anda terdaftar" in page
    assert "Ani Wijaya" in page
    assert "0812" not in page.split("<main")[1].split("</main>")[0]
    assert 'content="noindex"' in page


def test_a_double_press_ends_on_the_same_page(client, training) -> None:
    key = client.get(sign_up_url(training)).context["form"]["kunci"].value()

    first = fill_in(client, training, kunci=key)
    second = fill_in(client, training, kunci=key)

    assert first.url == second.url
    assert Registration.objects.count() == 1


def test_another_persons_number_opens_nothing(client, training) -> None:
    fill_in(client, training)
    token = Registration.objects.get().token

    for key in ({}, {"kunci": ""}, {"kunci": "salah"}, {"kunci": "W10:1:x"}):
        response = fill_in(client, training, name="Penasaran", **key)
        page = response.content.decode()
        assert response.status_code == 200
        assert "Nomor ini sudah terdaftar sejak" in page
        assert token not in page
        assert "Ani Wijaya" not in page
    assert Registration.objects.get().name == "Ani Wijaya"


def test_back_and_a_second_person_from_the_same_form(client, training) -> None:
    key = client.get(sign_up_url(training)).context["form"]["kunci"].value()
    fill_in(client, training, kunci=key)

    response = fill_in(client, training, kunci=key, name="Adik", phone="081300000001")

    assert response.status_code == 302
    assert Registration.objects.values("token").distinct().count() == 2


def test_when_full_the_guest_waits_and_sees_the_number(client, training) -> None:
    for number in range(2):
        make.registration(training, name="Tamu", phone=f"+628120000000{number}")
    assert "(sekarang 0 orang)" in client.get(sign_up_url(training)).content.decode()

    page = client.get(fill_in(client, training).url).content.decode()

    assert "Anda di daftar tunggu nomor 1" in page


def test_cancelling_frees_the_seat_and_needs_a_press(client, training) -> None:
    place = fill_in(client, training).url

    assert client.get(f"{place}batal/").status_code == 405
    assert Registration.objects.get().status == RegistrationStatus.REGISTERED
    response = client.post(f"{place}batal/", follow=True)

    assert "Tempat Anda sudah dibatalkan" in response.content.decode()
    assert not training.registrations.standing().exists()
    assert client.post(f"{place}batal/").status_code == 302


def test_an_altered_link_is_not_found(client, training) -> None:
    token = make.registration(training, name="Ani", phone="+6281200000001").token
    altered = ("B" if token[0] == "A" else "A") + token[1:]

    for wrong in (altered, token[:-1], token + "A", token.swapcase() + "-", "x"):
        assert client.get(f"/peserta/{wrong}/").status_code == 404, wrong
        assert client.post(f"/peserta/{wrong}/batal/").status_code == 404
    assert client.get(f"/peserta/{token}/").status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "D'Arcy O’Neil",
        "Ḥusain أحمد",
        "王小明",
        "Ani 😀",
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "=1+1",
        "A" * 100,
    ],
)
def test_names_are_kept_and_never_run(client, training, name) -> None:
    page = client.get(fill_in(client, training, name=name).url).content.decode()

    assert Registration.objects.get().name == name
    assert "<script>alert" not in page
    assert ">49<" not in page


def test_invisible_marks_are_taken_out(client, training) -> None:
    fill_in(client, training, name="  Ani\x00\u202e \u200b Wi\r\nBcc: x@y.z")

    assert Registration.objects.get().name == "Ani Wi Bcc: x@y.z"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "Tulis nama Anda."),
        ({"name": "\u200b\x00"}, "Tulis nama Anda."),
        ({"name": "A" * 101}, "Paling banyak 100 huruf."),
        ({"phone": ""}, "Nomor HP harus diawali 08 atau +62"),
        ({"phone": "021 555 1234"}, "Nomor HP harus diawali 08 atau +62"),
        ({"phone": "0812"}, "Nomor HP harus diawali 08 atau +62"),
        ({"phone": "9" * 5000}, "Nomor HP harus diawali 08 atau +62"),
        ({"kecamatan": ""}, "Pilih kecamatan"),
        ({"kecamatan": "99.99.99"}, "Pilih kecamatan"),
    ],
)
def test_a_wrong_field_is_a_sentence_and_nothing_is_lost(
    client, training, values, sentence
) -> None:
    response = fill_in(client, training, **values)

    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "Kesalahan:" in page
    if "phone" not in values:
        assert "0812 3456 7890" in page
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    "phone", ["081234567890", "+62 812-3456-7890", "62812 3456 7890", "٠٨١٢٣٤٥٦٧٨٩٠"]
)
def test_every_way_to_write_a_number_is_one_number(client, training, phone) -> None:
    fill_in(client, training, phone=phone)

    assert Registration.objects.get().phone == "+6281234567890"


def test_extra_fields_change_nothing(client, training, batik) -> None:
    fill_in(client, training, status="cancelled", token="saya", event="9", business=batik.pk)

    registration = Registration.objects.get()
    assert (registration.status, registration.business) == ("registered", None)
    assert registration.token != "saya"


def test_an_owner_comes_with_one_tap(client, siti, batik, training) -> None:
    client.force_login(siti)
    page = client.get(sign_up_url(training))
    assert "Nama lengkap" not in page.content.decode()

    response = client.post(sign_up_url(training), {"business": batik.pk})
    again = client.post(sign_up_url(training), {"business": batik.pk})

    assert response.url == again.url
    assert Registration.objects.get().business == batik
    mine = client.get("/saya/jbl/").content.decode()
    assert training.name in mine


def test_an_owner_cannot_send_anothers_business(client, siti, batik, budi, training) -> None:
    other = make.business(budi, name="Warung Budi")
    client.force_login(siti)

    response = client.post(sign_up_url(training), {"business": other.pk})

    assert "Pilih usaha yang ikut." in response.content.decode()
    assert not Registration.objects.exists()


def test_an_owner_still_waiting_for_approval_comes_as_a_guest(client, siti, training) -> None:
    make.business(siti, status=ApplicationStatus.SUBMITTED)
    client.force_login(siti)

    assert fill_in(client, training).status_code == 302
    assert Registration.objects.get().business is None


def test_a_door_that_closed_meanwhile_says_so(client, training) -> None:
    form = client.get(sign_up_url(training)).context["form"]
    training.status = "closed"
    training.save()

    response = client.post(
        sign_up_url(training),
        {
            "name": "Ani",
            "phone": "081234567890",
            "kecamatan": "luar",
            "kunci": form["kunci"].value(),
        },
    )

    assert "Pendaftaran sudah ditutup." in response.content.decode()


def test_a_script_is_stopped_and_the_neighbours_get_in(client, fresh_limits) -> None:
    event = make.event()

    def come(number: int, address: str):
        return client.post(
            sign_up_url(event),
            {"name": "Ani", "phone": f"08120000{number:04}", "kecamatan": "luar"},
            REMOTE_ADDR=address,
        )

    assert {come(number, "10.0.0.1").status_code for number in range(30)} == {302}
    stopped = come(31, "10.0.0.1")
    assert stopped.status_code == 429
    assert "Coba 1 jam lagi" in stopped.content.decode()
    assert come(32, "10.0.0.2").status_code == 302


def test_own_booths_cost_the_same_for_one_and_three(
    client, siti, batik, django_assert_max_num_queries
) -> None:
    client.force_login(siti)

    def add(days: int) -> None:
        make.place(make.jbl_day(timezone.localdate() + timedelta(days=days)), batik)
        make.registration(make.event(), business=batik)

    def count() -> int:
        with django_assert_max_num_queries(15) as queries:
            assert b"A07" in client.get("/saya/jbl/").content
        return len(queries)

    add(1)
    before = count()
    add(2)
    add(-3)
    assert count() == before


def test_budi_sees_nothing_of_sitis_booths(client, budi, batik) -> None:
    make.place(make.jbl_day(), batik)
    client.force_login(budi)

    page = client.get("/saya/jbl/").content.decode()

    assert "Batik Siti" not in page
    assert "Belum ada lapak untuk Anda" in page
