"""Siti lets a companion help for 30 days, and takes it back when she likes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.actions.companion import (
    Sheet,
    end_access,
    offer_access,
    record_companion_sheet,
    use_companion_code,
)
from members.choices import Role
from members.models import Business, CompanionAccess, User
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry, Help, helping, record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db
NO = "Kode tidak cocok, sudah dipakai, atau lewat 24 jam."


def code_of(business: Business) -> str:
    return offer_access(business, by=business.owner, via="web").code


def use(companion: User, code: str) -> CompanionAccess:
    return use_companion_code(companion, code, by=companion, via="web")


def paper(business: Business, companion: User, officer: User, **changes) -> CompanionAccess:
    words = {"number": "L-17", "signed_on": timezone.localdate(), "reason": "tidak punya HP"}
    return record_companion_sheet(
        business, companion=companion, sheet=Sheet(**words | changes), by=officer, via="admin"
    )


def test_the_owners_code_opens_thirty_days_and_she_is_told(batik, pendamping) -> None:
    offered = offer_access(batik, by=batik.owner, via="web")
    assert offered.code not in offered.row.code_digest

    access = use(pendamping, f" {offered.code[:5].lower()}-{offered.code[5:]} ")

    assert access.ends_at - access.starts_at == timedelta(days=30)
    notice = Notice.objects.get(recipient=batik.owner)
    assert notice.subject == "Pendamping mulai membantu Batik Siti"
    assert "NIK lengkap, nomor HP, dan kata sandi Anda tetap tertutup" in notice.body
    lines = AuditEntry.objects.filter(verb__startswith="companion.")
    assert not any(offered.code in str(entry.data) for entry in lines)


def test_a_code_works_once_and_a_second_press_is_harmless(batik, pendamping) -> None:
    code = code_of(batik)

    assert use(pendamping, code) == use(pendamping, code)
    assert AuditEntry.objects.filter(verb="companion.begun").count() == 1
    with pytest.raises(ActionRefused, match=NO):
        use(make.staff("lain", Role.PENDAMPING), code)


def test_a_new_code_kills_the_old_one(batik, pendamping) -> None:
    old, new = code_of(batik), code_of(batik)

    with pytest.raises(ActionRefused, match=NO):
        use(pendamping, old)
    assert use(pendamping, new)


def test_a_code_lives_a_day(batik, pendamping) -> None:
    code = code_of(batik)

    with (
        time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1), tick=False),
        pytest.raises(ActionRefused, match=NO),
    ):
        use(pendamping, code)


def test_only_a_companion_may_use_it_and_never_for_herself(batik, siti, budi, petugas) -> None:
    for nobody in (budi, petugas):
        with pytest.raises(ActionRefused, match="bukan akun pendamping"):
            use(nobody, code_of(batik))
    companion = make.staff("dua", Role.PENDAMPING)
    own = make.business(companion, name="Warung sendiri")
    with pytest.raises(ActionRefused, match="usahanya sendiri"):
        use(companion, code_of(own))


def test_it_ends_by_itself_after_thirty_days(batik, pendamping) -> None:
    access = use(pendamping, code_of(batik))
    now = timezone.now()

    standing = CompanionAccess.objects.of(pendamping)
    assert standing.standing(at=access.ends_at - timedelta(seconds=1)).exists()
    assert not standing.standing(at=access.ends_at).exists()
    assert access.is_standing(at=now)
    assert not access.is_standing(at=access.ends_at)


def test_a_second_code_begins_the_thirty_days_anew(batik, pendamping) -> None:
    first = use(pendamping, code_of(batik))
    with time_machine.travel(timezone.now() + timedelta(days=10), tick=False):
        second = use(pendamping, code_of(batik))
        standing = CompanionAccess.objects.of(pendamping).standing(at=timezone.now())
        assert list(standing) == [second]
    first.refresh_from_db()
    assert first.revoked_at


def test_ending_works_once_and_tells_the_companion(batik, pendamping) -> None:
    access = use(pendamping, code_of(batik))

    end_access(access, by=batik.owner, via="web")
    end_access(access, by=batik.owner, via="web")

    assert not CompanionAccess.objects.standing(at=timezone.now()).exists()
    assert AuditEntry.objects.filter(verb="companion.ended").count() == 1
    assert Notice.objects.get(recipient=pendamping).subject == "Akses Anda ke Batik Siti selesai"


def test_a_code_called_off_opens_nothing(batik, pendamping) -> None:
    offered = offer_access(batik, by=batik.owner, via="web")
    end_access(offered.row, by=batik.owner, via="web")

    with pytest.raises(ActionRefused, match=NO):
        use(pendamping, offered.code)


def test_an_officer_writes_down_a_signed_sheet_once(batik, pendamping, petugas) -> None:
    access = paper(batik, pendamping, petugas)

    assert paper(batik, pendamping, petugas) == access
    entry = AuditEntry.objects.get(verb="companion.sheet_recorded")
    assert (entry.by, entry.data["reason"]) == (petugas, "tidak punya HP")
    assert Notice.objects.filter(recipient=batik.owner).count() == 1


def test_thirty_days_count_from_the_signature(batik, pendamping, petugas) -> None:
    signed = timezone.localdate() - timedelta(days=10)

    access = paper(batik, pendamping, petugas, signed_on=signed)

    assert timezone.localdate(access.ends_at) == signed + timedelta(days=30)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": ""}, "nomor lembar dan alasannya"),
        ({"reason": ""}, "nomor lembar dan alasannya"),
        ({"days": 1}, "belum tiba"),
        ({"days": -30}, "lebih dari 30 hari"),
    ],
)
def test_a_sheet_that_does_not_hold_is_refused(
    batik, pendamping, petugas, changes, sentence
) -> None:
    days = changes.pop("days", 0)
    signed = timezone.localdate() + timedelta(days=days)

    with pytest.raises(ActionRefused, match=sentence):
        paper(batik, pendamping, petugas, signed_on=signed, **changes)


def test_the_database_keeps_the_thirty_days_and_one_at_a_time(batik, pendamping) -> None:
    access = make.companion_access(batik, pendamping)

    with pytest.raises(IntegrityError, match="companion_once_per_business"), transaction.atomic():
        make.companion_access(batik, pendamping, sheet="L-2")
    with pytest.raises(IntegrityError, match="companion_at_most_30_days"), transaction.atomic():
        CompanionAccess.objects.update(ends_at=access.starts_at + timedelta(days=31))
    with pytest.raises(IntegrityError, match="companion_by_code_or_sheet"), transaction.atomic():
        CompanionAccess.objects.update(sheet="")


def test_every_line_written_while_helping_says_for_whom(batik, siti, pendamping) -> None:
    access = make.companion_access(batik, pendamping)

    with helping(Help(siti.pk, access.pk)):
        inside = record("business.draft_saved", batik, by=pendamping, via="web")
    outside = record("business.draft_saved", batik, by=pendamping, via="web")

    assert (inside.on_behalf_of, inside.permission) == (siti, access.pk)
    assert (outside.on_behalf_of, outside.permission) == (None, None)
    assert list(AuditEntry.objects.helped_by(access.pk)) == [inside]


@pytest.mark.django_db(transaction=True)
def test_a_code_used_by_two_companions_at_once_opens_for_one(batik, pendamping) -> None:
    code = code_of(batik)
    two = [pendamping, make.staff("dua", Role.PENDAMPING)]

    assert all_at_once(lambda companion: use(companion, code), two) == ["done", "refused"]
    assert CompanionAccess.objects.exclude(companion=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_code_pressed_five_times_at_once_begins_once(batik, pendamping) -> None:
    code = code_of(batik)

    assert all_at_once(lambda _n: use(pendamping, code), range(5)) == ["done"] * 5
    assert AuditEntry.objects.filter(verb="companion.begun").count() == 1
