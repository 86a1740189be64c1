"""The recap on paper and as a sheet, from the rows its page shows."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from events.reports.recap import Before, Line, Recap, Table
from events.reports.sales_desk import Change
from umkm_portal.lib.dates import jam, pukul, tanggal
from umkm_portal.lib.pdf import render_pdf
from umkm_portal.lib.rupiah import rupiah
from umkm_portal.lib.xlsx import write_sheets

LINES_ON_PAPER = 12


def recap_pdf(recap: Recap) -> bytes:
    """Berita acara of A4, black on white, with room to sign."""
    event, total = recap.event, recap.total
    return render_pdf(
        "recap",
        {
            "title": _("Rekap penjualan %s") % event,
            "from": event.organiser or _("Pemerintah Kota Jakarta Selatan"),
            "under": _("Jumat Beli Lokal"),
            "kind": _("Rekap penjualan"),
            "number": event.name,
            "facts": [
                [_("Hari"), _days(recap)],
                [_("Tempat"), event.venue],
                *_who(recap),
                *_fees(recap),
            ],
            "status": _status(recap),
            "sums": [[label, value, note] for label, value, note in _sums(recap)],
            "before": _before(recap),
            "tables": [_paper_table(table, total) for table in recap.tables],
            "head": [_("Melapor"), _("Omzet"), _("Median"), _("Barang"), _("Transaksi")],
            "best": [[b.name, str(b.sellers), _n(b.pieces)] for b in recap.best[:5]],
            "best_title": _("Paling laku, menurut penjualnya"),
            "best_head": [_("Barang"), _("Penjual"), _("Semua barang mereka")],
            "overridden": [f"{e.name}: {e.override_reason}" for e in recap.overridden],
            "overridden_title": _("Diterima di luar urutan"),
            "note": _(
                "Dari laporan penjual sendiri. Kisaran dihitung dengan nilai tengahnya dan disebut "
                "perkiraan. Yang belum melapor tidak ditaksir. Daring dan transaksi dari yang "
                "menyebutnya saja; – berarti tidak ada yang menyebutnya."
            ),
            "signers": [_("Penanggung jawab acara"), _("Petugas pencatat")],
        },
    )


def recap_xlsx(recap: Recap, changes: list[Change]) -> bytes:
    """Sums first, then every way to divide them, each seller's report, and the corrections."""
    sums = [_("Baris"), _("Melapor"), _("Diharapkan"), *_money_heads()]
    sheets: dict[str, Any] = {
        _("Ringkasan"): ([_("Angka"), _("Nilai"), _("Dari laporan"), _("Keterangan")], _rows(recap))
    }
    numbers: dict[str, Any] = {_("Ringkasan"): {1}}
    for table in recap.tables:
        lines = [*table.lines, recap.total]
        sheets[table.title] = ([table.head, *sums[1:]], [_cells(line) for line in lines])
        numbers[table.title] = range(1, len(sums))
    sheets[_("Penjual")] = (_seller_heads(), [_seller(entry) for entry in recap.total.entries])
    numbers[_("Penjual")] = range(6, 12)
    best = [[b.name, b.sellers, b.pieces] for b in recap.best]
    heads = [_("Barang"), _("Disebut penjual"), _("Semua barang mereka yang terjual")]
    sheets[_("Paling laku")] = (heads, best)
    numbers[_("Paling laku")] = {1, 2}
    sheets[_("Koreksi")] = (
        [_("Usaha"), _("Hari"), _("Angka"), _("Semula"), _("Menjadi"), _("Alasan"), _("Oleh")],
        [_change(change, *number) for change in changes for number in change.numbers],
    )
    return write_sheets(sheets, numbers=numbers)


def _n(number: int | None) -> str:
    return "–" if number is None else f"{number:,}".replace(",", ".")


def _rupiah(amount: int | None) -> str:
    return "–" if amount is None else rupiah(amount)


def _rate(line: Line) -> str:
    return _("%(n)s dari %(of)s melapor") % {"n": _n(line.reported), "of": _n(line.expected)}


def _days(recap: Recap) -> str:
    return "; ".join(
        f"{tanggal(day.date)} {jam(day.opens_at)}–{jam(day.closes_at)}"
        for day in recap.event.days.all()
    )


def _who(recap: Recap) -> list[list[str]]:
    there = _("%s penjual hadir") % _n(recap.total.sellers)
    said = [[_("Laporan"), f"{_rate(recap.total)}; {there}"]]
    return [*said, *([[_("Hanya dari"), recap.only]] if recap.only else [])]


def _fees(recap: Recap) -> list[list[str]]:
    return [[_("Biaya lapak"), recap.fees.sentence]] if recap.fees else []


def _status(recap: Recap) -> str:
    if recap.is_final and recap.locks_at:
        return _("Angka akhir: laporan dikunci %s.") % tanggal(recap.locks_at)
    return _("Sementara, %(day)s %(time)s; laporan masih diterima.") % {
        "day": tanggal(recap.at),
        "time": pukul(recap.at),
    }


def _sums(recap: Recap) -> list[tuple[str, str, str]]:
    """What is told, its value, and who stands behind it."""
    total, rate = recap.total, _rate(recap.total)
    guessed = _("%d %% perkiraan dari kisaran") % total.percent_estimated
    of = {"of": _n(total.expected)}
    found = [(_("Omzet"), rupiah(total.omzet), f"{rate}; {guessed}")]
    if recap.percent is not None and recap.event.target_omzet:
        target = _("dari target %s") % rupiah(recap.event.target_omzet)
        found.append((_("Terhadap target"), f"{recap.percent} %", f"{target}; {rate}"))
    online = _("%(n)s dari %(of)s menyebutnya") % {"n": _n(total.with_online), **of}
    buyers = _("%(n)s dari %(of)s menyebutnya") % {"n": _n(total.with_transactions), **of}
    mean = _("rata-rata %s") % rupiah(total.mean)
    return [
        *found,
        (_("Di lapak"), rupiah(total.booth), rate),
        (_("Daring"), _rupiah(total.told_online), online),
        (_("Barang terjual"), _n(total.pieces), rate),
        (_("Transaksi"), _n(total.told_transactions), buyers),
        (_("Median per penjual"), rupiah(total.median), f"{mean}; {rate}"),
    ]


def _before(recap: Recap) -> str:
    before = recap.before
    if before is None:
        return ""
    then = before.total if recap.is_final else before.then
    if not before.total.reported:
        omzet = before.event.result_omzet
        said = _("Edisi sebelumnya, %(name)s: %(omzet)s menurut petugas.")
        return said % {"name": before.event, "omzet": rupiah(omzet)} if omzet is not None else ""
    said = (
        _("Edisi sebelumnya, %(name)s: %(omzet)s, %(rate)s.")
        if recap.is_final
        else _("Edisi sebelumnya, %(name)s, selama ini sesudah tutup: %(omzet)s, %(rate)s.")
    )
    return said % {"name": before.event, "omzet": rupiah(then.omzet), "rate": _rate(then)}


def _paper_table(table: Table, total: Line) -> dict[str, Any]:
    """The largest rows; what is left over is one row, so that the column still adds up."""
    lines = table.lines
    if len(lines) > LINES_ON_PAPER:
        rest = [entry for line in lines[LINES_ON_PAPER - 1 :] for entry in line.entries]
        lines = [*lines[: LINES_ON_PAPER - 1], Line(_("Lainnya"), rest)]
    return {
        "title": table.title,
        "head": table.head,
        "rows": [_paper_row(line) for line in [*lines, total]],
    }


def _paper_row(line: Line) -> list[str]:
    reported = _("%(n)s dari %(of)s") % {"n": _n(line.reported), "of": _n(line.expected)}
    money = [rupiah(line.omzet), rupiah(line.median)]
    return [line.label, reported, *money, _n(line.pieces), _n(line.told_transactions)]


def _rows(recap: Recap) -> list[list[object]]:
    total, event = recap.total, recap.event
    of = [total.reported, total.expected]
    rate = _("%d dari %d") % (of[0], of[1])
    rows: list[list[object]] = [
        [_("Acara"), event.name, "", _days(recap)],
        [_("Tempat"), event.venue, "", recap.only],
        [_("Keadaan"), _("akhir") if recap.is_final else _("sementara"), "", _status(recap)],
        [_("Penjual hadir"), total.sellers, rate, ""],
        [_("Omzet (Rp)"), total.omzet, rate, _("perkiraan Rp%s") % _n(total.estimated)],
        [_("Target (Rp)"), event.target_omzet, "", _percent(recap)],
        [_("Di lapak (Rp)"), total.booth, rate, ""],
        [_("Daring (Rp)"), total.told_online, _("%d dari %d") % (total.with_online, of[1]), ""],
        [_("Barang terjual"), total.pieces, rate, _("perkiraan %s") % _n(total.pieces_estimated)],
        [
            _("Transaksi"),
            total.told_transactions,
            _("%d dari %d") % (total.with_transactions, of[1]),
            "",
        ],
        [_("Median per penjual (Rp)"), total.median, rate, ""],
        [_("Rata-rata per penjual (Rp)"), total.mean, rate, ""],
    ]
    if recap.fees:
        sums = recap.fees
        rows.append([_("Biaya lapak (Rp)"), sums.received, "", sums.sentence])
    if recap.before:
        rows.append(_row_before(recap.before, _before(recap)))
    return rows


def _row_before(before: Before, said: str) -> list[object]:
    """All that is known of it by now, as a number to reckon with."""
    total = before.total
    label = _("Omzet edisi sebelumnya (Rp)")
    if not total.reported:
        return [label, before.event.result_omzet, _("angka dari petugas"), said]
    return [label, total.omzet, _("%d dari %d") % (total.reported, total.expected), said]


def _percent(recap: Recap) -> str:
    return "" if recap.percent is None else f"{recap.percent} %"


def _money_heads() -> list[str]:
    return [
        *(_("Lapak (Rp)"), _("Daring (Rp)"), _("Omzet (Rp)"), _("Perkiraan (Rp)")),
        *(_("Median (Rp)"), _("Barang"), _("Transaksi")),
        *(_("Menyebut daring"), _("Menyebut transaksi")),
    ]


def _cells(line: Line) -> list[object]:
    return [
        *(line.label, line.reported, line.expected, line.booth, line.told_online),
        *(line.omzet, line.estimated, line.median, line.pieces, line.told_transactions),
        *(line.with_online, line.with_transactions),
    ]


def _seller_heads() -> list[str]:
    return [
        *(_("Tanggal"), _("Lapak nomor"), _("Lorong"), _("Usaha"), _("Kecamatan"), _("Kategori")),
        *(_("Lapak (Rp)"), _("Daring (Rp)"), _("Omzet (Rp)"), _("Perkiraan (Rp)"), _("Barang")),
        *(_("Transaksi"), _("Paling laku"), _("Sumber"), _("Dilaporkan"), _("Koreksi")),
    ]


def _seller(entry: Any) -> list[object]:
    who = [entry.date, entry.number, entry.zone, entry.name, entry.kecamatan, entry.sector_label]
    if not entry.is_reported:
        return [*who, *([""] * 7), _("belum melapor")]
    return [
        *who,
        *(
            entry.booth,
            entry.online if entry.says_online else None,
            entry.omzet,
            entry.estimated,
            entry.pieces,
        ),
        *(entry.transactions, entry.best, entry.source, entry.reported_at, entry.corrections or ""),
    ]


def _change(change: Change, label: str, before: str, after: str) -> list[object]:
    row = change.correction
    report = row.report
    return [report.business.name, report.day.date, label, before, after, row.reason, str(row.by)]
