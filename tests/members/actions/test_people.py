"""Siti invites Ani to mind her products; Ani never sees Siti's money."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.actions.companion import offer_access
from members.actions.erasure import erase_person
from members.actions.people import (
    accept_invitation,
    invite_person,
    revoke_person,
    set_person_rights,
)
from members.choices import Right
from members.models import Business, BusinessPerson, User
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db
BOTH = [Right.CATALOGUE, Right.MARKET]


@pytest.fixture
def ani(db: None) -> User:
    """Minds the stall for Siti."""
    return make.user("ani", phone="+6281355550001")


def invite(business: Business, *, contact: str = "ani@example.id", rights=(Right.CATALOGUE,)):
    return invite_person(business, contact=contact, rights=rights, by=business.owner, via="web")


def test_an_invited_account_is_told_and_works_once_it_accepts(batik, ani) -> None:
    person = invite(batik)

    assert not Business.objects.workable_by(ani, right=Right.CATALOGUE).exists()
    notice = Notice.objects.get(recipient=ani)
    assert "/undangan/" in notice.link
    assert "Uang dan data pemilik tidak ikut terbuka" in notice.body

    accept_invitation(person, by=ani, via="web")

    assert Business.objects.workable_by(ani, right=Right.CATALOGUE).get() == batik
    assert not Business.objects.workable_by(ani, right=Right.MARKET).exists()
    assert not Business.objects.owned_by(ani).exists()
    told = Notice.objects.get(recipient=batik.owner, purpose="person_accepted")
    assert told.subject == "Ani sekarang karyawan Batik Siti"


def test_an_invitation_by_phone_finds_the_account_too(batik, ani) -> None:
    person = invite(batik, contact="+6281355550001", rights=BOTH)

    accept_invitation(person, by=ani, via="web")

    assert Business.objects.workable_by(ani, right=Right.MARKET).get() == batik


def test_who_has_no_account_yet_is_invited_all_the_same(batik) -> None:
    person = invite(batik, contact="+6281355550002")

    assert person.accepted_at is None
    assert not Notice.objects.exists()


def test_inviting_twice_is_once_and_accepting_twice_is_once(batik, ani) -> None:
    assert invite(batik) == invite(batik)
    person = BusinessPerson.objects.get()
    accept_invitation(person, by=ani, via="web")
    accept_invitation(person, by=ani, via="web")

    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["person.invited", "person.accepted"]


@pytest.mark.parametrize("contact", ["siti@example.id", "+6281200000001"])
def test_the_owner_cannot_be_her_own_staff(batik, siti, contact) -> None:
    User.objects.filter(pk=siti.pk).update(phone="+6281200000001")

    with pytest.raises(ActionRefused, match="pemilik usaha"):
        invite(batik, contact=contact)


def test_an_owner_who_took_over_the_invited_address_is_refused(batik, siti) -> None:
    person = invite(batik, contact="lama@example.id")
    User.objects.filter(pk=siti.pk).update(email="lama@example.id")
    siti.refresh_from_db()

    with pytest.raises(ActionRefused, match="Anda pemilik usaha ini"):
        accept_invitation(person, by=siti, via="web")


def test_an_invitation_without_a_right_is_refused(batik) -> None:
    with pytest.raises(ActionRefused, match="katalog atau bazar"):
        invite(batik, rights=())


def test_nobody_else_may_accept(batik, ani, budi) -> None:
    with pytest.raises(ActionRefused, match="untuk nomor atau e-mail lain"):
        accept_invitation(invite(batik), by=budi, via="web")


def test_a_used_invitation_opens_nothing_for_a_second_account(batik, ani, budi) -> None:
    person = accept_invitation(invite(batik), by=ani, via="web")
    User.objects.filter(pk=ani.pk).update(email="baru@example.id")
    User.objects.filter(pk=budi.pk).update(email="ani@example.id")
    budi.refresh_from_db()

    with pytest.raises(ActionRefused, match="sudah dipakai"):
        accept_invitation(person, by=budi, via="web")


def test_an_invitation_lives_seven_days(batik, ani) -> None:
    person = invite(batik)
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23), tick=False):
        assert not person.is_expired(at=timezone.now())
    with (
        time_machine.travel(timezone.now() + timedelta(days=7, seconds=1), tick=False),
        pytest.raises(ActionRefused, match="sudah tidak berlaku sejak"),
    ):
        accept_invitation(person, by=ani, via="web")


def test_inviting_again_renews_a_late_invitation(batik, ani) -> None:
    person = invite(batik)
    BusinessPerson.objects.update(invited_at=timezone.now() - timedelta(days=8))

    assert invite(batik) == person
    accept_invitation(person, by=ani, via="web")


def test_who_works_here_is_not_invited_again_by_any_of_her_names(batik, ani) -> None:
    accept_invitation(invite(batik), by=ani, via="web")

    for contact in ("ani@example.id", "+6281355550001"):
        with pytest.raises(ActionRefused, match="sudah menjadi karyawan"):
            invite(batik, contact=contact)


def test_rights_change_at_once_and_keep_at_least_one(batik, ani) -> None:
    person = make.person(batik, ani, Right.CATALOGUE)

    set_person_rights(person, rights=[Right.MARKET], by=batik.owner, via="web")
    set_person_rights(person, rights=[Right.MARKET], by=batik.owner, via="web")

    assert not Business.objects.workable_by(ani, right=Right.CATALOGUE).exists()
    assert Business.objects.workable_by(ani, right=Right.MARKET).exists()
    entry = AuditEntry.objects.get(verb="person.rights_set")
    assert (entry.data["old"], entry.data["new"]) == (["katalog"], ["bazar"])
    with pytest.raises(ActionRefused, match="katalog atau bazar"):
        set_person_rights(person, rights=[], by=batik.owner, via="web")


def test_revoking_works_at_once_and_once(batik, ani) -> None:
    person = make.person(batik, ani, *BOTH)

    revoke_person(person, by=batik.owner, via="web")
    revoke_person(person, by=batik.owner, via="web")

    assert not Business.objects.workable_by(ani).exists()
    assert AuditEntry.objects.filter(verb="person.revoked").count() == 1
    assert Notice.objects.get(recipient=ani).subject == "Akses Anda ke Batik Siti dicabut"
    with pytest.raises(ActionRefused, match="sudah dicabut"):
        set_person_rights(person, rights=BOTH, by=batik.owner, via="web")


def test_a_revoked_invitation_is_dead_and_a_new_one_may_follow(batik, ani) -> None:
    person = invite(batik)
    revoke_person(person, by=batik.owner, via="web")
    with pytest.raises(ActionRefused, match="sudah dicabut"):
        accept_invitation(person, by=ani, via="web")

    assert accept_invitation(invite(batik), by=ani, via="web").pk != person.pk


def test_the_database_itself_keeps_one_standing_row_per_person(batik, ani) -> None:
    make.person(batik, ani, Right.CATALOGUE)

    with pytest.raises(IntegrityError, match="person_once_per_business"), transaction.atomic():
        make.person(batik, ani, Right.MARKET, contact="lain@example.id")
    with pytest.raises(IntegrityError, match="person_has_a_right"), transaction.atomic():
        make.person(batik, make.user("tono"))
    with pytest.raises(IntegrityError, match="person_known_iff_accepted"), transaction.atomic():
        make.person(batik, make.user("tini"), Right.MARKET, accepted_at=None)


def test_at_most_twenty_people(batik) -> None:
    for number in range(20):
        invite(batik, contact=f"orang{number}@example.id")

    with pytest.raises(ActionRefused, match="Paling banyak 20"):
        invite(batik, contact="lebih@example.id")


def test_who_is_forgotten_leaves_no_workplace_and_no_invitation(batik, ani, pendamping) -> None:
    make.person(make.business(make.user("tono")), ani, Right.MARKET)
    invite(batik, contact=ani.phone)
    make.person(batik, make.user("tuti"), Right.CATALOGUE)
    access = make.companion_access(batik, pendamping, reason="tidak punya HP")
    offer_access(batik, by=batik.owner, via="web")

    erase_person(ani, by=None, via="jadwal")
    assert BusinessPerson.objects.get().user.name == "Tuti"
    erase_person(batik.owner, by=None, via="jadwal")

    access.refresh_from_db()
    assert not BusinessPerson.objects.exists()
    assert (access.reason, access.is_standing(at=timezone.now())) == ("", False)


@pytest.mark.django_db(transaction=True)
def test_an_invitation_accepted_twice_at_once_counts_once(batik, ani) -> None:
    person = invite(batik)

    outcomes = all_at_once(lambda _n: accept_invitation(person, by=ani, via="web"), range(5))

    assert outcomes == ["done"] * 5
    assert AuditEntry.objects.filter(verb="person.accepted").count() == 1
    assert Notice.objects.filter(purpose="person_accepted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_invitations_to_one_account_accepted_at_once_make_one_row(batik, ani) -> None:
    by_mail = invite(batik)
    by_phone = invite(batik, contact="+6281355550001")

    outcomes = all_at_once(
        lambda person: accept_invitation(person, by=ani, via="web"), [by_mail, by_phone]
    )

    assert outcomes == ["done", "refused"]
    assert BusinessPerson.objects.of(ani).count() == 1
