"""A companion enrols Bu Rohmah at her stall: account, application, consents and a paper code."""

from __future__ import annotations

import pytest
from django.utils import timezone

from members.actions.accounts import use_access_code
from members.actions.companion import Sheet
from members.actions.enrolment import Enrolled, enrol_owner, renew_first_code
from members.actions.registration import FieldRefused
from members.choices import ApplicationStatus, ConsentPurpose
from members.models import AccessCode, Business, Consent, Owner, User
from tests import make
from tests.members import apply
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

pytestmark = pytest.mark.django_db
PHONE = "+6281355550009"


def enrol(companion: User, *, sheet: str = "L-1", **changes) -> Enrolled:
    data = apply.filled(phone=PHONE, full_name="Rohmah", name="Pecel Rohmah", **changes)
    del data["order_phone"]
    return enrol_owner(
        data,
        consents=[ConsentPurpose.MEMBERSHIP, ConsentPurpose.CATALOGUE],
        sheet=Sheet(sheet, timezone.localdate(), "Didaftarkan di lapangan"),
        by=companion,
        via="web",
    )


def test_one_form_makes_everything(pendamping) -> None:
    enrolled = enrol(pendamping)

    business = enrolled.access.business
    owner = business.owner
    assert (owner.phone, owner.name, owner.has_usable_password()) == (PHONE, "Rohmah", False)
    assert business.status == ApplicationStatus.SUBMITTED
    assert business.number
    assert enrolled.access.is_standing(at=timezone.now())
    channels = set(Consent.objects.of(owner).values_list("purpose", "channel"))
    assert channels == {("keanggotaan", "lembar"), ("katalog", "lembar")}
    lines = AuditEntry.objects.helped_by(enrolled.access.pk)
    assert {line.on_behalf_of for line in lines} == {owner}
    assert {line.by for line in lines} == {pendamping}
    assert "user.enrolled" in {line.verb for line in lines}


def test_the_paper_code_is_the_owners_first_sign_in(pendamping) -> None:
    enrolled = enrol(pendamping)

    owner = use_access_code(
        enrolled.access.business.owner, enrolled.code, make.PASSWORD, by=None, via="web"
    )

    assert owner.check_password(make.PASSWORD)
    with pytest.raises(ActionRefused, match="sudah pernah masuk"):
        renew_first_code(enrolled.access, by=pendamping, via="web")


def test_a_lost_paper_is_replaced_only_by_who_enrolled_her(pendamping, petugas) -> None:
    enrolled = enrol(pendamping)
    again = renew_first_code(enrolled.access, by=pendamping, via="web")

    owner = enrolled.access.business.owner
    with pytest.raises(ActionRefused, match="Kode tidak cocok"):
        use_access_code(owner, enrolled.code, make.PASSWORD, by=None, via="web")
    with pytest.raises(ActionRefused, match="sudah pernah masuk"):
        renew_first_code(enrolled.access, by=petugas, via="web")
    assert use_access_code(owner, again.code, make.PASSWORD, by=None, via="web")


def test_pressing_twice_is_once_and_shows_no_second_code(pendamping) -> None:
    first, second = enrol(pendamping), enrol(pendamping)

    assert (first.access, second.code) == (second.access, "")
    assert (User.objects.filter(phone=PHONE).count(), AccessCode.objects.count()) == (1, 1)


def test_a_number_with_an_account_needs_its_owners_code(pendamping, siti) -> None:
    User.objects.filter(pk=siti.pk).update(phone=PHONE)

    with pytest.raises(FieldRefused, match="Nomor ini sudah punya akun") as refusal:
        enrol(pendamping)
    assert refusal.value.field == "phone"


def test_a_nik_of_somebody_else_leaves_nothing_behind(pendamping, siti) -> None:
    apply.sent(siti)

    with pytest.raises(FieldRefused, match="NIK ini sudah dipakai"):
        enrol(pendamping)
    assert not User.objects.filter(phone=PHONE).exists()


def test_without_the_consent_on_paper_nothing_is_kept(pendamping) -> None:
    data = apply.filled(phone=PHONE)
    with pytest.raises(ActionRefused, match="Centang persetujuan keanggotaan"):
        enrol_owner(
            data,
            consents=[],
            sheet=Sheet("L-1", timezone.localdate(), "lapangan"),
            by=pendamping,
            via="web",
        )
    assert not Owner.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_form_sent_five_times_at_once_is_one_owner(pendamping) -> None:
    outcomes = all_at_once(lambda _n: enrol(pendamping), range(5))

    assert "done" in outcomes
    assert set(outcomes) <= {"done", "refused"}
    assert Business.objects.count() == 1
    assert AccessCode.objects.count() == 1
