"""What the owner says about a dish, and how long ahead a product has to be asked for."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions.listing import lock_product, queue_again
from catalog.badges import may_claim_halal
from catalog.choices import Category, FoodMark, ProductStatus
from catalog.models import Product
from catalog.models.product import MOST_LEAD_DAYS
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused


@dataclass(frozen=True)
class FoodFacts:
    """As typed; `allergens` are values of `Allergen`, `shelf_life_days` whole days."""

    food_mark: str
    ingredients: str
    allergens: list[str]
    shelf_life_days: int
    other_allergens: str = ""


@transaction.atomic
def set_food_facts(product: Product, facts: FoodFacts, *, by: User | None, via: str) -> Product:
    """The dish says what is in it. A live one is looked at again, for these are claims.

    "Halal" is refused without a verified certificate that is in date: UU 33/2014 art. 25 lets
    only its holder write it.
    """
    product = lock_product(product)
    _refuse_taken_down(product)
    if product.category != Category.KULINER:
        raise ActionRefused(_("Keterangan pangan hanya untuk produk kuliner."))
    today = timezone.localdate()
    if facts.food_mark == FoodMark.HALAL and not may_claim_halal(product.business, on=today):
        raise ActionRefused(
            _("Sertifikat halal usaha Anda belum disahkan. Unggah dulu di Berkas usaha.")
        )
    changed = {
        field: [getattr(product, field), new]
        for field, new in asdict(facts).items()
        if getattr(product, field) != new
    }
    if not changed:
        return product
    for field, (_old, new) in changed.items():
        setattr(product, field, new)
    product.updated_at = timezone.now()
    product.save(update_fields=[*changed, "updated_at"])
    record("product.food_facts_set", product, by=by, via=via, changed=changed)
    queue_again(product, by=by, via=via)
    return product


@transaction.atomic
def set_lead_days(product: Product, days: int, *, by: User | None, via: str) -> Product:
    """Made to order, `days` ahead; 0 is ready. Like a price it is seen at once."""
    product = lock_product(product)
    _refuse_taken_down(product)
    if not 0 <= days <= MOST_LEAD_DAYS:
        raise ActionRefused(_("Lama pesan 0 sampai %d hari.") % MOST_LEAD_DAYS)
    if product.lead_days != days:
        before, product.lead_days, product.updated_at = product.lead_days, days, timezone.now()
        product.save(update_fields=["lead_days", "updated_at"])
        record("product.lead_days_set", product, by=by, via=via, before=before, days=days)
    return product


def _refuse_taken_down(product: Product) -> None:
    if product.status == ProductStatus.TAKEN_DOWN:
        raise ActionRefused(_("Produk yang diturunkan tidak bisa diubah. Hubungi kurator."))
