from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product

# DESIGN.md 6: the widths in pixels that cards, phones and the product page ask for.
WIDTHS = (400, 800, 1200)
CARD_WIDTHS = (400, 800)
"""A card is never wider than 400 CSS pixels, so a third address would be read by nobody."""
MOST_PHOTOS = 8


def photo_path(name: str, width: int, kind: str = "webp") -> str:
    """Where the file of one width lies in the store; `name` is "3f/3f9a….webp"."""
    return f"produk/{width}/{stem_of(name)}.{kind}"


def stem_of(name: str) -> str:
    """The part that comes from the picture: "3f/3f9a…". The ending tells how far the files are."""
    return name.rpartition(".")[0]


def names_of(stem: str) -> tuple[str, str]:
    """What rows may call one picture: as it came, and once the lighter AVIF files are there."""
    return f"{stem}.webp", f"{stem}.avif"


def photo_url(name: str, width: int = 400, kind: str = "webp") -> str:
    """The public address, computed and not looked up: the name never changes meaning."""
    return f"/media/{photo_path(name, width, kind)}"


def photo_srcset(name: str, widths: Iterable[int] = WIDTHS, kind: str = "webp") -> str:
    return ", ".join(f"{photo_url(name, width, kind)} {width}w" for width in widths)


def avif_srcset(name: str, widths: Iterable[int] = WIDTHS) -> str:
    """The same picture for browsers that know AVIF; "" until the worker has written it."""
    return photo_srcset(name, widths, "avif") if name.endswith(".avif") else ""


class ProductPhoto(models.Model):
    """One picture in three widths; `name` comes from its content, so equal pictures share files.

    "….webp" becomes "….avif" when those files are there too; the WebP files always are.
    `colour` ("#b0602a") is what most of it has, and fills its place until it has arrived.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    name = models.CharField(_("nama berkas"), max_length=60, db_index=True)
    width = models.PositiveSmallIntegerField(_("lebar (px)"))
    height = models.PositiveSmallIntegerField(_("tinggi (px)"))
    size = models.PositiveIntegerField(_("ukuran (byte)"), default=0)
    colour = models.CharField(_("warna utama"), max_length=7, default="#f5f8f3")
    alt = models.CharField(_("keterangan foto"), max_length=120, blank=True)
    uploaded_at = models.DateTimeField(_("diunggah"), auto_now_add=True)

    class Meta:
        verbose_name = _("foto produk")
        verbose_name_plural = _("foto produk")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "position"],
                name="photo_one_per_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="photo_has_a_size"),
            # With one picture a place, this is also what keeps a product to eight.
            models.CheckConstraint(
                condition=Q(position__lt=MOST_PHOTOS), name="photo_one_of_eight_places"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.position + 1}"

    @property
    def url(self) -> str:
        return photo_url(self.name, 800)

    @property
    def thumb_url(self) -> str:
        return photo_url(self.name, 400)

    @property
    def srcset(self) -> str:
        return photo_srcset(self.name)

    @property
    def avif_srcset(self) -> str:
        return avif_srcset(self.name)
