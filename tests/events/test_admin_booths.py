"""The booths of an edition at the desk: put up, given to sellers, drawn as a plan."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from events.actions.allocation import preview_day
from events.actions.booth_plan import assign_booths
from events.models import BoothPlace
from members.choices import ApplicationStatus
from tests import make
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def test_booths_are_put_up_in_a_row_and_once(client, petugas) -> None:
    edition = make.jbl_day().event
    client.force_login(petugas)
    url = reverse("admin:events_event_lapak", args=[edition.pk])

    client.post(url, {"numbers": "a01–a20", "zone": "Lorong A", "power": "on"})
    client.post(url, {"numbers": "A20-A21", "zone": "", "power": ""})

    assert edition.booths.count() == 21
    assert edition.booths.get(number="A20").power
    assert "A07" in client.get(url).content.decode()


@pytest.mark.parametrize("typed", ["", "lapak", "A20–A01", "A01–B05", "A01–A999", "A1", "😀01"])
def test_odd_booth_numbers_are_a_sentence(client, petugas, typed) -> None:
    edition = make.jbl_day().event
    client.force_login(petugas)

    response = client.post(
        reverse("admin:events_event_lapak", args=[edition.pk]), {"numbers": typed}
    )

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not edition.booths.exists()


def test_sellers_are_placed_by_name_or_number_and_told(client, petugas, batik, budi) -> None:
    day = make.jbl_day()
    other = make.business(budi, name="Warung Budi")
    waiting = make.business(budi, name="Belum", status=ApplicationStatus.SUBMITTED)
    booths = [make.booth(day.event, number) for number in ("A01", "A02", "A03")]
    client.force_login(petugas)
    url = reverse("admin:events_day_lapak", args=[day.pk])

    response = client.post(
        url,
        {
            f"booth-{booths[0].pk}": f"{batik.number} {batik.name}",
            f"booth-{booths[1].pk}": "warung budi",
            f"booth-{booths[2].pk}": waiting.name,
        },
    )

    page = response.content.decode()
    assert "Tidak ada usaha disetujui dengan nama atau nomor itu" in page
    assert {(p.booth.number, p.business) for p in BoothPlace.objects.all()} == {
        ("A01", batik),
        ("A02", other),
    }
    notice = Notice.objects.get(recipient=batik.owner)
    assert notice.subject.startswith("Diterima: JBL")
    assert "A01" in notice.subject
    assert "07.30" in notice.body


def test_one_business_in_two_booths_is_refused(client, petugas, batik) -> None:
    day = make.jbl_day()
    booths = [make.booth(day.event, number) for number in ("A01", "A02")]
    client.force_login(petugas)

    response = client.post(
        reverse("admin:events_day_lapak", args=[day.pk]),
        {f"booth-{booth.pk}": batik.name for booth in booths},
    )

    assert "Usaha ini juga Anda tulis di lapak A01" in response.content.decode()
    assert BoothPlace.objects.count() == 1


def test_who_is_not_accepted_yet_gets_a_booth_with_the_reason_written_below(
    client, petugas, batik, budi
) -> None:
    day = make.jbl_day()
    make.edition(day.event, seats_per_day=1)
    first = make.application(day, batik)
    other = make.application(day, make.business(budi, name="Warung Budi"), tables=1)
    field = f"booth-{make.booth(day.event, 'A01').pk}"
    client.force_login(petugas)
    url = reverse("admin:events_day_lapak", args=[day.pk])
    later = max([first, other], key=lambda place: _turn(day, place))

    refused = client.post(url, {field: later.business.name}).content.decode()

    assert "<title>Kesalahan: " in refused
    assert "A01: Belum gilirannya. Tulis alasan menerima di luar urutan." in refused
    client.post(url, {field: later.business.name, "reason": "Tuan rumah"})
    later.refresh_from_db()
    assert (later.number, later.override_reason) == ("A01", "Tuan rumah")


def _turn(day, place) -> int:
    [turn] = [
        turn
        for turn in preview_day(day, seed=str(day.pk)).result.turns
        if turn.applicant.business == place.business_id
    ]
    return turn.turn


def test_what_a_colleague_changed_meanwhile_is_not_undone(client, petugas, batik, budi) -> None:
    day = make.jbl_day()
    other = make.business(budi, name="Warung Budi")
    place = make.place(day, batik, "A01")
    client.force_login(petugas)
    url = reverse("admin:events_day_lapak", args=[day.pk])
    field, seen = f"booth-{place.booth_id}", client.get(url).context["form"].seen
    assign_booths(day, wanted={place.booth_id: None}, by=petugas, via="admin")

    untouched = client.post(url, {"seen": seen, field: f"{batik.number} {batik.name}"})
    changed = client.post(url, {"seen": seen, field: other.name})

    assert untouched.status_code == 302
    assert "baru diubah petugas lain" in changed.content.decode()
    assert not day.places.filter(booth__isnull=False).exists()


def test_the_plan_is_drawn_in_letters(client, petugas) -> None:
    event = make.jbl_day().event
    for number in ("A01", "A02", "B01"):
        make.booth(event, number)
    client.force_login(petugas)
    url = reverse("admin:events_event_denah", args=[event.pk])

    client.post(url, {"drawing": "A01 . a02\n\nB01"})

    drawn = event.booths.values_list("number", "plan_row", "plan_column")
    assert sorted(drawn) == [("A01", 1, 1), ("A02", 1, 3), ("B01", 3, 1)]
    assert client.get(url).context["form"].initial["drawing"] == "A01 .   A02\n\nB01"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("A01 C09", "Baris 1: tidak ada lapak C09."),
        ("A01\nA01", "Lapak A01 ditulis dua kali."),
        ("A01\n" * 61, "Denah paling banyak 60 baris."),
        ("<script>", "tidak ada lapak &lt;SCRIPT"),
    ],
)
def test_a_wrong_plan_says_where_and_keeps_the_text(client, petugas, typed, says) -> None:
    event = make.jbl_day().event
    make.booth(event, "A01")
    client.force_login(petugas)

    page = client.post(reverse("admin:events_event_denah", args=[event.pk]), {"drawing": typed})

    assert says in page.content.decode()
    assert not event.booths.filter(plan_row__isnull=False).exists()


def test_a_place_is_taken_back_and_the_seller_told(client, petugas, batik) -> None:
    day = make.jbl_day()
    place = make.place(day, batik)
    client.force_login(petugas)
    url = reverse("admin:events_day_lapak", args=[day.pk])

    client.post(url, {"batalkan": str(place.pk)})

    assert not day.places.standing().exists()
    assert Notice.objects.get(recipient=batik.owner).subject.startswith("PERUBAHAN: lapak")
    assert client.post(url, {"batalkan": "99"}).status_code == 404
    assert client.post(url, {"batalkan": "x"}).status_code == 404
