"""What must be true of the reports of a market day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.db.models import Sum

from events.models import EventDay, SalesReport

Told = tuple[int, int]
"""Rupiah and pieces."""
Sums = dict[int, Told]
"""By business, what it said last."""


def check_sales(day: EventDay, told: Mapping[int, Told]) -> list[str]:
    """Each seller counts once with what she said last, and nobody who was not there."""
    reports = SalesReport.objects.filter(day=day)
    rows = reports.order_by("pk").values_list(
        "business_id", "booth_sum", "online_sum", "pieces_sum"
    )
    kept = {business: (booth + online, pieces) for business, booth, online, pieces in rows}
    times = Counter(business for business, *_numbers in rows)
    broken = [f"{day}: usaha {pk} dihitung {n} kali." for pk, n in times.items() if n > 1]
    broken += [
        f"{day}: laporan usaha {pk} {kept.get(pk)}, mestinya {told.get(pk)}."
        for pk in sorted({*kept, *told})
        if kept.get(pk) != told.get(pk)
    ]
    there = set(day.places.present().values_list("business_id", flat=True))
    broken += [f"{day}: usaha {pk} melapor tanpa hadir." for pk in sorted({*kept} - there)]
    sums = reports.aggregate(booth=Sum("booth_sum"), online=Sum("online_sum"))
    omzet = (sums["booth"] or 0) + (sums["online"] or 0)
    should = sum(said[0] for said in told.values())
    if omzet != should:
        broken.append(f"{day}: jumlah omzet {omzet}, mestinya {should}.")
    return broken
