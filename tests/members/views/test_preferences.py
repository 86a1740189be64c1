"""Two switches, and a link in each letter of a group that switches it off without signing in."""

from __future__ import annotations

import pytest
from django.test import Client

from members.choices import ConsentPurpose
from members.models import User
from umkm_portal.notices.choices import Group
from umkm_portal.notices.preferences import unsubscribe_link


def test_the_page_names_what_is_always_sent(client, siti) -> None:
    client.force_login(siti)
    page = client.get("/saya/pesan/pilihan/")
    assert "Selalu dikirim" in page.text
    assert "Info acara" in page.text
    assert "Info program" in page.text


def test_switching_is_kept_and_the_consent_says_the_same(client, siti) -> None:
    client.force_login(siti)
    client.post("/saya/pesan/pilihan/", {"acara": "on"})

    siti = User.objects.get(pk=siti.pk)
    assert (siti.wants_info(Group.EVENTS), siti.wants_info(Group.PROGRAMME)) == (True, False)
    assert siti.consents.standing().get().purpose == ConsentPurpose.EVENTS
    client.post("/saya/pesan/pilihan/", {"program": "on"})
    siti = User.objects.get(pk=siti.pk)
    assert (siti.wants_info(Group.EVENTS), siti.wants_info(Group.PROGRAMME)) == (False, True)


@pytest.mark.parametrize("group", list(Group))
def test_the_link_asks_and_the_button_ends_it(client, siti, group) -> None:
    client.force_login(siti)
    client.post("/saya/pesan/pilihan/", {"acara": "on", "program": "on"})
    link = unsubscribe_link(siti, group)
    stranger = Client(enforce_csrf_checks=True)

    assert "Ya, berhenti" in stranger.get(link).text
    assert User.objects.get(pk=siti.pk).wants_info(group)
    assert "sudah dimatikan" in stranger.post(link).text
    assert not User.objects.get(pk=siti.pk).wants_info(group)
    assert stranger.post(link).status_code == 200


def test_a_made_up_link_ends_nothing(client, siti) -> None:
    assert client.post("/berhenti/omong-kosong/").status_code == 404
    assert User.objects.get(pk=siti.pk).wants_info(Group.PROGRAMME)
