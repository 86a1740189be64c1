"""The seven steps on the owner's page and at the city's desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from members.choices import EvidenceKind, Role
from members.models import JakpreneurMembership, Office, ProgrammeStage, StageEvidence
from tests import make
from tests.members.actions.test_programme import evidence

pytestmark = pytest.mark.django_db
DESK = "/admin/members/jakpreneurmembership/"


@pytest.fixture
def joined(batik) -> JakpreneurMembership:
    return JakpreneurMembership.objects.create(business=batik, joined_on=timezone.localdate())


def today() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def test_the_owner_sees_seven_named_steps_and_one_suggestion(client, siti, batik, joined) -> None:
    evidence(batik)
    client.force_login(siti)
    page = client.get("/saya/langkah/").text

    for stage in ProgrammeStage.objects.all():
        assert f"{stage.code} {stage.name}" in page
    assert "mencapai 2 dari 7 langkah" in page
    assert page.count('id="berikut"') == 1
    assert "Langkah berikut: Pendampingan" in " ".join(page.split()).replace("</h2>", "")
    assert "20 November 2026" in page
    assert "Pelatihan kemasan" in page


def test_a_fallen_step_is_explained(client, siti, batik, joined, petugas) -> None:
    row = evidence(batik)
    client.force_login(petugas)
    address = f"/admin/members/stageevidence/{row.pk}/cabut/"
    assert "Tulis alasannya." in client.post(address).text
    client.post(address, {"reason": "Daftar hadir keliru."})

    client.force_login(siti)
    assert "Terbuka lagi: Daftar hadir keliru." in client.get("/saya/langkah/").text


def test_nobody_sees_anothers_steps(client, budi, batik, joined) -> None:
    evidence(batik)
    client.force_login(budi)
    page = client.get("/saya/langkah/").text
    assert "Belum ada usaha" in page
    assert "Pelatihan kemasan" not in page


def test_the_page_costs_the_same_however_much_was_done(
    client, siti, batik, joined, django_assert_max_num_queries
) -> None:
    client.force_login(siti)
    client.get("/saya/langkah/")
    evidence(batik)
    with django_assert_max_num_queries(15) as one:
        client.get("/saya/langkah/")
    for number in range(2):
        evidence(batik, source=f"training:{number}")
    with django_assert_max_num_queries(15) as three:
        client.get("/saya/langkah/")
    assert len(one) == len(three)


def test_an_officer_records_a_step_and_a_note(client, siti, petugas, batik, joined) -> None:
    office = Office.objects.get(short_name="Parekraf")
    client.force_login(petugas)
    typed = {"stage": "P5", "on": today(), "label": "Bazar kelurahan", "office": office.pk}
    for _twice in range(2):
        assert client.post(f"{DESK}{joined.pk}/catat/", typed).status_code == 302
    note = {"on": today(), "label": "Kemasan", "note": "Pemilik ragu soal harga."}
    client.post(f"{DESK}{joined.pk}/dampingi/", note)

    market = StageEvidence.objects.get(stage__code="P5")
    assert (market.kind, market.office, market.recorded_by) == ("staff", office, petugas)
    assert StageEvidence.objects.get(stage__code="P3").kind == EvidenceKind.MENTORING
    page = client.get(f"{DESK}{joined.pk}/change/").text
    assert "Pemilik ragu soal harga." in page
    assert "✓ P5 Pemasaran" in page
    assert f"/admin/members/stageevidence/{market.pk}/change/" in page

    client.force_login(siti)
    own = client.get("/saya/langkah/").text
    assert "Kemasan" in own
    assert "Parekraf" in own
    assert "ragu" not in own


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": "31/12/2099"}, "belum terjadi"),
        ({"stage": "P1"}, "P1"),
        ({"label": ""}, "belum diisi"),
    ],
)
def test_what_is_wrong_is_said(client, petugas, joined, wrong, sentence) -> None:
    client.force_login(petugas)
    typed = {"stage": "P5", "on": today(), "label": "Bazar", **wrong}
    response = client.post(f"{DESK}{joined.pk}/catat/", typed)

    assert response.status_code == 200
    assert sentence in response.text
    assert not StageEvidence.objects.exists()


def test_kadin_and_curators_see_neither_steps_nor_notes(
    client, sekretariat, bendahara, kurator, batik, joined
) -> None:
    row = evidence(batik, "P3", kind=EvidenceKind.MENTORING, note="Catatan rahasia")
    for user in (sekretariat, bendahara, kurator):
        client.force_login(user)
        for address in (
            DESK,
            f"{DESK}{joined.pk}/change/",
            f"{DESK}{joined.pk}/dampingi/",
            f"{DESK}sebaran/",
            "/admin/members/stageevidence/",
            f"/admin/members/stageevidence/{row.pk}/change/",
        ):
            assert client.get(address).status_code in {403, 404}, address


def test_an_officer_of_another_kecamatan_meets_nothing(client, batik, joined) -> None:
    row = evidence(batik)
    tebet = make.kelurahan("Manggarai").kecamatan
    far = make.staff("jauh", Role.PETUGAS, kecamatan=tebet)
    client.force_login(far)
    assert "Batik Siti" not in client.get(DESK).text
    assert "Batik Siti" not in client.get("/admin/members/stageevidence/").text
    for address in (f"{DESK}{joined.pk}/catat/", f"/admin/members/stageevidence/{row.pk}/cabut/"):
        assert client.get(address).status_code in {302, 404}
        client.post(address, {"reason": "x"})
    assert StageEvidence.objects.standing().count() == 1


def test_the_spread_is_a_table_for_the_city(client, petugas, batik, joined) -> None:
    evidence(batik)
    client.force_login(petugas)
    page = client.get(f"{DESK}sebaran/").text

    assert "P2 Pelatihan" in page
    assert '<th scope="row">Jagakarsa</th>' in page


def test_the_admin_renames_a_step_and_keeps_offices(client, admin, petugas) -> None:
    stage = ProgrammeStage.objects.get(code="P3")
    address = f"/admin/members/programmestage/{stage.pk}/change/"
    values = {
        "position": "2",
        "name": "Mentoring",
        "description": "",
        "hint": "",
        "kinds": ["mentoring", "staff"],
        "needed": "1",
    }
    client.force_login(petugas)
    assert client.post(address, values).status_code == 403
    client.force_login(admin)
    assert client.post(address, values).status_code == 302
    stage.refresh_from_db()
    assert (stage.name, stage.position, stage.code) == ("Mentoring", 2, "P3")

    office = {"short_name": "DPMPTSP", "name": "Dinas Penanaman Modal", "is_active": "on"}
    assert client.post("/admin/members/office/add/", office).status_code == 302
    assert Office.objects.filter(short_name="DPMPTSP", is_active=True).exists()


def test_the_next_step_names_the_nearest_training_and_its_seats(
    client, siti, batik, joined
) -> None:
    soon = timezone.localdate() + timedelta(days=3)
    full = make.event(name="Foto produk", days=[soon], capacity=1)
    make.registration(full, name="Ani", phone="+6281311112222")
    make.event(name="Kemasan yang menjual", days=[soon + timedelta(days=4)], capacity=6)
    client.force_login(siti)

    page = client.get("/saya/langkah/").text

    assert "Kemasan yang menjual" in page
    assert "tersisa 6 tempat" in page
    assert "Foto produk" not in page


def test_trainings_with_free_seats_that_show_the_step_are_named(client, siti, batik) -> None:
    """Not the full one, the one she goes to, nor the one that shows nothing."""
    near = make.event(name="Foto produk", capacity=6)
    full = make.event(name="Ekspor", capacity=1)
    hers = make.event(name="Keuangan")
    make.event(name="Kemasan")
    for event in (near, full, hers):
        make.training_details(event)
    make.registration(full, name="Ani", phone="+628120000001")
    make.registration(hers, business=batik)
    JakpreneurMembership.objects.get_or_create(
        business=batik, defaults={"joined_on": timezone.localdate()}
    )
    client.force_login(siti)

    response = client.get("/saya/langkah/")

    assert [each.event for each in response.context["suggestions"]] == [near]
    assert "sisa 6 kursi" in response.content.decode()
