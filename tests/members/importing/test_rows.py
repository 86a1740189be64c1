"""What the lines of a file say: nonsense is named by line and column, and dates are read."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from members.choices import ImportState
from members.models import Business, ImportBatch, KadinMembership
from tests.members.importing.sheets import ANI, bring_in, check, counts, csv, xlsx


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
