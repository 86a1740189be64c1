from __future__ import annotations

from typing import Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from members.choices import LISTING_SECTORS, ApplicationStatus, BusinessSize, Right, Sector
from members.models.person import User
from members.models.region import Kelurahan
from umkm_portal.lib.marketplaces import shop_name

# PP 7/2021 art. 35 (5): highest yearly sales of each size, rupiah, inclusive.
SIZE_BOUNDS = (
    (2_000_000_000, BusinessSize.MIKRO),
    (15_000_000_000, BusinessSize.KECIL),
    (50_000_000_000, BusinessSize.MENENGAH),
)
DECIDED = (ApplicationStatus.APPROVED, ApplicationStatus.REJECTED, ApplicationStatus.NEEDS_REPAIR)


def size_by_sales(yearly_sales: int) -> BusinessSize:
    return next((size for bound, size in SIZE_BOUNDS if yearly_sales <= bound), BusinessSize.BESAR)


class BusinessQuerySet(models.QuerySet["Business"]):
    def owned_by(self, user: User | AnonymousUser) -> Self:
        return self.filter(owner_id=user.pk)

    def workable_by(self, user: User | AnonymousUser, *, right: Right | None = None) -> Self:
        """Own businesses, and those whose owner gave this person the right (None: any)."""
        given = {
            None: Q(),
            Right.CATALOGUE: Q(people__may_catalogue=True),
            Right.MARKET: Q(people__may_market=True),
        }
        works = Q(people__accepted_at__isnull=False, people__revoked_at=None)
        hired = Business.objects.filter(given[right] & works, people__user=user.pk)
        return self.filter(Q(owner_id=user.pk) | Q(pk__in=hired.values("pk")))

    def verified(self) -> Self:
        """Approved by Pemkot and not suspended: may be seen, may list, may apply.

        One taken over from a list is not shown before its owner has claimed it: she was not asked.
        """
        imported = apps.get_model("members", "ImportedMember")
        unclaimed = imported._base_manager.filter(business=OuterRef("pk"), claimed_at=None)
        return self.filter(~Exists(unclaimed), status=ApplicationStatus.APPROVED, suspended_at=None)

    def listed(self) -> Self:
        """Verified, claimed, and the owner's consent to the catalogue not taken back."""
        return self.filter(is_listed=True)

    def may_list(self) -> Self:
        return self.verified().filter(sector__in=LISTING_SECTORS)

    def being_filled(self) -> Self:
        """The owner may still write in these; what needs repair comes before a new draft."""
        return self.filter(
            status__in=[ApplicationStatus.DRAFT, ApplicationStatus.NEEDS_REPAIR]
        ).order_by("-status", "pk")

    def sent(self) -> Self:
        """What staff may see: a draft is the owner's alone."""
        return self.exclude(status=ApplicationStatus.DRAFT)

    def waiting(self) -> Self:
        return self.filter(status=ApplicationStatus.SUBMITTED).order_by("submitted_at")

    def within_reach_of(self, staff: User) -> Self:
        """A Petugas of one kecamatan sees that kecamatan's businesses, anyone else all."""
        if staff.is_superuser or staff.kecamatan_id is None:
            return self
        return self.filter(kelurahan__kecamatan_id=staff.kecamatan_id)


class Business(models.Model):
    """One business of one owner, and its application to the city's Jakpreneur programme.

    draft → submitted → approved | rejected | needs_repair; needs_repair → submitted;
    draft | submitted | needs_repair → cancelled. Kadin's membership is a row of its own.
    """

    owner = models.ForeignKey(
        User, verbose_name=_("akun pemilik"), on_delete=models.PROTECT, related_name="businesses"
    )
    number = models.CharField(_("nomor"), max_length=20, unique=True, null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=ApplicationStatus, default=ApplicationStatus.DRAFT
    )
    name = models.CharField(_("nama usaha"), max_length=120, blank=True)
    sort_key = models.CharField(max_length=120, blank=True, editable=False)
    slug = models.SlugField(max_length=140, unique=True, null=True, blank=True, editable=False)
    sector = models.CharField(_("bidang"), max_length=10, choices=Sector, blank=True)
    description = models.CharField(_("cerita singkat"), max_length=400, blank=True)
    started_year = models.PositiveSmallIntegerField(_("mulai tahun"), null=True, blank=True)
    yearly_sales = models.BigIntegerField(_("penjualan setahun (Rp)"), null=True, blank=True)
    order_phone = models.CharField(_("WhatsApp untuk pembeli"), max_length=16, blank=True)
    street = models.CharField(_("jalan dan nomor"), max_length=200, blank=True)
    rt = models.CharField("RT", max_length=3, blank=True)
    rw = models.CharField("RW", max_length=3, blank=True)
    landmark = models.CharField(_("patokan"), max_length=120, blank=True)
    kelurahan = models.ForeignKey(
        Kelurahan,
        verbose_name=_("kelurahan"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="businesses",
    )
    postcode = models.CharField(_("kode pos"), max_length=5, blank=True)
    show_address = models.BooleanField(_("alamat boleh tampil"), default=False)
    # What else the owner wants shoppers to see; empty is not shown.
    show_phone = models.BooleanField(_("nomor boleh tampil"), default=False, db_default=False)
    opening_hours = models.CharField(_("jam buka"), max_length=120, blank=True, db_default="")
    instagram = models.CharField("Instagram", max_length=30, blank=True, db_default="")
    shop_url = models.CharField(_("toko daring"), max_length=300, blank=True, db_default="")
    # Written by a trigger: a page of the directory reads one table. What code writes there is lost.
    is_listed = models.BooleanField(editable=False, default=False, db_default=False)
    nib = models.CharField("NIB", max_length=13, blank=True)
    jakpreneur_id = models.CharField(_("nomor Jakpreneur"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
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
    decision_reason = models.TextField(_("alasan"), blank=True)
    repair_fields = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    suspended_at = models.DateTimeField(_("ditangguhkan"), null=True, blank=True)
    suspension_reason = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("digabung ke"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        editable=False,
    )

    objects = BusinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("usaha")
        verbose_name_plural = _("usaha")
        permissions = [("merge_businesses", _("Boleh menggabung usaha yang tercatat dua kali"))]
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ApplicationStatus.values), name="business_status_known"
            ),
            models.CheckConstraint(
                condition=Q(sector="") | Q(sector__in=Sector.values), name="business_sector_known"
            ),
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(status=ApplicationStatus.DRAFT),
                name="business_one_draft_per_owner",
            ),
            models.UniqueConstraint(
                fields=["nib"],
                condition=~Q(nib="")
                & ~Q(status__in=[ApplicationStatus.REJECTED, ApplicationStatus.CANCELLED]),
                name="business_nib_unique_when_given",
                violation_error_message=_("NIB ini sudah terdaftar."),
            ),
            models.CheckConstraint(
                condition=Q(nib="") | Q(nib__regex=r"^\d{13}$"),
                name="business_nib_13_digits",
                violation_error_message=_("NIB terdiri dari 13 angka."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=[ApplicationStatus.DRAFT, ApplicationStatus.CANCELLED])
                | (
                    Q(number__isnull=False, slug__isnull=False, submitted_at__isnull=False)
                    & Q(kelurahan__isnull=False)
                    & ~Q(name="")
                    & ~Q(sector="")
                ),
                name="business_complete_once_submitted",
            ),
            models.CheckConstraint(
                condition=Q(status__in=DECIDED, decided_at__isnull=False)
                | (~Q(status__in=DECIDED)),
                name="business_decision_stamped",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(status=ApplicationStatus.CANCELLED),
                name="business_closed_once_merged",
            ),
            models.CheckConstraint(
                condition=Q(yearly_sales__isnull=True) | Q(yearly_sales__gte=0),
                name="business_sales_not_negative",
            ),
        ]
        indexes = [
            models.Index(
                fields=["submitted_at"], condition=Q(status="submitted"), name="business_waiting"
            ),
            models.Index(
                fields=["sort_key", "id"], condition=Q(is_listed=True), name="business_directory"
            ),
            GinIndex(
                fields=["sort_key"],
                opclasses=["gin_trgm_ops"],
                condition=Q(is_listed=True),
                name="business_name_trigram",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Usaha tanpa nama"))

    def get_absolute_url(self) -> str:
        # As `reverse` says it, without taking 30 µs each time.
        return f"/usaha/{self.slug}/"

    @property
    def shop_name(self) -> str:
        """Which marketplace the shop is on: "Tokopedia"."""
        return shop_name(self.shop_url)

    @property
    def size(self) -> BusinessSize | None:
        return None if self.yearly_sales is None else size_by_sales(self.yearly_sales)

    @property
    def is_verified(self) -> bool:
        return self.status == ApplicationStatus.APPROVED and self.suspended_at is None

    @property
    def may_list(self) -> bool:
        return self.is_verified and self.sector in LISTING_SECTORS
