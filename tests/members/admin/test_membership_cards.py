"""The secretariat prints cards eight to a sheet, and gives a lost one another code."""

from __future__ import annotations

import io

import pypdf
import pytest

from members.models import Business, KadinMembership, RevokedCard, User
from tests import make
from tests.members.money import member, pay
from umkm_portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
LIST = "/admin/members/kadinmembership/"


@pytest.fixture
def membership(batik: Business, sekretariat: User) -> KadinMembership:
    found = member(batik, by=sekretariat)
    pay(found.invoices.get(), by=sekretariat)
    return found


def print_cards(client, *rows: KadinMembership):
    chosen = [row.pk for row in rows]
    return client.post(LIST, {"action": "print_cards", "_selected_action": chosen}, follow=True)


def test_the_chosen_cards_that_are_good_are_printed(client, budi, sekretariat, membership) -> None:
    unpaid = member(make.business(budi, name="Warung Budi"), by=sekretariat)
    client.force_login(sekretariat)

    answer = print_cards(client, membership, unpaid)

    assert answer["Content-Type"] == "application/pdf"
    (page,) = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert page.extract_text().count("JSP-KDN-") == 1
    assert "Batik Siti" in page.extract_text()
    assert AuditEntry.objects.filter(verb="card.printed", by=sekretariat).count() == 1


def test_no_good_card_is_told_in_words(client, sekretariat, membership) -> None:
    KadinMembership.objects.update(suspended_at="2026-01-01T00:00Z")
    client.force_login(sekretariat)

    assert "Tidak ada kartu yang berlaku" in print_cards(client, membership).content.decode()


def test_the_treasurer_only_looks(client, bendahara, membership) -> None:
    client.force_login(bendahara)

    assert print_cards(client, membership)["Content-Type"].startswith("text/html")
    assert client.post(f"{LIST}{membership.pk}/ganti-kartu/").status_code == 403


def test_a_lost_card_gets_another_code_at_the_desk(client, siti, sekretariat, membership) -> None:
    client.force_login(sekretariat)
    old = membership.card_code

    client.post(f"{LIST}{membership.pk}/ganti-kartu/", {"code": old, "reason": "hilang"})

    assert RevokedCard.objects.get().code == old
    assert siti.notices.filter(purpose="card_replaced").exists()
