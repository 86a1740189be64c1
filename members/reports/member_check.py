"""What may not be imported, line by line: every refusal names its column."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from members.choices import ApplicationStatus, InvoiceStatus
from members.member_sheet import BY_KEY, COLUMNS, MemberRow
from members.models import Business, KadinMembership, User
from members.reports.member_match import Found, is_unclaimed, place_of
from members.reports.member_rows import as_row
from umkm_portal.lib.crypto import digest
from umkm_portal.lib.dates import add_years, tanggal_polos

Problems = dict[str, str]
KADIN_KEYS = {column.key for column in COLUMNS if column.is_kadin}
FIXED = ("kadin_number", "member_since", "last_dues", "jakpreneur_since")
"""Once set, an import does not change these: there are decisions behind them."""


@dataclass
class Seen:
    """What earlier lines of the same file said, so that each stands there once."""

    lines: dict[int, int] = field(default_factory=dict)
    drafts: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)

    def before(self, what: str, value: object, line: int) -> int:
        """Return the earlier line with this value, 0 when there was none."""
        # Hashes, so that a hundred thousand lines stay small.
        return (
            earlier if (earlier := self.lines.setdefault(hash((what, value)), line)) != line else 0
        )


def problems_of(row: MemberRow, found: Found, seen: Seen, *, may_verify: bool) -> Problems:
    """Return by column why this line cannot be imported; nothing when it can."""
    problems: Problems = {}
    business: Business | None = row.found
    problems |= _twice(row, seen)
    problems |= _dates(row, business)
    if row.verified and not may_verify and "verified" in row.changes:
        problems["verified"] = _("Hanya Admin yang boleh mengimpor usaha sebagai terverifikasi.")
    if business is None:
        problems |= _new(row, found, seen)
    else:
        problems |= _known(row, business, found)
    return problems


def _twice(row: MemberRow, seen: Seen) -> Problems:
    keys = {
        "number": row.number,
        "kadin_number": row.kadin_number,
        "nib": row.nib,
        "name": place_of(row) if row.name else None,
    }
    return {
        key: _("Sama dengan baris %d. Hapus salah satu.") % earlier
        for key, value in keys.items()
        if value and (earlier := seen.before(key, value, row.line))
    }


def _dates(row: MemberRow, business: Business | None) -> Problems:
    today = timezone.localdate()
    problems: Problems = {}
    since = row.member_since or (as_row(business).member_since if business else None)
    for key in ("member_since", "jakpreneur_since"):
        day: date | None = getattr(row, key)
        if day and day > today:
            problems[key] = _("Tanggal ini belum terjadi.")
    if row.paid_until and since and row.paid_until < since:
        problems["paid_until"] = _("Lunas sampai lebih awal dari tanggal menjadi anggota.")
    if row.paid_until and row.paid_until > add_years(today, 2):
        problems["paid_until"] = _("Lebih dari dua tahun ke depan. Periksa tahunnya.")
    if row.last_dues is not None and row.paid_until is None:
        problems["last_dues"] = _("Isi juga kolom Iuran lunas sampai.")
    return problems


def _new(row: MemberRow, found: Found, seen: Seen) -> Problems:
    problems = {
        column.key: _("Bagian ini belum diisi.")
        for column in COLUMNS
        if column.is_required and getattr(row, column.key) is None
    }
    if row.has_kadin and not (row.member_since or row.paid_until):
        problems["member_since"] = _("Isi Anggota Kadin sejak, atau Iuran lunas sampai.")
    if row.jakpreneur_since and not row.verified:
        problems["jakpreneur_since"] = _("Hanya untuk usaha yang sudah diverifikasi Pemkot.")
    return problems | (_shared_person(row, found, seen) if row.nik else {})


def _shared_person(row: MemberRow, found: Found, seen: Seen) -> Problems:
    """Two businesses of one NIK are one person, who has one name and one open application."""
    key = digest(row.nik or "")
    name = (row.full_name or "").casefold()
    known = found.by_nik.get(key)
    if known and _has_account(known.user):
        return {"nik": _("NIK ini sudah punya akun di portal. Isi kolom Nomor usaha miliknya.")}
    if seen.names.setdefault(key, (known.full_name.casefold() if known else name)) != name:
        return {"nik": _("NIK ini di portal atau di baris lain memakai nama berbeda.")}
    if row.verified:
        return {}
    has_draft = key in seen.drafts or bool(
        known and known.user.businesses.filter(status=ApplicationStatus.DRAFT).exists()
    )
    seen.drafts.add(key)
    if has_draft:
        return {"verified": _("Satu pemilik hanya bisa punya satu usaha yang belum diverifikasi.")}
    return {}


def _has_account(user: User) -> bool:
    return bool(user.email or user.phone or user.has_usable_password())


def _known(row: MemberRow, business: Business, found: Found) -> Problems:
    held = as_row(business)
    problems = {
        key: _("Di portal tercatat lain (%s). Kolom ini tidak diubah lewat impor.")
        % _shown(getattr(held, key))
        for key in FIXED
        if key in row.changes and getattr(held, key) is not None and key != "last_dues"
    }
    if not is_unclaimed(business):
        for key in row.changes:
            if BY_KEY[key].group != "kadin" and key not in problems:
                problems[key] = _(
                    "Usaha ini sudah dipegang pemiliknya. Samakan dengan portal, atau kosongkan."
                )
    if "verified" in row.changes and not row.verified:
        problems["verified"] = _("Di portal sudah terverifikasi.")
    if "nik" in row.changes and digest(row.nik or "") in found.by_nik:
        problems["nik"] = _("NIK ini sudah dipakai pemilik lain.")
    return problems | _known_dues(row, business, held)


def _known_dues(row: MemberRow, business: Business, held: MemberRow) -> Problems:
    if not KADIN_KEYS & set(row.changes):
        return {}
    membership = getattr(business, "kadin", None)
    if membership is None:
        named = row.member_since or row.paid_until
        return {} if named else {"member_since": _("Isi Anggota Kadin sejak, atau lunas sampai.")}
    if membership.status != ApplicationStatus.APPROVED:
        return {"kadin_number": _("Pencatatan usaha ini menunggu keputusan sekretariat.")}
    if "paid_until" in row.changes:
        return _later_dues(row, membership, held)
    return {"last_dues": _recorded(held)} if "last_dues" in row.changes else {}


def _later_dues(row: MemberRow, membership: KadinMembership, held: MemberRow) -> Problems:
    if held.paid_until and row.paid_until and row.paid_until < held.paid_until:
        return {"paid_until": _recorded(held)}
    if membership.invoices.exclude(status=InvoiceStatus.WAIVED).exists():
        return {"paid_until": _("Iuran anggota ini ditagih lewat portal. Perpanjang di tagihan.")}
    return {}


def _recorded(held: MemberRow) -> str:
    until = tanggal_polos(held.paid_until) if held.paid_until else "–"
    return _("Portal mencatat lunas sampai %s. Masa terbayar tidak diubah lewat impor.") % until


def _shown(value: object) -> str:
    return tanggal_polos(value) if isinstance(value, date) else str(value)
