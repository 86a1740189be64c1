from django.db import models
from django.utils.translation import gettext_lazy as _

from members.choices import Sector


class Category(models.TextChoices):
    """The sectors that list in the catalogue; the values are those of `Sector`."""

    KULINER = Sector.KULINER.value, _("Kuliner")
    FASHION = Sector.FASHION.value, _("Fashion")
    KERAJINAN = Sector.KERAJINAN.value, _("Kerajinan")

    @property
    def tone(self) -> str:
        """The word by which styles and icons know it."""
        return "kriya" if self is Category.KERAJINAN else str(self.value)


class ProductStatus(models.TextChoices):
    """*Habis* is no status: it is a switch beside *Tayang*."""

    DRAFT = "draft", _("Draf")
    WAITING = "waiting", _("Menunggu kurasi")
    NEEDS_REPAIR = "needs_repair", _("Perlu perbaikan")
    LIVE = "live", _("Tayang")
    ARCHIVED = "archived", _("Diarsipkan")
    TAKEN_DOWN = "taken_down", _("Diturunkan")


class ReturnReason(models.TextChoices):
    """Why a curator sends a product back: legality, quality, packaging (four of each)."""

    NO_PERMIT = "izin", _("Izin edar (P-IRT atau BPOM) belum tertulis pada produk olahan.")
    CLAIM = "klaim", _("Ada klaim kesehatan atau khasiat. Hapus kalimat itu.")
    BRAND = "merek", _("Memakai merek, logo, atau gambar milik pihak lain.")
    FORBIDDEN = "larangan", _("Produk ini tidak boleh dijual di katalog.")
    BLURRED = "buram", _("Foto buram atau gelap. Ambil lagi di tempat terang.")
    NOT_THE_PRODUCT = "bukan_produk", _("Foto bukan produk yang dijual.")
    TEXT_ON_PHOTO = "tulisan", _("Foto berisi tulisan, harga, kolase, atau nomor HP.")
    NAME = "nama", _("Nama produk belum jelas. Tulis jenis dan ukurannya.")
    PACKAGING = "kemasan", _("Kemasan belum rapi atau belum tertutup.")
    LABEL = "label", _("Label kemasan belum memuat nama, isi, dan tanggal kedaluwarsa.")
    PRICE = "harga", _("Harga dan satuan tidak cocok dengan isi foto.")
    CATEGORY = "kategori", _("Kategori tidak sesuai.")


# Offered while typing; any other word of up to 20 letters is taken too.
UNITS = ("pcs", "bungkus", "botol", "toples", "kotak", "porsi", "potong", "lembar", "pasang", "set")
