"""Two that look alike: staff say they are two. (Making one of them is umkm_portal.merging.)"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Business, DistinctPair, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused


@transaction.atomic
def tell_apart(one: Business, *, other: Business, by: User | None, via: str) -> DistinctPair:
    """They are two businesses; the pair is not shown again."""
    if one.pk == other.pk:
        raise ActionRefused(_("Pilih dua usaha yang berbeda."))
    first, second = sorted([one, other], key=lambda business: business.pk)
    pair, is_new = DistinctPair.objects.get_or_create(
        first=first, second=second, defaults={"decided_by": by}
    )
    if is_new:
        record("business.told_apart", first, by=by, via=via, other=second.number)
    return pair
