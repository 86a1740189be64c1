"""Quotas and turns at the desk, and what everybody may read of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions.allocation import allocate_day
from events.actions.quotas import Scope, set_quotas
from events.choices import EventStatus
from events.models import Quota
from members.choices import Role
from members.models import Kecamatan, Office
from tests import make
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused


@pytest.fixture
def day(db):
    day = make.jbl_day(timezone.localdate() + timedelta(days=10))
    make.edition(day.event, seats_per_day=2)
    return day


def asking(day, owner, count: int) -> None:
    for number in range(count):
        make.application(day, make.business(owner, name=f"Usaha {number}"))


def table(client, day) -> dict[str, str]:
    form = client.get(reverse("admin:events_event_kuota", args=[day.event_id])).context["form"]
    return {
        name: "" if field.initial is None else field.initial for name, field in form.fields.items()
    }


def test_the_table_of_quotas_is_written_at_once_and_read_back(client, day, petugas) -> None:
    client.force_login(petugas)
    office = Office.objects.in_use().order_by("short_name").first()
    url = reverse("admin:events_event_kuota", args=[day.event_id])
    form = client.get(url).context["form"]
    first = Kecamatan.objects.order_by("name").first()
    names = {scope: name for name, scope in form.scopes.items()}
    typed = table(client, day) | {
        names[Scope(first.pk, None, "kuliner")]: "3",
        names[Scope(None, office.pk, "")]: "2",
    }

    assert client.post(url, typed).status_code == 302

    kept = {(row.kecamatan_id, row.office_id, row.sector): row.seats for row in Quota.objects.all()}
    assert kept == {(first.pk, None, "kuliner"): 3, (None, office.pk, ""): 2}
    assert "0 dari 3 tempat" in client.get(url).content.decode()
    assert client.post(url, table(client, day)).status_code == 302
    assert AuditEntry.objects.filter(verb="event.quotas_set").count() == 1
    client.post(url, {**table(client, day), names[Scope(None, office.pk, "")]: ""})
    assert Quota.objects.count() == 1


def test_a_wrong_number_is_said_and_nothing_written(client, day, petugas) -> None:
    client.force_login(petugas)
    url = reverse("admin:events_event_kuota", args=[day.event_id])

    response = client.post(url, {**table(client, day), "q-0-": "-1"})

    assert response.status_code == 200
    page = response.content.decode()
    assert "<title>Kesalahan: Kuota" in page
    assert "Cilandak, Semua bidang: Tulis angka 0 sampai 500, atau kosongkan." in page
    assert not Quota.objects.exists()


def test_an_edition_that_was_called_off_takes_no_quota(day, petugas) -> None:
    day.event.status = EventStatus.CANCELLED
    day.event.cancelled_at, day.event.cancel_reason = timezone.now(), "Hujan"
    day.event.save()

    with pytest.raises(ActionRefused, match="dibatalkan"):
        set_quotas(day.event, {Scope(): 1}, by=petugas, via="admin")


def test_looking_first_writes_nothing_and_the_button_writes_what_was_seen(
    client, day, siti, petugas
) -> None:
    client.force_login(petugas)
    asking(day, siti, 3)
    url = reverse("admin:events_day_giliran", args=[day.pk])

    seen = client.get(url, {"seed": "bola-7"})
    assert "2 dari 2 tempat terisi" in seen.content.decode()
    assert not day.allocations.exists()
    promised = [row.place.pk for row in seen.context["turns"].seated]
    assert client.post(url, {"seed": "bola-7"}).status_code == 302

    assert sorted(day.places.standing().values_list("pk", flat=True)) == sorted(promised)
    after = client.get(url).content.decode()
    assert "bola-7" in after
    assert "0 kali ikut dalam 12 bulan" in after


def test_one_who_waits_is_let_in_with_a_reason_that_stands_beside_her(
    client, day, siti, petugas
) -> None:
    client.force_login(petugas)
    asking(day, siti, 3)
    waiting = list(day.places.order_by("pk"))
    for place in waiting[1:]:
        place.applied_at -= timedelta(days=3)
        place.save()
    url = reverse("admin:events_place_terima", args=[waiting[0].pk])

    unsaid = client.post(url, {"reason": " "}).content.decode()
    assert "<title>Kesalahan: Terima" in unsaid
    assert "Tulis alasan menerima di luar urutan." in unsaid
    assert client.post(url, {"reason": "Tuan rumah"}).status_code == 302

    page = client.get(reverse("admin:events_day_giliran", args=[day.pk])).content.decode()
    assert "Di luar urutan: Tuan rumah" in page
    allocate_day(day, seed="x", by=petugas, via="admin")
    refused = client.post(
        reverse("admin:events_place_terima", args=[day.places.get(status="waitlisted").pk]),
        {"reason": "Juga"},
    )
    assert "Semua 2 tempat hari ini sudah terisi." in refused.content.decode()


@pytest.mark.parametrize("role", [Role.KURATOR, Role.SEKRETARIAT, Role.BENDAHARA])
def test_who_does_not_run_the_market_may_not(client, day, siti, role) -> None:
    asking(day, siti, 1)
    client.force_login(make.staff("lain", role))
    for name, pk in [
        ("events_event_kuota", day.event_id),
        ("events_day_giliran", day.pk),
        ("events_place_terima", day.places.get().pk),
    ]:
        assert client.get(reverse(f"admin:{name}", args=[pk])).status_code == 403


def test_a_day_without_an_edition_says_so(client, petugas) -> None:
    client.force_login(petugas)
    page = client.get(reverse("admin:events_day_giliran", args=[make.jbl_day().pk]))

    assert "tidak menerima pendaftaran" in page.content.decode()


def test_everybody_reads_the_rules_the_seed_and_the_counts_and_no_name(
    client, day, siti, petugas
) -> None:
    make.quota(day.event, 2, sector="fashion")
    asking(day, siti, 3)
    allocate_day(day, seed="bola-7", by=petugas, via="admin")

    page = client.get(reverse("events:edition_turns", args=[day.event.slug])).content.decode()

    assert "bola-7" in page
    assert "yang paling lama menunggu" in page
    assert "Usaha" not in page.split("<main")[1].split("</main")[0].replace("usaha", "")
    hidden = make.jbl_day()
    assert client.get(reverse("events:edition_turns", args=[hidden.event.slug])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_three_as_for_one(
    client, day, siti, petugas, count, django_assert_max_num_queries
) -> None:
    client.force_login(petugas)
    asking(day, siti, count)
    with django_assert_max_num_queries(15):
        client.get(reverse("admin:events_day_giliran", args=[day.pk]))
    with django_assert_max_num_queries(15):
        client.get(reverse("admin:events_event_kuota", args=[day.event_id]))
    with django_assert_max_num_queries(8):
        Client().get(reverse("events:edition_turns", args=[day.event.slug]))


def test_staff_read_in_whose_line_each_waits_and_everybody_what_is_left(
    client, day, siti, petugas
) -> None:
    make.quota(day.event, 1, kecamatan=make.kelurahan().kecamatan)
    asking(day, siti, 2)
    far = make.business(siti, name="Usaha jauh", kelurahan=make.kelurahan("Manggarai"))
    for business in (far, make.business(siti, name="Lain", kelurahan=make.kelurahan("Manggarai"))):
        make.application(day, business)
    client.force_login(petugas)

    rows = client.get(reverse("admin:events_day_giliran", args=[day.pk])).context["turns"].waiting
    public = client.get(reverse("events:edition_turns", args=[day.event.slug])).content.decode()

    assert sorted(row.queue for row in rows) == ["Jagakarsa", "umum"]
    assert '<th scope="row">Semua, tanpa kuota</th><td>1</td>' in public
