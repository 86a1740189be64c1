"""Public sums, counted when asked; money only where five or more sellers stand behind it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.models import Product
from events.reports.editions import editions
from members.choices import ApplicationStatus, Sector
from members.models import Business, KadinMembership, Kecamatan

# Sums of fewer sellers would tell what one of them earned.
FEWEST_SELLERS = 5
APPROVED = Q(
    kelurahan__businesses__status=ApplicationStatus.APPROVED,
    kelurahan__businesses__suspended_at=None,
)


@login_not_required
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    sectors = _by_sector()
    districts = Kecamatan.objects.annotate(
        count=Count("kelurahan__businesses", filter=APPROVED)
    ).order_by("-count", "name")
    past = [line for line in editions(at=timezone.now())[1] if line.sellers >= FEWEST_SELLERS]
    context = {
        "omzet_million": sum(line.omzet or 0 for line in past) // 1_000_000,
        "editions": len(past),
        "businesses": sum(sectors.values()),
        "members": KadinMembership.objects.in_good_standing(on=today).count(),
        "products": Product.objects.visible().count(),
        "sectors": [(label, sectors.get(value, 0)) for value, label in Sector.choices],
        "districts": [(district.name, district.count) for district in districts],
        "fullest_district": max(district.count for district in districts),
        "fullest_sector": max(sectors.values(), default=0),
        "today": today,
    }
    return render(request, "statistics.html", context)


def _by_sector() -> dict[str, int]:
    counted = Business.objects.verified().order_by().values_list("sector")
    return dict(counted.annotate(count=Count("pk")).values_list("sector", "count"))
