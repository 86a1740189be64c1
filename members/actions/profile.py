"""What an owner may change about a checked business without a new check."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Business, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused


@dataclass(frozen=True)
class PublicDetails:
    """What shoppers may see; nothing of it is shown unless the owner said so here."""

    show_address: bool = False
    order_phone: str = ""
    show_phone: bool = False
    opening_hours: str = ""
    instagram: str = ""
    shop_url: str = ""


@transaction.atomic
def change_public_details(
    business: Business, *, details: PublicDetails, by: User, via: str
) -> Business:
    """Switch each detail on or off for shoppers, and change the number they order with."""
    business = Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    if not business.is_verified:
        raise ActionRefused(_("Pilihan ini terbuka setelah usaha disetujui."))
    new = asdict(details)
    old = {name: getattr(business, name) for name in new}
    if old == new:
        return business
    for name, value in new.items():
        setattr(business, name, value)
    business.save(update_fields=list(new))
    record("business.details_changed", business, by=by, via=via, old=old, new=new)
    return business
