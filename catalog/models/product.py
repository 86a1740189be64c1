from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import (
    SearchVectorField,
)
from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from catalog.choices import Allergen, Category, FoodMark, ProductStatus, ReturnReason
from catalog.models.product_query import LIVE, PUBLIC, SEARCH_KEY, ProductQuerySet
from members.models import Business, Kecamatan, User
from umkm_portal.lib.marketplaces import shop_name

MOST_SHELF_DAYS = 3650
MOST_LEAD_DAYS = 60


class Product(models.Model):
    """Something a business sells.

    draft → waiting → live | needs_repair; needs_repair → waiting; live → waiting when name,
    photo, category, description or food facts change; any of these → archived → waiting;
    waiting | live → taken_down → needs_repair. Price and `sold_out` change in every status.

    From `is_public` to `marks_until` the database writes by itself, by triggers on this table and
    on those the facts come from: a page of cards reads one table. What code writes there is lost.
    """

    business = models.ForeignKey(
        Business, verbose_name=_("usaha"), on_delete=models.PROTECT, related_name="products"
    )
    name = models.CharField(_("nama produk"), max_length=120)
    slug = models.SlugField(max_length=140, editable=False, db_index=False)
    price = models.PositiveBigIntegerField(_("harga (Rp)"))
    unit = models.CharField(_("satuan"), max_length=20)
    category = models.CharField(_("kategori"), max_length=10, choices=Category)
    description = models.TextField(_("keterangan"), max_length=2000, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=ProductStatus, default=ProductStatus.DRAFT
    )
    sold_out = models.BooleanField(_("habis"), default=False)
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diubah"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("diajukan"), null=True, blank=True)
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("oleh"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    published_at = models.DateTimeField(_("tayang sejak"), null=True, blank=True)
    return_reasons = ArrayField(
        models.CharField(max_length=20, choices=ReturnReason), default=list, blank=True
    )
    return_note = models.CharField(_("catatan kurator"), max_length=500, blank=True)
    # Drawn with the empty form: the same form sent twice is one product.
    draft_key = models.CharField(max_length=36, editable=False, blank=True)
    food_mark = models.CharField(
        _("tanda halal"), max_length=8, choices=FoodMark, blank=True, default="", db_default=""
    )
    ingredients = models.TextField(
        _("bahan"), max_length=1000, blank=True, default="", db_default=""
    )
    allergens = ArrayField(
        models.CharField(max_length=12, choices=Allergen),
        verbose_name=_("alergen"),
        default=list,
        db_default=[],
        blank=True,
    )
    other_allergens = models.CharField(
        _("alergen lain"), max_length=120, blank=True, default="", db_default=""
    )
    shelf_life_days = models.PositiveSmallIntegerField(
        _("masa simpan (hari)"), null=True, blank=True
    )
    # 0 is "ready"; 3 is "PO 3 hari".
    lead_days = models.PositiveSmallIntegerField(_("lama pesan (hari)"), default=0, db_default=0)
    shop_url = models.CharField(
        _("tautan marketplace"), max_length=300, blank=True, default="", db_default=""
    )
    search_vector = SearchVectorField(editable=False, null=True)
    is_public = models.BooleanField(editable=False, db_default=False)
    kecamatan = models.ForeignKey(
        Kecamatan,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    kecamatan_name = models.CharField(max_length=60, editable=False, db_default="")
    seller_name = models.CharField(max_length=120, editable=False, db_default="")
    seller_slug = models.CharField(max_length=140, editable=False, db_default="")
    cover_name = models.CharField(max_length=60, editable=False, db_default="")
    cover_width = models.PositiveSmallIntegerField(editable=False, db_default=0)
    cover_height = models.PositiveSmallIntegerField(editable=False, db_default=0)
    cover_colour = models.CharField(max_length=7, editable=False, db_default="")
    # Verified papers as {"kind": "nib", "until": "2027-06-12" or null}; shown only while in date.
    badges = models.JSONField(editable=False, db_default=Value([], models.JSONField()))
    halal_until = models.DateField(null=True, editable=False)
    # The same as bits of `catalog.choices.Mark`, true until the end of `marks_until`.
    marks = models.SmallIntegerField(editable=False, db_default=0)
    marks_until = models.DateField(null=True, editable=False)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("produk")
        verbose_name_plural = _("produk")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ProductStatus.values), name="product_status_known"
            ),
            models.CheckConstraint(
                condition=Q(category__in=Category.values), name="product_category_known"
            ),
            models.CheckConstraint(
                condition=Q(price__gt=0),
                name="product_price_positive",
                violation_error_message=_("Harga harus lebih dari Rp0."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="product_has_a_name"),
            models.CheckConstraint(
                condition=~Q(status=ProductStatus.WAITING) | Q(submitted_at__isnull=False),
                name="product_waiting_since",
            ),
            models.CheckConstraint(
                condition=~LIVE | Q(decided_at__isnull=False, published_at__isnull=False),
                name="product_live_was_approved",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[ProductStatus.NEEDS_REPAIR, ProductStatus.TAKEN_DOWN])
                | ~Q(return_reasons=[])
                | ~Q(return_note=""),
                name="product_returned_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(food_mark="")
                | Q(food_mark__in=FoodMark.values, category=Category.KULINER),
                name="product_food_mark_on_food_only",
            ),
            models.CheckConstraint(
                condition=Q(allergens__contained_by=Allergen.values),
                name="product_allergens_known",
            ),
            models.CheckConstraint(
                condition=~Q(allergens__contains=[Allergen.NONE]) | Q(allergens__len=1),
                name="product_no_allergen_stands_alone",
            ),
            models.CheckConstraint(
                condition=Q(shelf_life_days__isnull=True)
                | Q(shelf_life_days__range=(1, MOST_SHELF_DAYS)),
                name="product_shelf_life_in_range",
            ),
            models.CheckConstraint(
                condition=Q(lead_days__lte=MOST_LEAD_DAYS), name="product_lead_days_in_range"
            ),
        ]
        indexes = [
            # A list looks for its rows in these alone, and reads the table for those it shows.
            models.Index(
                fields=["-published_at", "-id"],
                include=["category", "kecamatan", "price", "marks", "sold_out", "business"],
                condition=PUBLIC,
                name="product_list_newest",
            ),
            models.Index(
                fields=["price", "id"],
                include=["category", "kecamatan", "marks", "sold_out", "business"],
                condition=PUBLIC,
                name="product_list_price",
            ),
            models.Index(
                fields=["kecamatan", "category", "-published_at", "-id"],
                include=["price", "marks", "sold_out", "business"],
                condition=PUBLIC,
                name="product_place_newest",
            ),
            models.Index(
                fields=["kecamatan", "category", "price", "id"],
                include=["marks", "sold_out", "business"],
                condition=PUBLIC,
                name="product_place_price",
            ),
            models.Index(
                fields=["marks_until"],
                condition=Q(marks_until__isnull=False),
                name="product_marks_end",
            ),
            models.Index(
                fields=["submitted_at"],
                condition=Q(status=ProductStatus.WAITING),
                name="product_waiting",
            ),
            GinIndex(SEARCH_KEY, name="product_search", condition=PUBLIC),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="product_name_trigram"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        # As `reverse` says it; a page asks a dozen times, and each answer would take 30 µs.
        return f"/produk/{self.slug}-{self.pk}/"

    @property
    def needs_food_facts(self) -> bool:
        """A dish without them does not go to the curator."""
        told = self.food_mark and self.ingredients and self.allergens and self.shelf_life_days
        return self.category == Category.KULINER and not told

    def lacks_halal(self, *, on: date) -> bool:
        """Food that is not sold as non-halal, without a certificate that is good on that day."""
        if self.category != Category.KULINER or self.food_mark == FoodMark.NON_HALAL:
            return False
        return self.halal_until is None or self.halal_until < on

    @property
    def shop_name(self) -> str:
        """Which marketplace also sells it: "Tokopedia"; "" for none."""
        return shop_name(self.shop_url) if self.shop_url else ""

    @property
    def return_sentences(self) -> list[str]:
        """The curator's reasons as sentences for the owner."""
        known = [str(ReturnReason(code).label) for code in self.return_reasons]
        return [*known, self.return_note] if self.return_note else known
