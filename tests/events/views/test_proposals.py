"""The form that partners fill in, and the page behind their link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.actions.proposals import refuse_proposal
from events.models import Event, EventProposal
from events.views.proposals import PROPOSALS_PER_ADDRESS
from tests import make
from umkm_portal.work_queue import waiting_for

pytestmark = pytest.mark.django_db
URL = "/agenda/usul/"


def typed(**values) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=30)
    return {
        "organiser": "Kelurahan Cipete",
        "contact_name": "Rina",
        "phone": "0812 0000 0009",
        "kind": "pameran",
        "name": "Pameran kopi",
        "venue": "Balai RW 05",
        "kecamatan": "cilandak",
        "date": f"{day:%d/%m/%Y}",
        "opens_at": "09:00",
        "closes_at": "16:00",
        **values,
    }


def test_a_kelurahan_proposes_and_follows_its_link(client) -> None:
    assert "Usulkan acara" in client.get("/agenda/").text
    response = client.post(URL, typed())

    proposal = EventProposal.objects.get()
    assert response.url == proposal.get_absolute_url()
    page = client.get(response.url).text
    assert "Menunggu petugas" in page
    assert "Rina" not in page
    assert "0000-0009" not in page
    client.post(reverse("events:proposal_withdraw", args=[proposal.token]))
    assert "Ditarik" in client.get(response.url).text


def test_what_is_missing_is_said_and_what_was_typed_stays(client) -> None:
    response = client.post(URL, typed(phone="12", venue="", date="32/1/2027", kecamatan="bogor"))

    assert "Tulis tempat acara." in response.text
    assert "Pilih kecamatan." in response.text
    assert "Kelurahan Cipete" in response.text
    assert client.post(URL, {}).status_code == 200
    assert not EventProposal.objects.exists()


def test_a_refusal_of_the_action_stands_in_the_form(client) -> None:
    assert "mulai besok" in client.post(URL, typed(date="01/01/2020")).text


def test_machines_are_thanked_for_nothing(client) -> None:
    assert client.post(URL, typed(situs="https://spam.example")).status_code == 302
    assert not EventProposal.objects.exists()


def test_a_script_is_stopped(client) -> None:
    for number in range(PROPOSALS_PER_ADDRESS):
        client.post(URL, typed(name=f"Acara {number}"))
    response = client.post(URL, typed(name="Satu lagi"))

    assert response.status_code == 429
    assert EventProposal.objects.count() == PROPOSALS_PER_ADDRESS


def test_a_guessed_link_is_nobodys(client) -> None:
    assert client.get("/agenda/usul/tebakan/").status_code == 404


def test_staff_see_the_clash_and_make_it_an_event(client, petugas) -> None:
    day = timezone.localdate() + timedelta(days=30)
    make.event(name="Posyandu", venue="Balai RW.05", days=[day])
    proposal = make.proposal(date=day, email="rina@example.id")
    line = next(row for row in waiting_for(petugas) if row["label"] == "Usulan acara")
    assert line["count"] == 1
    client.force_login(petugas)
    page = client.get(reverse("admin:events_eventproposal_change", args=[proposal.pk])).text
    assert "Tempat ini juga dipakai Posyandu" in page
    accept = reverse("admin:events_eventproposal_terima", args=[proposal.pk])
    assert client.get(accept).status_code == 405

    response = client.post(accept)

    event = Event.objects.get(name="Pameran kelurahan")
    assert response.url == reverse("admin:events_event_change", args=[event.pk])
    assert "sedang melengkapi" in Client().get(proposal.get_absolute_url()).text
    Event.objects.filter(pk=event.pk).update(published=True)
    assert event.get_absolute_url() in Client().get(proposal.get_absolute_url()).text
    line = next(row for row in waiting_for(petugas) if row["label"] == "Usulan acara")
    assert line["count"] == 0


def test_what_waits_stands_before_what_is_decided_the_oldest_first(client, petugas) -> None:
    for number, name in enumerate(("Sudah ditolak", "Menunggu lama", "Menunggu baru")):
        found = make.proposal(name=name, phone=f"+62812000000{number}")
        EventProposal.objects.filter(pk=found.pk).update(
            sent_at=timezone.now() - timedelta(days=9 - number)
        )
        if number == 0:
            refuse_proposal(found, reason="Penuh.", by=petugas, via="admin")
    client.force_login(petugas)

    page = client.get(reverse("admin:events_eventproposal_changelist"))

    names = [proposal.name for proposal in page.context["cl"].result_list]
    assert names == ["Menunggu lama", "Menunggu baru", "Sudah ditolak"]


def test_staff_refuse_with_a_reason(client, petugas) -> None:
    proposal = make.proposal()
    client.force_login(petugas)
    url = reverse("admin:events_eventproposal_tolak", args=[proposal.pk])

    assert "Tulis alasannya" in client.post(url, {"reason": ""}).text
    client.post(url, {"reason": "Balai dipakai."})
    assert "Balai dipakai." in Client().get(proposal.get_absolute_url()).text


@pytest.mark.parametrize("word", ["terima", "tolak"])
def test_curators_decide_nothing_here(client, kurator, word) -> None:
    client.force_login(kurator)
    url = reverse(f"admin:events_eventproposal_{word}", args=[make.proposal().pk])
    assert client.post(url).status_code == 403


def test_one_proposal_or_three_cost_the_same(client, petugas) -> None:
    client.force_login(petugas)
    url = reverse("admin:events_eventproposal_changelist")
    make.proposal()
    client.get(url)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        counts.append(len(seen))
        make.proposal()
        make.proposal()
    assert counts[0] == counts[1] <= 12
