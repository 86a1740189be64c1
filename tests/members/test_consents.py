"""Consent stands per purpose and can be taken back."""

from __future__ import annotations

import pytest

from members.actions.consents import give_consents, withdraw_consent
from members.choices import ConsentPurpose
from members.consent_texts import TEXTS, ConsentText
from members.models import Consent
from tests.members import apply
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

EVENTS = ConsentPurpose.EVENTS


def test_giving_twice_is_once(siti) -> None:
    for _press in range(2):
        give_consents(siti, purposes=[EVENTS], by=siti, via="web")

    assert Consent.objects.count() == 1
    assert AuditEntry.objects.filter(verb="consent.given").count() == 1


def test_what_is_taken_back_stays_as_proof(siti) -> None:
    give_consents(siti, purposes=[EVENTS], by=siti, via="web")
    for _press in range(2):
        withdraw_consent(siti, purpose=EVENTS, by=siti, via="web")

    assert Consent.objects.get().withdrawn_at is not None
    assert not Consent.objects.of(siti).standing().exists()
    assert AuditEntry.objects.filter(verb="consent.withdrawn").count() == 1


def test_a_new_text_is_a_new_consent(siti, monkeypatch) -> None:
    give_consents(siti, purposes=[EVENTS], by=siti, via="web")
    monkeypatch.setitem(TEXTS, EVENTS, ConsentText("2027-1", "Teks baru."))
    give_consents(siti, purposes=[EVENTS], by=siti, via="web")

    versions = Consent.objects.order_by("pk").values_list("text_version", "withdrawn_at")
    assert [version for version, _at in versions] == ["2026-1", "2027-1"]
    assert Consent.objects.of(siti).standing().get().text_version == "2027-1"


def test_siti_takes_one_back_on_her_page(client, siti) -> None:
    apply.sent(siti)
    client.force_login(siti)
    client.post("/saya/persetujuan/acara/", {"beri": "1"})
    assert Consent.objects.of(siti).standing().filter(purpose=EVENTS).exists()
    assert "Tarik persetujuan" in client.get("/saya/persetujuan/").content.decode()
    client.post("/saya/persetujuan/acara/", {"tarik": "1"})

    assert not Consent.objects.of(siti).standing().filter(purpose=EVENTS).exists()


def test_membership_is_left_with_the_help_of_people(siti) -> None:
    apply.sent(siti)

    with pytest.raises(ActionRefused, match="keanggotaan berakhir"):
        withdraw_consent(siti, purpose=ConsentPurpose.MEMBERSHIP, by=siti, via="web")


def test_an_unknown_purpose_is_404(client, siti) -> None:
    client.force_login(siti)

    assert client.post("/saya/persetujuan/iklan/", {"beri": "1"}).status_code == 404
    assert client.get("/saya/persetujuan/acara/").status_code == 405


def test_giving_and_taking_back_each_leave_a_receipt_with_the_words(siti) -> None:
    give_consents(siti, purposes=[EVENTS], by=siti, via="web")
    give_consents(siti, purposes=[EVENTS], by=siti, via="web")
    withdraw_consent(siti, purpose=EVENTS, by=siti, via="web")

    receipts = Notice.objects.of(siti).order_by("pk")

    assert [n.purpose for n in receipts] == ["consent_given", "consent_withdrawn"]
    assert TEXTS[EVENTS].text in receipts[0].body
    assert receipts[0].subject == "Tanda terima persetujuan data"
