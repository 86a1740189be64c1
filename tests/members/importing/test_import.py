"""The secretariat moves Kadin's real members in: all lines of a file, or none."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from members.actions.import_batch import confirm_import, delete_old_files
from members.choices import ApplicationStatus, ImportState, InvoiceStatus, MembershipState
from members.member_import import work_on
from members.models import Business, DuesPayment, KadinMembership, Owner, User
from tests.members.importing.sheets import ANI, MINE, bring_in, check, counts, xlsx
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.crypto import decrypt
from umkm_portal.notices.models import Notice


def test_a_member_comes_in_as_she_is(admin) -> None:
    batch = bring_in(xlsx(ANI), admin)

    assert batch.state == ImportState.DONE, (batch.problems, batch.refusal)
    business = Business.objects.get(name="Kue Ani")
    assert business.status == ApplicationStatus.APPROVED
    assert business.number.startswith("JKI-")
    assert business.nib == "0220001234567"
    assert business.jakpreneur.joined_on == timezone.localdate()
    owner = business.owner.owner
    assert decrypt(owner.nik_encrypted) == ANI["nik"]
    assert (owner.phone, owner.email) == ("+6281211112222", "ani@contoh.example")
    kadin = business.kadin
    assert (kadin.number, timezone.localdate(kadin.decided_at)) == ("KDN-0042", date(2023, 6, 12))
    term = kadin.terms.get()
    assert (term.period.lower, term.last_day) == (date(2026, 6, 12), date(2027, 6, 11))
    assert kadin.state(on=date(2026, 11, 24)) == MembershipState.ACTIVE


def test_her_owner_is_a_name_that_cannot_sign_in(admin, client) -> None:
    bring_in(xlsx(ANI), admin)

    user = User.objects.get(name="Ani Contoh")
    assert not user.has_usable_password()
    assert (user.email, user.phone) == ("", "")


def test_money_paid_before_is_in_no_ledger(admin) -> None:
    bring_in(xlsx(ANI), admin)

    invoice = KadinMembership.objects.get(number="KDN-0042").invoices.get()
    assert (invoice.status, invoice.amount) == (InvoiceStatus.WAIVED, 120_000)
    assert not DuesPayment.objects.exists()


def test_everything_is_in_the_trail_by_import(admin) -> None:
    batch = bring_in(xlsx(ANI), admin)

    business = Business.objects.get()
    (entry,) = AuditEntry.objects.about(business)
    assert (entry.verb, entry.by, entry.via) == ("business.imported", admin, "impor")
    assert entry.data["batch"] == batch.pk
    (entry,) = AuditEntry.objects.about(business.kadin)
    assert entry.verb == "kadin_membership.imported"
    verbs = AuditEntry.objects.about(batch).order_by("pk").values_list("verb", flat=True)
    assert [verb.split(".")[1] for verb in verbs] == [
        "uploaded",
        "begun",
        "checked",
        "confirmed",
        "begun",
        "finished",
    ]


def test_nobody_gets_a_letter_unless_staff_ticked_it(admin) -> None:
    bring_in(xlsx(ANI), admin)
    assert not Notice.objects.exists()

    bring_in(
        xlsx({**ANI, "name": "Roti Ani", "nib": "", "kadin_number": ""}), admin, tell_owners=True
    )
    assert Notice.objects.get().purpose == "member_imported"


def test_the_unverified_one_is_a_draft_for_its_owner(sekretariat) -> None:
    bring_in(xlsx(MINE), sekretariat)

    business = Business.objects.get()
    assert business.status == ApplicationStatus.DRAFT
    assert business.kadin.status == ApplicationStatus.APPROVED
    assert not Business.objects.waiting().exists()
    assert not Business.objects.verified().exists()


def test_the_secretariat_cannot_verify_for_the_city(sekretariat) -> None:
    batch = check(xlsx(ANI), sekretariat)

    assert batch.state == ImportState.REFUSED
    assert "Hanya Admin" in batch.problems[0][1]


def test_the_file_is_gone_once_it_is_written(admin, django_capture_on_commit_callbacks) -> None:
    batch = check(xlsx(ANI), admin)
    path = Path(batch.file.path)
    assert path.exists()

    with django_capture_on_commit_callbacks(execute=True):
        confirm_import(batch, tell_owners=False, by=admin, via="admin")
        work_on(batch.pk)

    batch.refresh_from_db()
    assert not batch.file
    assert not path.exists()


def test_a_file_nobody_goes_on_with_lies_a_day(admin, django_capture_on_commit_callbacks) -> None:
    batch = check(xlsx(ANI), admin)
    path = Path(batch.file.path)

    soon = timezone.now() + timedelta(hours=23)
    assert delete_old_files(at=soon, by=None, via="jadwal") == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_old_files(at=soon + timedelta(hours=2), by=None, via="jadwal") == 1

    batch.refresh_from_db()
    assert batch.state == ImportState.CANCELLED
    assert not path.exists()


def test_the_same_file_twice_adds_nothing(admin) -> None:
    bring_in(xlsx(ANI, {**ANI, "name": "Roti Ani", "nib": "", "kadin_number": "KDN-0043"}), admin)
    before = Business.objects.count(), KadinMembership.objects.count(), User.objects.count()

    batch = bring_in(
        xlsx(ANI, {**ANI, "name": "Roti Ani", "nib": "", "kadin_number": "KDN-0043"}), admin
    )

    assert counts(batch) == (0, 0, 2, 0)
    assert (
        Business.objects.count(),
        KadinMembership.objects.count(),
        User.objects.count(),
    ) == before


def test_two_businesses_of_one_nik_have_one_owner(admin) -> None:
    bring_in(xlsx(ANI, {**ANI, "name": "Roti Ani", "nib": "", "kadin_number": ""}), admin)

    assert Owner.objects.get().user.businesses.count() == 2


def test_what_an_owner_holds_is_hers(admin, batik) -> None:
    batch = check(xlsx({"number": batik.number, "name": "Batik Lain"}), admin)

    assert batch.state == ImportState.REFUSED
    assert "sudah dipegang pemiliknya" in batch.problems[0][1]


def test_an_owner_of_the_portal_can_be_enrolled(sekretariat, batik) -> None:
    row = {"number": batik.number, "kadin_number": "KDN-7", "paid_until": "11 Juni 2027"}
    batch = bring_in(xlsx(row), sekretariat)

    assert counts(batch) == (0, 1, 0, 0)
    assert batik.kadin.number == "KDN-7"


def test_a_later_year_is_added_and_none_is_taken_away(admin) -> None:
    bring_in(xlsx({**ANI, "paid_until": "11 Juni 2026"}), admin)
    bring_in(xlsx({**ANI, "paid_until": "11 Juni 2027"}), admin)

    terms = KadinMembership.objects.get().terms.order_by("period")
    assert [term.last_day.year for term in terms] == [2026, 2027]
    batch = check(xlsx({**ANI, "paid_until": "11 Juni 2025"}), admin)
    assert batch.state == ImportState.REFUSED


def test_an_unclaimed_record_is_mended_by_the_next_file(admin) -> None:
    bring_in(xlsx(ANI), admin)

    batch = bring_in(
        xlsx(
            {
                "kadin_number": "KDN-0042",
                "full_name": "Ani Betul",
                "nik": "3174995203800010",
                "name": "Kue Ani Betul",
                "phone": "081299998888",
                "kelurahan": "Jagakarsa",
            }
        ),
        admin,
    )

    assert counts(batch) == (0, 1, 0, 0)
    business = Business.objects.get()
    assert (business.name, business.kelurahan.name) == ("Kue Ani Betul", "Jagakarsa")
    assert business.sort_key == "kue ani betul"
    assert decrypt(business.owner.owner.nik_encrypted) == "3174995203800010"
    entry = AuditEntry.objects.about(business).get(verb="business.import_updated")
    assert entry.data["old"]["name"] == "Kue Ani"
    assert "3174995203800010" not in str(entry.data)
