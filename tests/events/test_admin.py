"""The staff's desk: an edition from nothing to sellers in their booths."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.admin.event import MOST_DAYS
from events.choices import EventKind, EventStatus
from events.models import BoothPlace, Event
from tests import make
from umkm_portal.audit.models import AuditEntry
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def form_data(**values):
    day = TODAY() + timedelta(days=3)
    return {
        "kind": "jbl",
        "name": "Jumat Beli Lokal Edisi 9",
        "slug": "",
        "summary": "",
        "description": "",
        "venue": "Plaza Kantor Wali Kota",
        "address": "Jl. Prapanca Raya No. 9",
        "kecamatan": "",
        "map_url": "https://peta.example/",
        "organiser": "",
        "tags": "kuliner,kriya",
        "needs_sign_up": "on",
        "capacity": "",
        "sign_up_closes_at_0": "",
        "sign_up_closes_at_1": "",
        "online_url": "",
        "target_omzet": "Rp150.000.000",
        "result_omzet": "",
        "result_pieces": "",
        "days-TOTAL_FORMS": "1",
        "days-INITIAL_FORMS": "0",
        "days-0-date": f"{day:%d/%m/%Y}",
        "days-0-set_up_at": "07:30",
        "days-0-opens_at": "09:00",
        "days-0-closes_at": "16:00",
        "days-0-break_from": "11:30",
        "days-0-break_to": "13:00",
        "edition-TOTAL_FORMS": "0",
        "edition-INITIAL_FORMS": "0",
        **values,
    }


def test_petugas_writes_an_edition_with_a_day(client, petugas) -> None:
    client.force_login(petugas)

    response = client.post(reverse("admin:events_event_add"), form_data())

    assert response.status_code == 302, response.context["adminform"].form.errors
    edition = Event.objects.get()
    assert (edition.slug, edition.target_omzet) == ("jumat-beli-lokal-edisi-9", 150_000_000)
    assert not edition.needs_sign_up
    assert not edition.published
    assert edition.days.get().break_from.hour == 11
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {
        "event.made",
        "event.day_added",
    }


@pytest.mark.parametrize(("count", "saved"), [(14, True), (15, False)])
def test_a_market_has_two_weeks_of_days_at_most(client, petugas, count, saved) -> None:
    client.force_login(petugas)
    first = timezone.localdate() + timedelta(days=7)
    typed = {"days-TOTAL_FORMS": str(count)}
    for number in range(count):
        typed |= {
            f"days-{number}-date": f"{first + timedelta(days=number):%d/%m/%Y}",
            f"days-{number}-opens_at": "09.00",
            f"days-{number}-closes_at": "16.00",
        }

    page = client.post(reverse("admin:events_event_add"), form_data(**typed))

    assert Event.objects.exists() == saved
    assert saved or "Satu edisi JBL paling banyak 14 hari." in page.content.decode()


def test_hours_the_wrong_way_round_are_a_sentence(client, petugas) -> None:
    client.force_login(petugas)

    response = client.post(
        reverse("admin:events_event_add"), form_data(**{"days-0-closes_at": "08:00"})
    )

    assert response.status_code == 200
    assert "Jam tutup harus sesudah jam buka" in response.content.decode()
    assert not Event.objects.exists()


@pytest.mark.parametrize("claimed", ["2000", "9" * 60, "٣١٧٤"])
def test_a_form_that_claims_thousands_of_days_is_answered_at_once(client, petugas, claimed) -> None:
    client.force_login(petugas)
    typed = form_data(**{"days-TOTAL_FORMS": claimed})

    response = client.post(reverse("admin:events_event_add"), typed)

    assert response.status_code == 200
    (days,) = response.context["inline_admin_formsets"]
    assert len(days.formset.forms) <= MOST_DAYS
    assert not Event.objects.exists()


def test_status_and_publication_cannot_be_posted(client, petugas) -> None:
    client.force_login(petugas)

    client.post(
        reverse("admin:events_event_add"),
        form_data(published="on", status="cancelled", cancel_reason="x"),
    )

    assert Event.objects.get().status == EventStatus.PLANNED
    assert not Event.objects.get().published


def test_a_name_used_before_gets_another_address(client, petugas) -> None:
    client.force_login(petugas)
    for _time in range(3):
        client.post(reverse("admin:events_event_add"), form_data())

    assert Event.objects.values("slug").distinct().count() == 3


def test_buttons_decide_and_links_do_not(client, petugas) -> None:
    event = make.event(published=False, status=EventStatus.PLANNED)
    client.force_login(petugas)

    def press(word: str) -> Event:
        url = reverse(f"admin:events_event_{word}", args=[event.pk])
        assert client.get(url).status_code == 405
        client.post(url)
        return Event.objects.get()

    assert press("tampilkan").published
    assert press("buka").status == EventStatus.OPEN
    assert press("tutup").status == EventStatus.CLOSED
    assert not press("sembunyikan").published


def test_calling_off_asks_for_a_reason(client, petugas) -> None:
    event = make.event()
    client.force_login(petugas)
    url = reverse("admin:events_event_batalkan", args=[event.pk])

    assert "Tulis alasan pembatalan." in client.post(url, {"reason": " "}).content.decode()
    client.post(url, {"reason": "Ruang <b>bocor</b>"})

    event.refresh_from_db()
    assert event.status == EventStatus.CANCELLED
    page = client.get(event.get_absolute_url()).content.decode()
    assert "Ruang &lt;b&gt;bocor&lt;/b&gt;" in page


def test_a_day_is_moved_on_its_own_page(client, petugas, batik) -> None:
    day = make.jbl_day()
    make.place(day, batik)
    client.force_login(petugas)
    url = reverse("admin:events_day_pindah", args=[day.pk])
    later = day.date + timedelta(days=7)

    bad = client.post(url, {"date": "32/13/2026", "opens_at": "09.00", "closes_at": ""})
    assert bad.status_code == 200
    client.post(url, {"date": f"{later:%d/%m/%Y}", "opens_at": "09:00", "closes_at": "15:00"})

    moved_from = day.date
    day.refresh_from_db()
    assert (day.date, day.moved_from) == (later, moved_from)
    assert Notice.objects.get(recipient=batik.owner).subject.startswith("PERUBAHAN:")


def test_what_may_stay_empty_says_so(client, petugas) -> None:
    client.force_login(petugas)

    page = client.get(reverse("admin:events_event_add")).text

    for label in ("Kecamatan", "Kata kunci", "Jumlah tempat", "Pendaftaran ditutup"):
        assert f"{label} (tidak wajib)" in page


def test_date_and_hours_of_a_known_day_are_not_edited(client, petugas) -> None:
    day = make.jbl_day()
    client.force_login(petugas)
    url = reverse("admin:events_event_change", args=[day.event_id])

    client.post(
        url,
        form_data(
            **{
                "days-INITIAL_FORMS": "1",
                "days-0-id": str(day.pk),
                "days-0-event": str(day.event_id),
                "days-0-set_up_at": "06:00",
                "days-0-closes_at": "22:00",
            }
        ),
    )

    before = day.date
    day.refresh_from_db()
    assert (day.date, day.closes_at.hour, day.set_up_at.hour) == (before, 16, 6)


def test_lists_cost_the_same_for_one_and_three(
    client, petugas, batik, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    client.force_login(petugas)
    names = ["event", "registration", "booth", "boothplace"]
    urls = [reverse(f"admin:events_{name}_changelist") for name in names]

    def fill(number: int) -> None:
        day = make.jbl_day()
        make.place(day, batik, f"A0{number}")
        training = make.event()
        make.registration(training, business=batik)
        make.registration(training, name="Tamu", phone="+6281200000001")

    def count(url: str) -> int:
        with django_assert_max_num_queries(12) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    fill(1)
    before = [count(url) for url in urls]
    fill(2)
    fill(3)
    assert [count(url) for url in urls] == before
    event = Event.objects.filter(kind=EventKind.TRAINING).first()
    with django_assert_max_num_queries(12):
        client.get(reverse("admin:events_event_peserta", args=[event.pk]))


def test_who_is_coming_is_shown_to_print_and_can_be_cancelled(client, petugas, batik) -> None:
    event = make.event(capacity=1)
    first = make.registration(event, business=batik)
    make.registration(event, name="Bu <Ani>", phone="+6281200000001", status="waitlisted")
    client.force_login(petugas)

    page = client.get(reverse("admin:events_event_peserta", args=[event.pk])).content.decode()
    assert "Bu &lt;Ani&gt;" in page
    assert "0812-0000-0001" in page
    url = reverse("admin:events_registration_change", args=[first.pk])
    assert "Batalkan tempat ini" in client.get(url).content.decode()
    client.post(reverse("admin:events_registration_batalkan", args=[first.pk]))

    assert event.registrations.offered().get().name == "Bu <Ani>"


@pytest.mark.parametrize("role", ["kurator", "sekretariat", "bendahara", "siti"])
def test_others_have_no_business_here(client, request, role) -> None:
    day = make.jbl_day()
    client.force_login(request.getfixturevalue(role))
    event = day.event_id

    urls = [
        reverse("admin:events_event_changelist"),
        reverse("admin:events_registration_changelist"),
        reverse("admin:events_event_batalkan", args=[event]),
        reverse("admin:events_event_tampilkan", args=[event]),
        reverse("admin:events_event_peserta", args=[event]),
        reverse("admin:events_day_lapak", args=[day.pk]),
        reverse("admin:events_day_pindah", args=[day.pk]),
    ]

    assert {client.get(url).status_code for url in urls} <= {302, 403}
    assert client.post(urls[3]).status_code in {302, 403}
    assert BoothPlace.objects.count() == 0


def test_nothing_is_deleted_by_hand(client, petugas) -> None:
    event = make.event()
    client.force_login(petugas)

    assert client.get(reverse("admin:events_event_delete", args=[event.pk])).status_code == 403
    assert client.get(reverse("admin:events_event_change", args=[event.pk])).status_code == 200
