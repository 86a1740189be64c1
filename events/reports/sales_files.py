"""Sheets of sales: a seller's own, and the recap of an edition."""

from __future__ import annotations

from django.utils.translation import gettext as _

from events.reports.sales import MySales
from events.sales_choices import OmzetBracket, ReportSource
from umkm_portal.lib.xlsx import write_sheets


def my_sales_xlsx(sales: MySales) -> bytes:
    """A row for each day she reported; what was a bracket says so and counts as its middle."""
    headers = [
        _("Tanggal"),
        _("Acara"),
        _("Usaha"),
        _("Omzet lapak (Rp)"),
        _("Omzet daring (Rp)"),
        _("Jumlah (Rp)"),
        _("Barang terjual"),
        _("Pembeli"),
        _("Paling laku"),
        _("Keterangan"),
        _("Sumber"),
    ]
    rows = [
        [
            report.day.date,
            edition.event.name,
            edition.business,
            report.booth_sum,
            report.online_sum,
            report.omzet_sum,
            report.pieces_sum,
            report.transactions,
            report.best_product.name if report.best_product else report.best_words,
            _brackets(report.booth_bracket, report.online_bracket),
            ReportSource(report.source).label,
        ]
        for edition in sales.editions
        for report in edition.reports
    ]
    name = _("Penjualan saya")
    return write_sheets({name: (headers, rows)}, numbers={name: range(3, 8)})


def _brackets(booth: str, online: str) -> str:
    said = [
        f"{channel} {OmzetBracket(bracket).label}"
        for channel, bracket in ((_("lapak"), booth), (_("daring"), online))
        if bracket
    ]
    return _("Perkiraan: %s") % ", ".join(said) if said else _("Angka pasti")
