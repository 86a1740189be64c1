"""The owner's side of an application."""

from __future__ import annotations

import pytest
from django.db import connection

from members.actions.numbering import draw_number
from members.actions.registration import (
    FieldRefused,
    cancel_application,
    save_draft,
    start_another,
    submit_business,
)
from members.actions.verification import reject_business, return_for_repair, verify_business
from members.choices import ApplicationStatus, ConsentPurpose
from members.consent_texts import TEXTS
from members.models import Business, Consent, Document, JakpreneurMembership, Owner
from tests import make
from tests.members import apply
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.crypto import decrypt
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

AGREED = [ConsentPurpose.MEMBERSHIP]


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


def test_sending_gives_a_number_an_address_and_a_message(siti) -> None:
    business = apply.sent(siti, name="CV. Hj. Siti Batik")

    assert business.status == ApplicationStatus.SUBMITTED
    assert business.number.startswith("JKP-20")
    assert business.number.endswith("-000001")
    assert business.slug == "cv-hj-siti-batik"
    assert business.sort_key == "siti batik"
    assert (
        Notice.objects.get(purpose="application_sent").subject
        == f"Pendaftaran diterima — {business.number}"
    )
    assert "3 hari kerja" in Notice.objects.get(purpose="application_sent").body


def test_two_businesses_of_one_name_have_two_addresses(siti, budi) -> None:
    first = apply.sent(siti)
    second = apply.sent(budi, nik=apply.nik(make.NIK_BUDI))

    assert first.slug == "batik-siti"
    assert second.slug == f"batik-siti-{second.number[4:]}"


def test_a_name_without_latin_letters_has_an_address_too(siti) -> None:
    assert apply.sent(siti, name="مكتبة 🧵").slug == "usaha"


def test_sending_twice_is_once(siti) -> None:
    business = apply.sent(siti)
    again = submit_business(business, consents=AGREED, by=siti, via="web")

    assert again.number == business.number
    assert Notice.objects.filter(purpose="application_sent").count() == 1
    assert AuditEntry.objects.filter(verb="business.submitted").count() == 1


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("full_name", ""),
        ("phone", ""),
        ("home_address", ""),
        ("ktp_dki", None),
        ("nik", None),
        ("name", ""),
        ("sector", ""),
        ("yearly_sales", None),
        ("street", ""),
        ("kelurahan", None),
    ],
)
def test_what_is_missing_is_named(siti, field, empty) -> None:
    business = apply.draft(siti, **{field: empty})

    with pytest.raises(FieldRefused, match="Masih kosong") as refusal:
        submit_business(business, consents=AGREED, by=siti, via="web")

    assert refusal.value.field == field
    assert Business.objects.get().number is None


def test_without_the_consent_nothing_is_sent(siti) -> None:
    business = apply.draft(siti)

    with pytest.raises(ActionRefused, match="Centang persetujuan keanggotaan"):
        submit_business(business, consents=[ConsentPurpose.EVENTS], by=siti, via="web")

    assert Business.objects.get().status == ApplicationStatus.DRAFT
    assert not Consent.objects.exists()


def test_each_consent_keeps_the_text_that_was_shown(siti) -> None:
    business = apply.draft(siti)
    purposes = [ConsentPurpose.MEMBERSHIP, ConsentPurpose.EVENTS]
    submit_business(business, consents=purposes, by=siti, via="web")

    kept = {c.purpose: (c.text_version, c.text_hash, c.channel) for c in Consent.objects.all()}
    assert kept == {p: (TEXTS[p].version, TEXTS[p].sha256, "web") for p in purposes}


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


def test_a_repaired_application_keeps_its_number_and_goes_back_to_the_queue(siti, petugas) -> None:
    business = apply.sent(siti)
    return_for_repair(business, fields=["street"], reason="Nomor?", by=petugas, via="admin")
    again = submit_business(business, consents=[], by=siti, via="web")

    assert again.number == business.number
    assert again.status == ApplicationStatus.SUBMITTED
    assert again.repair_fields == []
    assert Notice.objects.filter(purpose="application_sent").count() == 2


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


def test_an_owner_withdraws_twice_with_one_line(siti) -> None:
    business = apply.sent(siti, ktp=apply.picture())
    cancel_application(business, by=siti, via="web")
    cancel_application(business, by=siti, via="web")

    assert Business.objects.get().status == ApplicationStatus.CANCELLED
    assert Document.objects.get().delete_after is not None
    assert AuditEntry.objects.filter(verb="business.cancelled").count() == 1


def test_what_was_decided_is_not_withdrawn(siti, petugas) -> None:
    business = verify_business(apply.sent(siti), by=petugas, via="admin")

    with pytest.raises(ActionRefused):
        cancel_application(business, by=siti, via="web")


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_draft(siti) -> None:
    outcomes = all_at_once(
        lambda n: save_draft(siti, data={"name": f"Batik {n}"}, by=siti, via="web"), range(5)
    )

    assert outcomes == ["done"] * 5
    assert Business.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_send_makes_one_business_with_one_number(siti) -> None:
    business = apply.draft(siti)

    outcomes = all_at_once(
        lambda n: submit_business(business, consents=AGREED, by=siti, via="web"), range(5)
    )

    assert outcomes == ["done"] * 5
    assert Business.objects.get().number.endswith("-000001")
    assert Notice.objects.filter(purpose="application_sent").count() == 1
    assert AuditEntry.objects.filter(verb="business.submitted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_numbers_drawn_at_once_have_no_gap() -> None:
    drawn = []

    outcomes = all_at_once(lambda n: drawn.append(draw_number("JKP", year=2026)), range(20))

    assert outcomes == ["done"] * 20
    assert sorted(drawn) == [f"JKP-2026-{n:06d}" for n in range(1, 21)]


@pytest.mark.django_db(transaction=True)
def test_approval_and_withdrawal_at_once_end_in_one_of_them(siti, petugas) -> None:
    business = apply.sent(siti)

    outcomes = all_at_once(
        lambda do: do(),
        [
            lambda: verify_business(business, by=petugas, via="admin"),
            lambda: cancel_application(business, by=siti, via="web"),
        ],
    )

    assert outcomes == ["done", "refused"]
    approved = Business.objects.get().status == ApplicationStatus.APPROVED
    assert JakpreneurMembership.objects.exists() == approved


def test_the_database_knows_no_second_draft(siti) -> None:
    from django.db import IntegrityError

    Business.objects.create(owner=siti)
    with pytest.raises(IntegrityError, match="business_one_draft_per_owner"):
        Business.objects.create(owner=siti)
    assert connection.needs_rollback
