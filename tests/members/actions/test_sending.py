"""An application is sent, repaired, sent again, or withdrawn."""

from __future__ import annotations

import pytest

from members.actions.numbering import draw_number
from members.actions.registration import FieldRefused, cancel_application, submit_business
from members.actions.verification import return_for_repair, verify_business
from members.choices import ApplicationStatus, ConsentPurpose
from members.consent_texts import TEXTS
from members.models import Business, Consent, Document, JakpreneurMembership
from tests import make
from tests.members import apply
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

AGREED = [ConsentPurpose.MEMBERSHIP]


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


def test_a_repaired_application_keeps_its_number_and_goes_back_to_the_queue(siti, petugas) -> None:
    business = apply.sent(siti)
    return_for_repair(business, fields=["street"], reason="Nomor?", by=petugas, via="admin")
    again = submit_business(business, consents=[], by=siti, via="web")

    assert again.number == business.number
    assert again.status == ApplicationStatus.SUBMITTED
    assert again.repair_fields == []
    assert Notice.objects.filter(purpose="application_sent").count() == 2


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
