"""A lost card gets another code, once, and the old one says so."""

from __future__ import annotations

import pytest

from members.actions.cards import note_cards_printed, replace_card
from members.choices import CardReplacement
from members.models import Business, KadinMembership, RevokedCard, User
from tests.members.money import member
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.codes import ALPHABET
from umkm_portal.lib.errors import ActionRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(batik: Business, sekretariat: User) -> KadinMembership:
    return member(batik, by=sekretariat)


def lose(membership: KadinMembership, *, code: str, by: User | None = None) -> KadinMembership:
    return replace_card(membership, code=code, reason=CardReplacement.LOST, by=by, via="web")


def test_siti_loses_her_card_and_gets_another_code(membership, siti) -> None:
    old = membership.card_code

    new = lose(membership, code=old, by=siti).card_code

    assert new != old
    assert len(new) == 10
    assert set(new) <= set(ALPHABET)
    revoked = RevokedCard.objects.get()
    assert (revoked.code, revoked.reason, revoked.revoked_by) == (old, "hilang", siti)
    line = AuditEntry.objects.get(verb="card.replaced")
    assert old not in str(line.data)
    assert new not in str(line.data)
    assert siti.notices.get(purpose="card_replaced").subject == "Kartu anggota diganti"


def test_pressing_twice_replaces_once(membership, siti) -> None:
    old = membership.card_code

    first = lose(membership, code=old, by=siti)
    second = lose(membership, code=old, by=siti)

    assert first.card_code == second.card_code
    assert RevokedCard.objects.count() == 1
    assert siti.notices.filter(purpose="card_replaced").count() == 1


def test_a_code_of_somebody_else_replaces_nothing(membership, siti) -> None:
    with pytest.raises(ActionRefused, match="bukan milik usaha"):
        lose(membership, code="2222222222", by=siti)

    assert not RevokedCard.objects.exists()


def test_without_enrolment_there_is_no_card_to_lose(membership, siti) -> None:
    KadinMembership.objects.update(status="submitted")

    with pytest.raises(ActionRefused, match="Kartu terbit setelah"):
        lose(membership, code=membership.card_code, by=siti)


@pytest.mark.django_db(transaction=True)
def test_owner_and_secretariat_at_once_make_one_new_code(membership, siti, sekretariat) -> None:
    old = membership.card_code

    outcomes = all_at_once(lambda who: lose(membership, code=old, by=who), [siti, sekretariat])

    assert outcomes == ["done", "done"]
    assert RevokedCard.objects.count() == 1


def test_each_printed_card_has_its_line(membership, sekretariat) -> None:
    note_cards_printed([membership], by=sekretariat, via="admin")

    assert AuditEntry.objects.get(verb="card.printed").by == sekretariat
