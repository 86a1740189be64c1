from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product

# DESIGN.md 6: the widths in pixels that cards, phones and the product page ask for.
WIDTHS = (400, 800, 1200)


def photo_path(name: str, width: int) -> str:
    """Where the file of one width lies below MEDIA_ROOT; `name` is "3f/3f9a….webp"."""
    return f"produk/{width}/{name}"


def photo_url(name: str, width: int = 400) -> str:
    """The public address, computed and not looked up: the name never changes meaning."""
    return f"/media/{photo_path(name, width)}"


def photo_srcset(name: str) -> str:
    return ", ".join(f"{photo_url(name, width)} {width}w" for width in WIDTHS)


class ProductPhoto(models.Model):
    """One picture in three widths; `name` comes from its content, so equal pictures share files."""

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
