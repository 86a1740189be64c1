"""Our own file and template: what goes out comes in again, and a NIK never goes out."""

from __future__ import annotations

import pytest

from members.reports.member_files import export_csv, export_xlsx, template
from tests import make
from tests.members.importing.sheets import ANI, HEADERS, MINE, bring_in, counts, rows_in, xlsx


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
