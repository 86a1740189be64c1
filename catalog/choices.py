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


class FoodMark(models.TextChoices):
    """What the seller says of a dish; "halal" is only shown while a certificate stands behind it.

    UU 33/2014 art. 26: what is made of forbidden stuff carries the words "non-halal".
    """

    HALAL = "halal", _("Halal")
    NON_HALAL = "nonhalal", _("Non-halal")
    UNCERTIFIED = "belum", _("Belum bersertifikat halal")


class Mark(models.IntegerChoices):
    """What shoppers may filter by, a bit each in `Product.marks`; the database sets them."""

    NIB = 1, _("NIB")
    PIRT = 2, _("P-IRT")
    HALAL = 4, _("Halal")
    BPOM = 8, _("BPOM")
    MEREK = 16, _("Merek")
    NON_HALAL = 32, _("Non-halal")


class Allergen(models.TextChoices):
    """What BPOM (Peraturan 31/2018 art. 54) asks a label to name; NONE stands alone."""

    GLUTEN = "gluten", _("Gluten (gandum, tepung terigu)")
    CRUSTACEAN = "krustasea", _("Udang, kepiting, lobster")
    EGG = "telur", _("Telur")
    FISH = "ikan", _("Ikan")
    PEANUT = "kacang", _("Kacang tanah")
    SOY = "kedelai", _("Kedelai")
    MILK = "susu", _("Susu")
    NUTS = "kacang_pohon", _("Kacang pohon (mete, almon, kenari)")
    SULPHITE = "sulfit", _("Sulfit")
    NONE = "tidak_ada", _("Tidak ada dari daftar ini")


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


class ComplaintReason(models.TextChoices):
    """What a shopper says is wrong with a listing."""

    UNTRUE = "tidak_benar", _("Foto, harga, atau keterangannya tidak benar")
    FORBIDDEN = "larangan", _("Barang ini tidak boleh dijual")
    COPIED = "tiruan", _("Memakai foto, merek, atau nama orang lain")
    SELLER = "penjual", _("Penjual tidak menjawab atau menipu")


class ComplaintStatus(models.TextChoices):
    WAITING = "waiting", _("Menunggu kurator")
    DISMISSED = "dismissed", _("Tidak terbukti")
    UPHELD = "upheld", _("Produk diturunkan")


REASON_GROUPS = (
    (
        _("Legalitas"),
        (ReturnReason.NO_PERMIT, ReturnReason.CLAIM, ReturnReason.BRAND, ReturnReason.FORBIDDEN),
    ),
    (
        _("Mutu"),
        (
            ReturnReason.BLURRED,
            ReturnReason.NOT_THE_PRODUCT,
            ReturnReason.TEXT_ON_PHOTO,
            ReturnReason.NAME,
        ),
    ),
    (
        _("Kemasan dan isian"),
        (ReturnReason.PACKAGING, ReturnReason.LABEL, ReturnReason.PRICE, ReturnReason.CATEGORY),
    ),
)

# Offered while typing; any other word of up to 20 letters is taken too.
UNITS = ("pcs", "bungkus", "botol", "toples", "kotak", "porsi", "potong", "lembar", "pasang", "set")


class Relation(models.TextChoices):
    """What a shopper's word is to the word in a product's name."""

    SAME = "sama", _("nama lain dari")
    KIND = "termasuk", _("termasuk jenis")
