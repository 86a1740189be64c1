"""What an owner may change about a checked business without a new check."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Business, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused


@transaction.atomic
def change_public_details(
    business: Business, *, show_address: bool, order_phone: str, by: User, via: str
) -> Business:
    """Switch the address on or off for shoppers, and change the number they order with."""
    business = Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    if not business.is_verified:
        raise ActionRefused(_("Pilihan ini terbuka setelah usaha disetujui."))
    old = {"show_address": business.show_address, "order_phone": business.order_phone}
    new = {"show_address": show_address, "order_phone": order_phone}
    if old == new:
        return business
    business.show_address, business.order_phone = show_address, order_phone
    business.save(update_fields=list(new))
    record("business.details_changed", business, by=by, via=via, old=old, new=new)
    return business
