from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    KULINER = "kuliner", _("Kuliner")
    FASHION = "fashion", _("Fashion")
    KERAJINAN = "kerajinan", _("Kerajinan")
    JASA = "jasa", _("Jasa")
    LAINNYA = "lainnya", _("Lainnya")


# Jumat Beli Lokal and the catalogue take these three; the others register but do not list.
LISTING_SECTORS = (Sector.KULINER, Sector.FASHION, Sector.KERAJINAN)


class BusinessSize(models.TextChoices):
    """PP 7/2021 art. 35–36, by yearly sales; the upper bounds belong to the smaller class."""

    MIKRO = "mikro", _("Mikro")
    KECIL = "kecil", _("Kecil")
    MENENGAH = "menengah", _("Menengah")
    BESAR = "besar", _("Besar")


class RateSize(models.TextChoices):
    """Whom a rate is for: one size of business, or all."""

    ALL = "all", _("Semua ukuran")
    MIKRO = "mikro", _("Mikro")
    KECIL = "kecil", _("Kecil")
    MENENGAH = "menengah", _("Menengah")
    BESAR = "besar", _("Besar")


class ValidityMode(models.TextChoices):
    """How long a paid year lasts."""

    ROLLING = "rolling_12_months", _("12 bulan sejak dibayar")
    CALENDAR = "calendar_year", _("Sampai 31 Desember")


class ProposalKind(models.TextChoices):
    """What two people change together."""

    FEE = "fee", _("Tarif iuran")
    RULES = "rules", _("Aturan masa berlaku")
    BANK = "bank", _("Rekening bank")
    QRIS = "qris", _("Kode QRIS")


class ProposalState(models.TextChoices):
    """EXPIRED is computed, never stored."""

    PROPOSED = "proposed", _("Menunggu orang kedua")
    CONFIRMED = "confirmed", _("Disahkan")
    REFUSED = "refused", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Ditarik kembali")
    EXPIRED = "expired", _("Lewat waktu")


class ApplicationStatus(models.TextChoices):
    DRAFT = "draft", _("Draf")
    SUBMITTED = "submitted", _("Diajukan")
    NEEDS_REPAIR = "needs_repair", _("Perlu dilengkapi")
    APPROVED = "approved", _("Disetujui")
    REJECTED = "rejected", _("Ditolak")
    CANCELLED = "cancelled", _("Dibatalkan")


class MembershipState(models.TextChoices):
    """Computed from terms and the day, never stored."""

    NONE = "none", _("Belum aktif")
    ACTIVE = "active", _("Aktif")
    SOON = "soon", _("Segera berakhir")
    GRACE = "grace", _("Masa tenggang")
    LAPSED = "lapsed", _("Berakhir")
    SUSPENDED = "suspended", _("Ditangguhkan")


class InvoiceStatus(models.TextChoices):
    """What people decided about an invoice; "Jatuh tempo" is computed from its due date."""

    UNPAID = "unpaid", _("Belum dibayar")
    CHECKING = "checking", _("Bukti diperiksa")
    PROOF_REFUSED = "proof_refused", _("Bukti ditolak")
    UNDERPAID = "underpaid", _("Kurang bayar")
    PAID = "paid", _("Lunas")
    OVERPAID = "overpaid", _("Lebih bayar")
    WAIVED = "waived", _("Dibebaskan")
    VOID = "void", _("Batal")
    REFUNDED = "refunded", _("Dikembalikan")


class ProofStatus(models.TextChoices):
    WAITING = "waiting", _("Diperiksa")
    ACCEPTED = "accepted", _("Diterima")
    REFUSED = "refused", _("Ditolak")


class AttemptStatus(models.TextChoices):
    """One order at the payment gateway."""

    OPENED = "opened", _("Disiapkan")
    WAITING = "waiting", _("Menunggu pembayaran")
    SETTLED = "settled", _("Dibayar")
    CLOSED = "closed", _("Tidak dibayar")
    LOST = "lost", _("Halaman tidak sampai")


class NoticeVerdict(models.TextChoices):
    """What we made of something the payment gateway said."""

    NOTED = "noted", _("Dicatat")
    PAID = "paid", _("Uang dicatat")
    HELD = "held", _("Uang ditahan")
    MISMATCH = "mismatch", _("Tidak cocok")
    REVERSED = "reversed", _("Ditarik kembali")


class PaymentMethod(models.TextChoices):
    TRANSFER = "transfer", _("Transfer bank")
    QRIS = "qris", _("QRIS")
    CASH = "cash", _("Tunai di loket")
    GATEWAY = "gateway", _("Pembayaran daring")


class EntryKind(models.TextChoices):
    """What one row of the ledger is; only a receipt means that money came in."""

    RECEIPT = "receipt", _("Uang masuk")
    REFUND = "refund", _("Pengembalian")
    REVERSAL = "reversal", _("Pembatalan catatan")
    CREDIT = "credit", _("Pemindahan lebih bayar")


class HeldStatus(models.TextChoices):
    WAITING = "waiting", _("Menunggu keputusan")
    ASSIGNED = "assigned", _("Dipakai untuk tagihan")
    RETURNED = "returned", _("Dikembalikan")


class LineState(models.TextChoices):
    """What became of a line of a bank statement; computed, never stored."""

    WAITING = "waiting", _("Menunggu")
    BOOKED = "booked", _("Dicatat")
    HELD = "held", _("Ditahan")
    IGNORED = "ignored", _("Bukan iuran")


class DocumentKind(models.TextChoices):
    KTP = "ktp", _("KTP")
    NIB = "nib", _("NIB")
    PIRT = "pirt", _("P-IRT")
    HALAL = "halal", _("Halal")
    MEREK = "merek", _("Merek")
    BPOM = "bpom", _("BPOM")


class DocumentStatus(models.TextChoices):
    """What people did with a scan; whether it has ended is computed from its date."""

    UPLOADED = "uploaded", _("Diunggah")
    CHECKING = "checking", _("Diperiksa")
    VERIFIED = "verified", _("Sah")
    REFUSED = "refused", _("Ditolak")


class DocumentState(models.TextChoices):
    """A document on one day, never stored."""

    UPLOADED = "uploaded", _("Diunggah")
    CHECKING = "checking", _("Diperiksa")
    VALID = "valid", _("Sah")
    SOON = "soon", _("Segera berakhir")
    EXPIRED = "expired", _("Berakhir")
    REFUSED = "refused", _("Ditolak")


class CardReplacement(models.TextChoices):
    LOST = "hilang", _("Kartu hilang")
    DAMAGED = "rusak", _("Kartu rusak")
    MISUSED = "dipakai", _("Dipakai orang lain")


class ConsentPurpose(models.TextChoices):
    MEMBERSHIP = "keanggotaan", _("Keanggotaan dan pemeriksaan data")
    CATALOGUE = "katalog", _("Tampil di katalog publik")
    SHARE_SUDIN = "sudin", _("Dibagikan ke Sudin PPKUKM")
    EVENTS = "acara", _("Kabar acara dan pelatihan")
    STATISTICS = "statistik", _("Statistik tanpa nama")


class DataRequestKind(models.TextChoices):
    """UU 27/2022 art. 30 and 43: what a person may ask about the data kept of her."""

    CORRECTION = "correction", _("Koreksi data")
    ERASURE = "erasure", _("Hapus data")


class DataRequestStatus(models.TextChoices):
    WAITING = "waiting", _("Menunggu")
    DONE = "done", _("Selesai")
    REFUSED = "refused", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Dibatalkan")


class Role(models.TextChoices):
    """Groups of staff; their permissions stand in umkm_portal/roles.py."""

    PETUGAS = "Petugas Pemkot", _("Petugas Pemkot")
    KURATOR = "Kurator", _("Kurator")
    SEKRETARIAT = "Sekretariat Kadin", _("Sekretariat Kadin")
    BENDAHARA = "Bendahara Kadin", _("Bendahara Kadin")
    ADMIN = "Admin", _("Admin")
    PENDAMPING = "Pendamping", _("Pendamping")


class ImportState(models.TextChoices):
    """How far a file of members has come."""

    TO_CHECK = "to_check", _("Menunggu diperiksa")
    CHECKING = "checking", _("Sedang diperiksa")
    REFUSED = "refused", _("Perlu diperbaiki")
    CHECKED = "checked", _("Siap diimpor")
    TO_WRITE = "to_write", _("Menunggu ditulis")
    WRITING = "writing", _("Sedang ditulis")
    DONE = "done", _("Selesai")
    CANCELLED = "cancelled", _("Dibatalkan")
    UNDONE = "undone", _("Ditarik kembali")


class ReminderRule(models.TextChoices):
    """When a paid year's end is spoken of; the number is days after its last day."""

    BEFORE_30 = "H-30", "H-30"
    BEFORE_7 = "H-7", "H-7"
    AFTER_1 = "H+1", "H+1"
    AFTER_30 = "H+30", "H+30"

    @property
    def days(self) -> int:
        return int(self.value[1:])

    @property
    def is_before(self) -> bool:
        return self.days < 0


class ReminderOutcome(models.TextChoices):
    SENT = "sent", _("Dikirim")
    INBOX = "inbox", _("Hanya di Pesan")
    SKIPPED = "skipped", _("Tidak dikirim")


class Right(models.TextChoices):
    """What an owner may let others do for a business; money is not among it (product 1.1)."""

    CATALOGUE = "katalog", _("Katalog")
    MARKET = "bazar", _("Bazar")


class EvidenceKind(models.TextChoices):
    """What shows that a business reached a step of Jakpreneur.

    REGISTERED and LICENCE are read from what the portal holds anyway; the others are recorded.
    """

    REGISTERED = "registered", _("Terdaftar di Jakpreneur")
    TRAINING = "training", _("Hadir di pelatihan")
    MENTORING = "mentoring", _("Catatan pendampingan")
    LICENCE = "licence", _("NIB, P-IRT, atau halal yang sah")
    MARKET = "market", _("Hadir di Jumat Beli Lokal")
    SALES_REPORT = "sales", _("Laporan penjualan sebulan")
    REFERRAL = "referral", _("Rujukan pembiayaan diterima")
    STAFF = "staff", _("Dicatat petugas")
