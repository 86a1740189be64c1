"""What an owner does with a product: draft, send to the curator, change, archive."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalog.actions.indexing import write_search
from catalog.choices import Category, ProductStatus
from catalog.models import Product
from members.models import Business, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused

# A curator looked at these; what he has not seen must not be shown in his name.
CURATED = ("name", "category", "description")
SUBMITTABLE = (ProductStatus.DRAFT, ProductStatus.NEEDS_REPAIR, ProductStatus.ARCHIVED)
MOST_PRODUCTS = 1_000


@dataclass(frozen=True)
class ProductValues:
    """What the owner typed; `price` is whole rupiah."""

    name: str
    price: int
    unit: str
    category: str
    description: str = ""


@transaction.atomic
def draft_product(
    business: Business, values: ProductValues, *, by: User | None, via: str, key: str = ""
) -> Product:
    """The owner begins a product. The same form (`key`) sent twice is one product."""
    business = Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    if key:
        same = business.products.filter(draft_key=key, name=values.name).first()
        if same is not None:
            return same
    if business.products.count() >= MOST_PRODUCTS:
        raise ActionRefused(_("Paling banyak %d produk untuk satu usaha.") % MOST_PRODUCTS)
    product = Product.objects.create(
        business=business, slug=product_slug(values.name), draft_key=key, **asdict(values)
    )
    write_search(product)
    record("product.drafted", product, by=by, via=via, name=product.name, price=product.price)
    return product


@transaction.atomic
def submit_product(product: Product, *, by: User | None, via: str) -> Product:
    """The product goes to the curator's queue. A second press changes nothing."""
    product = lock_product(product)
    if product.status in {ProductStatus.WAITING, ProductStatus.LIVE}:
        return product
    if product.status not in SUBMITTABLE:
        raise ActionRefused(_("Produk ini diturunkan kurator. Hubungi kurator dulu."))
    if not product.business.is_verified:
        raise ActionRefused(
            _(
                "Usaha Anda belum disetujui, jadi produk ini disimpan sebagai draf. "
                "Kirim lagi setelah usaha disetujui."
            )
        )
    if not product.business.may_list:
        raise ActionRefused(_("Katalog ini untuk usaha kuliner, fashion, dan kerajinan."))
    if not product.photos.exists():
        raise ActionRefused(_("Tambahkan satu foto dulu. Isian lain sudah tersimpan."))
    if product.needs_food_facts:
        raise ActionRefused(
            _("Isi dulu keterangan pangan: bahan, alergen, masa simpan, dan halal.")
        )
    before = product.status
    product.status = ProductStatus.WAITING
    product.submitted_at = timezone.now()
    product.save(update_fields=["status", "submitted_at"])
    record("product.submitted", product, by=by, via=via, before=before)
    return product


@transaction.atomic
def change_product(
    product: Product, values: ProductValues, *, by: User | None, via: str
) -> Product:
    """The owner mends what he typed; new name, category or words are looked at again."""
    product = lock_product(product)
    if product.status == ProductStatus.TAKEN_DOWN:
        raise ActionRefused(_("Produk yang diturunkan tidak bisa diubah. Hubungi kurator."))
    changed = {
        field: [getattr(product, field), new]
        for field, new in asdict(values).items()
        if getattr(product, field) != new
    }
    if not changed:
        return product
    for field, (_old, new) in changed.items():
        setattr(product, field, new)
    if product.category != Category.KULINER:
        product.food_mark = ""
    product.slug = product_slug(product.name)
    product.updated_at = timezone.now()
    product.save(update_fields=[*changed, "food_mark", "slug", "updated_at"])
    write_search(product)
    record("product.changed", product, by=by, via=via, changed=changed)
    if any(field in changed for field in CURATED):
        queue_again(product, by=by, via=via)
    return product


@transaction.atomic
def set_price(product: Product, price: int, *, by: User | None, via: str) -> Product:
    """A new price in whole rupiah, seen at once; no curator is asked."""
    product = lock_product(product)
    if price <= 0:
        raise ActionRefused(_("Harga harus lebih dari Rp0."))
    if product.price != price:
        before, product.price, product.updated_at = product.price, price, timezone.now()
        product.save(update_fields=["price", "updated_at"])
        record("product.priced", product, by=by, via=via, before=before, price=price)
    return product


@transaction.atomic
def set_sold_out(product: Product, *, sold_out: bool, by: User | None, via: str) -> Product:
    """Habis, or there again; no curator is asked."""
    product = lock_product(product)
    if product.sold_out != sold_out:
        product.sold_out = sold_out
        product.save(update_fields=["sold_out"])
        record("product.sold_out" if sold_out else "product.restocked", product, by=by, via=via)
    return product


@transaction.atomic
def archive_product(product: Product, *, by: User | None, via: str) -> Product:
    """The owner takes the product out of the catalogue; sending it in again brings it back."""
    product = lock_product(product)
    if product.status == ProductStatus.TAKEN_DOWN:
        raise ActionRefused(_("Produk ini sudah diturunkan kurator."))
    if product.status != ProductStatus.ARCHIVED:
        before, product.status = product.status, ProductStatus.ARCHIVED
        product.save(update_fields=["status"])
        record("product.archived", product, by=by, via=via, before=before)
    return product


def lock_product(product: Product) -> Product:
    """The row as it is now, held until the end of the transaction."""
    return (
        Product.objects.select_for_update(of=("self",))
        .select_related("business__owner", "business__kelurahan__kecamatan")
        .get(pk=product.pk)
    )


@transaction.atomic
def queue_again(product: Product, *, by: User | None, via: str) -> Product:
    """A live product whose looks changed leaves the catalogue until a curator has seen it."""
    if product.status == ProductStatus.LIVE:
        old, product.status = product.status, ProductStatus.WAITING
        product.submitted_at = timezone.now()
        product.save(update_fields=["status", "submitted_at"])
        record("product.queued_again", product, by=by, via=via, old=old, new=product.status)
    return product


def product_slug(name: str) -> str:
    return slugify(name)[:140].strip("-") or "produk"
