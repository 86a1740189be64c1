"""The secretariat moves Kadin's real members in: all lines of a file, or none."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from members.actions.import_batch import confirm_import, delete_old_files
from members.choices import ApplicationStatus, ImportState, InvoiceStatus, MembershipState
from members.member_import import work_on
from members.models import Business, DuesPayment, ImportBatch, KadinMembership, Owner, User
from members.reports.member_files import export_csv, export_xlsx, template
from tests import make
from tests.members.importing.sheets import (
    ANI,
    HEADERS,
    bring_in,
    check,
    counts,
    csv,
    rows_in,
    xlsx,
)
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.crypto import decrypt
from umkm_portal.notices.models import Notice

MINE = {**ANI, "verified": "", "nik": ""}


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


def whole_csv(user) -> bytes:
    return b"".join(export_csv(user))


@pytest.mark.parametrize("export", [export_xlsx, whole_csv])
def test_our_own_export_imports_again_without_a_change(admin, siti, batik, export) -> None:
    from tests.members import money

    member = money.member(batik, by=admin)
    money.pay(member.invoices.get(), by=make.staff("bendahara", make.Role.BENDAHARA))
    bring_in(
        xlsx(
            ANI,
            {
                **ANI,
                **MINE,
                "full_name": "Beni",
                "name": "Roti Beni",
                "nib": "",
                "kadin_number": "",
            },
        ),
        admin,
    )

    batch = bring_in(export(admin), admin)

    assert batch.refusal == ""
    assert batch.problems == []
    assert counts(batch) == (0, 0, 3, 0)


def test_leading_zeros_and_long_numbers_stay(admin) -> None:
    for export in (export_xlsx, whole_csv):
        bring_in(xlsx(ANI), admin)
        headers, line = rows_in(export(admin))
        cells = dict(zip(headers, line, strict=False))
        assert cells["NIB"] == "0220001234567"
        assert cells["Nomor HP"] == "081211112222"


def test_a_nik_is_never_taken_out(admin) -> None:
    bring_in(xlsx(ANI), admin)

    content = whole_csv(admin).decode("utf-8-sig")
    assert "NIK" not in content
    assert ANI["nik"] not in content


def test_the_template_has_the_columns_of_the_importer(admin) -> None:
    (headers,) = rows_in(template())
    assert [header.removesuffix(" *") for header in headers] == HEADERS

    filled = xlsx(ANI)
    assert rows_in(filled)[0] == HEADERS


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("last_dues", "seratus", "Tulis jumlah dalam rupiah"),
        ("last_dues", "999999999999", "antara Rp1 dan"),
        ("paid_until", "31/02/2027", "tidak ada di kalender"),
        ("paid_until", "11/06/2099", "Lebih dari dua tahun"),
        ("paid_until", "05/06/27", "5 Juni 2027 atau 27 Juni 2005"),
        ("member_since", "06/25/2023", "Hari ditulis dulu: 25/06/2023"),
        ("member_since", "12/06/2030", "belum terjadi"),
        ("nik", "317499520380000", "16 angka"),
        ("nib", "220001234567", "12 angka"),
        ("phone", "12", "Nomor HP harus"),
        ("email", "ani", "tidak lengkap"),
        ("sector", "Makanan", "Kuliner"),
        ("kelurahan", "Menteng", "Jakarta Selatan"),
        ("verified", "mungkin", "ya atau tidak"),
        ("name", "=1+1", "tidak boleh diawali"),
        ("name", "@SUM(A1)", "tidak boleh diawali"),
        ("full_name", "", "belum diisi"),
        ("number", "JKP-2026-999999", "tidak ada di portal"),
    ],
)
def test_nonsense_refuses_the_file_and_names_line_and_column(admin, key, value, sentence) -> None:
    good = {
        **ANI,
        "name": "Roti Beni",
        "full_name": "Beni",
        "nik": "",
        "nib": "",
        "kadin_number": "",
    }
    batch = check(xlsx(good, {**ANI, key: value}), admin)

    assert batch.state == ImportState.REFUSED
    ((line, said),) = batch.problems
    assert line == 3
    assert sentence in said
    assert not Business.objects.exists()


def test_every_bad_line_is_named_at_once(admin) -> None:
    rows = [
        {**ANI, "name": f"Kue {n}", "nib": "", "kadin_number": "", "nik": "", "phone": "x"}
        for n in range(700)
    ]

    batch = check(csv(*rows), admin)

    assert [line for line, _said in batch.problems] == list(range(2, 702))
    assert counts(batch) == (0, 0, 0, 700)


def test_a_sheet_with_months_first_is_asked_about_every_unclear_date(admin) -> None:
    plain = {**ANI, "nib": "", "nik": "", "kadin_number": ""}
    batch = check(
        xlsx(
            {**plain, "name": "Satu", "member_since": "06/12/2023"},
            {**plain, "name": "Dua", "member_since": "06/25/2023"},
        ),
        admin,
    )

    assert batch.state == ImportState.REFUSED
    sentences = dict(batch.problems)
    assert "6 Desember 2023 atau 12 Juni 2023" in sentences[2]
    assert counts(batch)[3] == 2


@pytest.mark.parametrize("day", ["12/06/2023", "12 Juni 2023", "45089", "12-6-2023"])
def test_days_are_read_the_indonesian_way_and_from_excel(admin, day) -> None:
    bring_in(xlsx({**ANI, "member_since": day}), admin)

    kadin = KadinMembership.objects.get()
    assert timezone.localdate(kadin.decided_at) == date(2023, 6, 12)


def test_two_lines_of_one_number_are_one_too_many(admin) -> None:
    batch = check(xlsx(ANI, {**ANI, "name": "Roti Ani"}), admin)

    assert batch.state == ImportState.REFUSED
    assert "Sama dengan baris 2" in batch.problems[0][1]


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


def test_a_strange_sheet_is_refused_by_its_headers(admin) -> None:
    from umkm_portal.lib.xlsx import write_rows

    batch = check(write_rows(["Nama", "Alamat"], [["a", "b"]]), admin)
    assert batch.state == ImportState.REFUSED
    assert "Kolom tidak dikenal" in batch.refusal
    empty = check(xlsx(), admin)
    assert "Tidak ada baris" in empty.refusal
    broken = check(b"PK\x03\x04 not a sheet", admin)
    assert "rusak" in broken.refusal
    assert ImportBatch.objects.filter(state=ImportState.REFUSED).count() == 3
