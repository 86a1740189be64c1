"""The steps of Jakpreneur as part of what is kept about a person."""

from __future__ import annotations

from django.utils.translation import gettext as _

from members.models import StageEvidence, User
from members.reports.my_data import Section, when


def sections_of(user: User) -> list[Section]:
    """Officers' notes too: whoever asks for a copy may read what was written about her."""
    rows = (
        StageEvidence.objects.filter(business__owner=user)
        .select_related("business", "stage", "office")
        .order_by("on", "pk")
    )
    columns = [_("Usaha"), _("Langkah"), _("Tanggal"), _("Bukti"), _("Dinas"), _("Catatan petugas")]
    section = Section(
        "langkah",
        _("Langkah Jakpreneur"),
        why=_("Untuk pembinaan oleh Pemkot."),
        kept=_("Selama terdaftar; keterangan dan catatan dihapus bersama data Anda."),
        columns=columns,
        rows=[
            [
                str(row.business),
                str(row.stage),
                when(row.on),
                row.label or str(row.get_kind_display()),
                row.office.short_name if row.office else "",
                row.note,
            ]
            for row in rows
        ],
    )
    return [section]
