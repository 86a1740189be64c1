"""The desk: who may move members in and out, and what each sees."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from members.choices import ImportState, Role
from members.member_import import work_on
from members.models import Business, ImportBatch
from members.reports import member_files
from tests import make
from tests.members.importing.sheets import ANI, HEADERS, bring_in, check, rows_in, xlsx
from umkm_portal.audit.models import AuditEntry

LIST = "/admin/members/importbatch/"
MINE = {**ANI, "verified": "", "nik": ""}


def upload(client, content: bytes, name: str = "anggota.xlsx"):
    return client.post(f"{LIST}add/", {"file": SimpleUploadedFile(name, content)})


def test_the_secretariat_uploads_looks_and_writes(client, sekretariat) -> None:
    client.force_login(sekretariat)

    response = upload(client, xlsx(MINE))
    batch = ImportBatch.objects.get()
    assert response.url == f"{LIST}{batch.pk}/change/"
    assert DBTaskResult.objects.count() == 1
    page = client.get(response.url).text
    assert '<meta http-equiv="refresh"' in page
    assert "<progress" in page

    work_on(batch.pk)
    page = client.get(response.url).text
    assert '<meta http-equiv="refresh"' not in page
    assert "Siap diimpor" in page

    client.post(f"{LIST}{batch.pk}/tulis/", {})
    work_on(batch.pk)
    assert "Semua baris sudah ditulis" in client.get(response.url).text
    assert Business.objects.get().name == "Kue Ani"

    client.post(f"{LIST}{batch.pk}/tarik/", {})
    assert not Business.objects.exists()


def test_bad_lines_come_back_with_their_reason_to_who_sent_them(client, sekretariat, admin) -> None:
    batch = check(
        xlsx(MINE, {**MINE, "name": "Roti", "phone": "12", "nib": "", "kadin_number": ""}),
        sekretariat,
    )
    client.force_login(sekretariat)
    assert "Nomor HP harus" in client.get(f"{LIST}{batch.pk}/change/").text

    headers, line = rows_in(client.get(f"{LIST}{batch.pk}/baris-salah/").content)
    assert headers == [*HEADERS, "Alasan", "Baris"]
    assert line[headers.index("Nama usaha")] == "Roti"
    assert "Nomor HP harus" in line[headers.index("Alasan")]
    assert line[-1] == "3"

    client.force_login(admin)
    assert client.get(f"{LIST}{batch.pk}/baris-salah/").status_code == 404


def test_the_mended_file_of_bad_lines_is_read(sekretariat) -> None:
    from umkm_portal.lib.xlsx import write_rows

    mended = write_rows(
        [*HEADERS, "Alasan", "Baris"],
        [[*(MINE.get(key, "") for key in make_keys()), "x", "3"]],
    )
    assert check(mended, sekretariat).state == ImportState.CHECKED


def make_keys() -> list[str]:
    from tests.members.importing.sheets import KEYS

    return KEYS


@pytest.mark.parametrize("path", ["add/", "templat/", "{pk}/change/", "{pk}/tulis/", ""])
def test_nobody_else_moves_members_in(client, petugas, kurator, bendahara, admin, path) -> None:
    batch = check(xlsx(ANI), admin)
    for person in (petugas, kurator, bendahara):
        client.force_login(person)
        response = client.get(LIST + path.format(pk=batch.pk))
        assert response.status_code == 403, person


def test_nobody_without_the_right_takes_members_out(client, kurator, siti) -> None:
    client.force_login(kurator)
    assert client.get(f"{LIST}ekspor/xlsx/").status_code == 403
    client.force_login(siti)
    assert client.get(f"{LIST}ekspor/xlsx/").status_code == 302


def test_an_officer_takes_out_her_kecamatan_without_dues(client, admin) -> None:
    bring_in(
        xlsx(
            ANI,
            {
                **ANI,
                "full_name": "Beni",
                "name": "Roti Beni",
                "nik": "",
                "nib": "",
                "kadin_number": "",
                "kelurahan": "Pela Mampang",
            },
        ),
        admin,
    )
    jagakarsa = make.kelurahan("Cipedak").kecamatan
    client.force_login(make.staff("lurah", Role.PETUGAS, kecamatan=jagakarsa))

    headers, *lines = rows_in(client.get(f"{LIST}ekspor/xlsx/").content)

    assert "Iuran lunas sampai" not in headers
    assert "Nomor anggota Kadin" not in headers
    assert [line[headers.index("Nama usaha")] for line in lines] == ["Kue Ani"]
    assert AuditEntry.objects.filter(verb="members.exported").count() == 1


def test_the_secretariat_takes_out_kadins_members_without_the_citys_word(
    client, admin, sekretariat, batik
) -> None:
    bring_in(xlsx(ANI), admin)
    client.force_login(sekretariat)

    text = client.get(f"{LIST}ekspor/csv/").getvalue().decode("utf-8-sig")

    assert "Sudah diverifikasi Pemkot" not in text
    assert "Kue Ani" in text
    assert "Batik Siti" not in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_long_list_is_taken_out_by_short_statements(
    client, admin, siti, budi, batik, monkeypatch, kind
) -> None:
    """The web server gives each statement five seconds; a list of a million needs many of them."""
    monkeypatch.setattr(member_files, "CHUNK", 2)
    for number in range(5):
        make.business(budi, name=f"Usaha {number}")
    client.force_login(admin)

    with CaptureQueriesContext(connection) as said:
        content = client.get(f"{LIST}ekspor/{kind}/").getvalue()

    headers, *lines = rows_in(content)
    names = [line[headers.index("Nama usaha")] for line in lines]
    assert names == ["Batik Siti", *(f"Usaha {number}" for number in range(5))]
    read = [q["sql"] for q in said if "members_business" in q["sql"]]
    # No cursor that would hold the whole answer, and no statement about more than two of them.
    assert not any(sql.startswith(("DECLARE", "FETCH")) for sql in read)
    whole = [sql for sql in read if re.search(r"\bIN \(\d+(, \d+)?\)", sql) is None]
    assert all(sql.startswith('SELECT "members_business"."id" AS') for sql in whole)
    assert len(read) - len(whole) == 3


def test_it_is_sent_while_it_is_made(client, admin, batik) -> None:
    client.force_login(admin)

    response = client.get(f"{LIST}ekspor/csv/")

    assert response.streaming
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].endswith('.csv"')
    assert AuditEntry.objects.filter(verb="members.exported").count() == 1


def test_one_line_takes_as_many_queries_as_three(
    client, admin, django_assert_max_num_queries
) -> None:
    rows = [
        {
            **ANI,
            "full_name": f"P{n}",
            "name": f"Kue {n}",
            "nik": "",
            "nib": "",
            "kadin_number": f"K{n}",
        }
        for n in range(3)
    ]
    bring_in(xlsx(rows[0]), admin)
    client.force_login(admin)
    for _more in range(2):
        with django_assert_max_num_queries(14):
            assert client.get(f"{LIST}ekspor/xlsx/").status_code == 200
        with django_assert_max_num_queries(14):
            assert client.get(LIST).status_code == 200
        bring_in(xlsx(*rows), admin)


def test_what_is_no_file_is_told(client, admin) -> None:
    client.force_login(admin)
    assert "Pilih berkas dulu" in client.post(f"{LIST}add/", {}).text
