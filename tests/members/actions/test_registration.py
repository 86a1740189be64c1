"""What an owner writes before her application is sent, and where it can be changed again."""

from __future__ import annotations

import pytest
from django.db import connection

from members.actions.registration import FieldRefused, save_draft, start_another
from members.actions.verification import reject_business, return_for_repair, verify_business
from members.choices import ApplicationStatus
from members.models import Business, Document, Owner
from tests import make
from tests.members import apply
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.crypto import decrypt
from umkm_portal.lib.errors import ActionRefused


def test_a_step_is_kept_at_once(siti) -> None:
    business = save_draft(siti, data={"name": "Batik Siti"}, by=siti, via="web")

    assert Business.objects.get().name == "Batik Siti"
    assert business.status == ApplicationStatus.DRAFT
    assert business.number is None


def test_later_steps_write_into_the_same_draft(siti) -> None:
    save_draft(siti, data={"name": "Batik Siti"}, by=siti, via="web")
    save_draft(siti, data={"street": "Jl. Contoh"}, by=siti, via="web")

    assert Business.objects.get().street == "Jl. Contoh"


def test_the_nik_rests_encrypted(siti) -> None:
    apply.draft(siti)

    owner = Owner.objects.get()
    assert make.NIK_SITI not in owner.nik_encrypted
    assert decrypt(owner.nik_encrypted) == make.NIK_SITI
    assert make.NIK_SITI not in str(list(AuditEntry.objects.values()))


def test_an_empty_nik_leaves_the_one_that_is_there(siti) -> None:
    apply.draft(siti)
    save_draft(siti, data={"nik": None}, by=siti, via="web")

    assert decrypt(Owner.objects.get().nik_encrypted) == make.NIK_SITI


def test_the_nik_of_somebody_else_is_refused(siti, budi) -> None:
    apply.draft(siti)

    with pytest.raises(FieldRefused, match="NIK ini sudah dipakai akun lain") as refusal:
        apply.draft(budi)

    assert refusal.value.field == "nik"
    assert not Business.objects.owned_by(budi).exists()


def test_the_nib_of_another_business_is_refused(siti, budi) -> None:
    apply.draft(siti, nib="1234567890123")

    with pytest.raises(FieldRefused, match="NIB ini sudah terdaftar"):
        apply.draft(budi, nik=apply.nik(make.NIK_BUDI), nib="1234567890123")


def test_the_kelurahan_brings_its_postcode(siti) -> None:
    assert apply.draft(siti).postcode == make.kelurahan().postcode


def test_a_photo_of_the_card_replaces_the_one_before(siti, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        apply.draft(siti, ktp=apply.picture())
    first = Document.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        save_draft(siti, data={"ktp": apply.picture(900, 600)}, by=siti, via="web")

    second = Document.objects.get().file
    assert second.name != first.name
    assert second.storage.exists(second.name)
    assert not first.storage.exists(first.name)


def test_a_sent_application_takes_no_more_drafts(siti) -> None:
    apply.sent(siti)

    with pytest.raises(ActionRefused, match="sudah kami terima"):
        save_draft(siti, data={"name": "Lain"}, by=siti, via="web")

    assert Business.objects.get().name == "Batik Siti"


def test_repair_opens_only_what_was_named(siti, petugas) -> None:
    business = apply.sent(siti)
    return_for_repair(business, fields=["street"], reason="Nomor?", by=petugas, via="admin")

    save_draft(siti, data={"street": "Jl. Contoh No. 9"}, by=siti, via="web")
    for closed in ({"name": "Lain"}, {"nik": apply.nik(make.NIK_BUDI)}, {"ktp_dki": True}):
        with pytest.raises(ActionRefused, match="tidak bisa diubah"):
            save_draft(siti, data=closed, by=siti, via="web")

    business.refresh_from_db()
    assert (business.street, business.name) == ("Jl. Contoh No. 9", "Batik Siti")


def test_a_second_draft_cannot_change_the_checked_person(siti, petugas) -> None:
    verify_business(apply.sent(siti), by=petugas, via="admin")
    start_another(siti, by=siti, via="web")

    with pytest.raises(ActionRefused):
        save_draft(siti, data={"full_name": "Orang Lain"}, by=siti, via="web")

    assert save_draft(siti, data={"name": "Warung Siti"}, by=siti, via="web").name == "Warung Siti"


def test_after_a_refusal_the_answers_are_there_again(siti, petugas) -> None:
    reject_business(apply.sent(siti), reason="Di luar wilayah", by=petugas, via="admin")

    business = start_another(siti, by=siti, via="web")

    assert (business.name, business.street) == ("Batik Siti", "Jl. Contoh No. 1")
    assert (business.status, business.number) == (ApplicationStatus.DRAFT, None)


def test_starting_another_twice_is_one_draft(siti, petugas) -> None:
    verify_business(apply.sent(siti), by=petugas, via="admin")

    assert start_another(siti, by=siti, via="web") == start_another(siti, by=siti, via="web")


def test_who_waits_for_an_answer_starts_nothing_new(siti) -> None:
    business = apply.sent(siti)

    assert start_another(siti, by=siti, via="web") == business


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_draft(siti) -> None:
    outcomes = all_at_once(
        lambda n: save_draft(siti, data={"name": f"Batik {n}"}, by=siti, via="web"), range(5)
    )

    assert outcomes == ["done"] * 5
    assert Business.objects.count() == 1


def test_the_database_knows_no_second_draft(siti) -> None:
    from django.db import IntegrityError

    Business.objects.create(owner=siti)
    with pytest.raises(IntegrityError, match="business_one_draft_per_owner"):
        Business.objects.create(owner=siti)
    assert connection.needs_rollback
