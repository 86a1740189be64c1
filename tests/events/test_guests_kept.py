"""Guests are forgotten a year after the event; officers of one kecamatan see their own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.actions.certificates import issue_certificates
from events.actions.guests import GUESTS_KEPT, forget_guests
from events.choices import RegistrationStatus
from events.models import Registration
from members.choices import Role
from members.models import Kecamatan
from tests import make
from umkm_portal.audit.models import AuditEntry
from umkm_portal.notices.actions import Guest, send_to_guest
from umkm_portal.notices.models import Notice
from umkm_portal.retention import tidy

CLOCK = {"by": None, "via": "jadwal"}


def day_of(event):
    return event.days.get().date


@pytest.fixture
def ani(db) -> Registration:
    """She was there, has a certificate and got a letter."""
    training = make.training()
    seat = make.registration(
        training,
        name="Ani Wijaya",
        phone="+6281200000001",
        email="ani@contoh.example",
        kecamatan=Kecamatan.objects.get(slug="tebet"),
    )
    make.attendance(seat)
    guest = Guest(seat.name, email=seat.email, phone=seat.phone)
    send_to_guest("event_registered", to=guest, about=seat, event=training, days=[], turn=None)
    return seat


def old(registration: Registration) -> None:
    Registration.objects.filter(pk=registration.pk).update(
        registered_at=timezone.now() - timedelta(days=3)
    )


def test_a_year_later_nothing_says_who_she_was(ani) -> None:
    old(ani)
    last = day_of(ani.event) + GUESTS_KEPT

    assert forget_guests(on=last, **CLOCK) == 0
    assert forget_guests(on=last + timedelta(days=1), **CLOCK) == 1
    assert forget_guests(on=last + timedelta(days=2), **CLOCK) == 0

    ani.refresh_from_db()
    assert (ani.name, ani.phone, ani.email) == ("", "", "")
    assert str(ani) == "Tamu (data dihapus)"
    assert (ani.kecamatan.slug, ani.attendances.count()) == ("tebet", 1)
    assert not Notice.objects.exists()
    entry = AuditEntry.objects.get(verb="event.guests_forgotten")
    assert (entry.via, entry.data) == ("jadwal", {"count": 1})


def test_her_certificate_still_vouches_for_the_name_on_it(ani, client) -> None:
    (certificate,) = issue_certificates(ani.event, **CLOCK)
    old(ani)

    forget_guests(on=day_of(ani.event) + GUESTS_KEPT + timedelta(days=1), **CLOCK)

    assert b"Ani Wijaya" in client.get(certificate.get_absolute_url()).content
    assert b"Ani Wijaya" not in client.get(ani.get_absolute_url()).content


def test_who_is_forgotten_gets_no_paper_without_a_name(ani) -> None:
    old(ani)
    forget_guests(on=day_of(ani.event) + GUESTS_KEPT + timedelta(days=1), **CLOCK)

    assert issue_certificates(ani.event, **CLOCK) == []


def test_a_course_is_over_on_its_last_day_and_businesses_stay(batik) -> None:
    today = timezone.localdate()
    course = make.event(days=[today - timedelta(days=400), today - timedelta(days=100)])
    make.registration(course, name="Ani", phone="+6281200000001")
    past = make.event(days=[today - timedelta(days=400)])
    siti = make.registration(past, business=batik)
    Registration.objects.update(registered_at=timezone.now() - timedelta(days=500))

    assert forget_guests(on=today, **CLOCK) == 0
    assert str(Registration.objects.get(pk=siti.pk)) == "Batik Siti"


def test_it_goes_by_itself_every_day(ani) -> None:
    old(ani)
    ani.event.days.update(date=timezone.localdate() - GUESTS_KEPT - timedelta(days=1))
    Registration.objects.update(registered_at=timezone.now() - GUESTS_KEPT - timedelta(days=9))

    assert tidy(timezone.now())["guests of events"] == 1


# Who sees whom


@pytest.fixture
def near(db, batik):
    """Batik Siti of Jagakarsa; Ani of Tebet; Ina from elsewhere, who waits."""
    event = make.training(slug="foto-produk")
    tebet = Kecamatan.objects.get(slug="tebet")
    make.registration(event, business=batik)
    make.registration(event, name="Ani", phone="+6281200000001", kecamatan=tebet)
    make.registration(
        event, name="Ina", phone="+6281200000002", status=RegistrationStatus.WAITLISTED
    )
    return event


def officer(slug: str):
    return make.staff(slug, Role.PETUGAS, kecamatan=Kecamatan.objects.get(slug=slug))


@pytest.mark.parametrize(
    ("slug", "names"),
    [("tebet", ["Ani"]), ("jagakarsa", ["Batik Siti"]), ("pancoran", [])],
)
def test_an_officer_of_one_kecamatan_sees_her_own(client, near, slug, names) -> None:
    client.force_login(officer(slug))

    asked = client.get(reverse("admin:events_event_peserta", args=[near.pk])).context["asked"]
    results = client.get(reverse("admin:events_event_hasil", args=[near.pk])).context

    assert [str(row.registration) for row in asked.registered] == names
    assert asked.waiting == []
    assert [str(row.registration) for row in results["presences"]] == names
    for row in near.registrations.all():
        status = 200 if str(row) in names else 404
        page = reverse("admin:events_registration_change", args=[row.pk])
        assert client.get(page).status_code == status
        if status == 404:
            cancel = reverse("admin:events_registration_batalkan", args=[row.pk])
            assert client.post(cancel).status_code == 404


def test_at_an_event_of_her_kecamatan_she_sees_everybody(client, near) -> None:
    near.kecamatan = Kecamatan.objects.get(slug="pancoran")
    near.save()
    client.force_login(officer("pancoran"))

    asked = client.get(reverse("admin:events_event_peserta", args=[near.pk])).context["asked"]

    assert (len(asked.registered), len(asked.waiting)) == (2, 1)


def test_the_officer_of_the_city_sees_everybody(client, near, petugas) -> None:
    client.force_login(petugas)

    asked = client.get(reverse("admin:events_event_peserta", args=[near.pk])).context["asked"]

    assert (len(asked.registered), len(asked.waiting)) == (2, 1)
