"""What the fee of a place stands at, its kuitansi, and what an edition's fees came to."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.choices import STANDING
from events.fee_choices import FeeEntryKind, FeeMethod, FeeStatus
from events.models import BoothPlace, Event, FeeEntry
from events.models.fee import fee_status, owing, standing_entry, to_return
from members.models import User
from members.reports.cards import owner_name
from umkm_portal.lib.dates import tanggal, tanggal_polos
from umkm_portal.lib.pdf import render_pdf
from umkm_portal.lib.qr import qr_drawing
from umkm_portal.lib.rupiah import rupiah, terbilang

Lines = list[tuple[str, str]]


@dataclass(frozen=True)
class PlaceFee:
    """The fee of one place as its seller and the desk read it."""

    place: BoothPlace
    status: FeeStatus
    entry: FeeEntry | None
    """The receipt or waiver behind it."""
    how: str
    """Where and how it is paid; empty once it is not owed."""

    @property
    def has_receipt(self) -> bool:
        return self.entry is not None and self.entry.kind == FeeEntryKind.RECEIPT

    @property
    def words(self) -> str:
        """ "Rp50.000, lunas 3 Juni 2026, kuitansi BL-2026-000001"."""
        said = f"{rupiah(self.place.fee)}, {self.status.label.lower()}"
        if not self.entry:
            return said
        said = f"{said} {tanggal_polos(self.entry.moved_on)}"
        return f"{said}, {_('kuitansi')} {self.entry.number}" if self.has_receipt else said


def fee_of(place: BoothPlace) -> PlaceFee | None:
    """None where nothing is owed, nor was ever paid. The place came with its event's edition."""
    status = fee_status(place)
    if status is None:
        return None
    edition = getattr(place.day.event, "edition", None)
    how = edition.fee_how if edition and status == FeeStatus.OWED else ""
    return PlaceFee(place, status, standing_entry(place), how)


@dataclass(frozen=True)
class FeeSums:
    """Of an edition, in rupiah and places."""

    asked: int
    received: int
    paid: int
    waived: int
    owing: int
    to_return: int

    @property
    def sentence(self) -> str:
        parts = [
            _("%(got)s dari %(of)s masuk")
            % {"got": rupiah(self.received), "of": rupiah(self.asked)},
            _("%d lunas") % self.paid,
            *([_("%d dibebaskan") % self.waived] if self.waived else []),
            *([_("%d belum bayar") % self.owing] if self.owing else []),
            *([_("%d perlu dikembalikan") % self.to_return] if self.to_return else []),
        ]
        return ", ".join(parts)


def fee_sums(event: Event, *, staff: User) -> FeeSums | None:
    """Of the sellers within the reach of `staff`; None when no place of it costs anything."""
    places = BoothPlace.objects.within_reach_of(staff).filter(day__event=event, fee__gt=0)
    asked = list(places.values_list("fee", "status"))
    if not asked:
        return None
    rows = FeeEntry.objects.filter(place__in=places)
    settled = rows.standing().filter(place__in=places.standing())
    return FeeSums(
        asked=sum(fee for fee, status in asked if status in STANDING),
        received=rows.total(),
        paid=settled.filter(kind=FeeEntryKind.RECEIPT).count(),
        waived=settled.filter(kind=FeeEntryKind.WAIVER).count(),
        owing=owing(places).count(),
        to_return=to_return(places).count(),
    )


def check_url(entry: FeeEntry) -> str:
    return settings.SITE_URL + reverse("events:fee_check", args=[entry.code])


def fee_receipt_pdf(entry: FeeEntry) -> bytes:
    """The kuitansi on A4. The entry came with its place, business, owner and day."""
    person, url = entry.recorded_by, check_url(entry)
    by = (person.get_full_name() or str(person), _("Panitia Jumat Beli Lokal"))
    business = entry.place.business
    return render_pdf(
        "receipt",
        {
            "from": entry.place.day.event.organiser or _("Pemerintah Kota Jakarta Selatan"),
            "under": _("Jumat Beli Lokal"),
            "title": _("Kuitansi %s") % entry.number,
            "number": entry.number,
            "facts": [
                (_("Sudah terima dari"), f"{business.name} ({owner_name(business)})"),
                (_("Uang sejumlah"), terbilang(entry.amount)),
                (_("Untuk pembayaran"), purpose(entry)),
                (_("Cara bayar"), method_words(entry)),
                (_("Tanggal bayar"), tanggal_polos(entry.moved_on)),
                (_("Diperiksa oleh"), ", ".join(by)),
            ],
            "words": terbilang(entry.amount),
            "amount": rupiah(entry.amount),
            "place_date": f"Jakarta Selatan, {tanggal_polos(entry.recorded_at)}",
            "checked_by": by,
            "note": _note(entry),
            "address": url,
            "qr": qr_drawing(url),
            "check_text": _("Sah tanpa tanda tangan basah; periksa di"),
            "tax_text": _("Bukan faktur pajak."),
        },
    )


def purpose(entry: FeeEntry) -> str:
    place = entry.place
    words = {"event": place.day.event.name, "day": tanggal(place.day.date)}
    return _("Biaya lapak %(event)s, %(day)s") % words


def method_words(entry: FeeEntry) -> str:
    label = str(FeeMethod(entry.method).label)
    return f"{label}, {_('referensi')} {entry.reference}" if entry.reference else label


def _note(entry: FeeEntry) -> str:
    if not entry.is_taken_back:
        return ""
    if entry.taken_back.kind == FeeEntryKind.REFUND:
        return _("%s dari pembayaran ini sudah dikembalikan.") % rupiah(entry.amount)
    return _("DIBATALKAN: kuitansi ini tidak berlaku.")


@dataclass(frozen=True)
class FeeCheck:
    """What anybody may read who holds the code: never how it was paid, nor by which person."""

    entry: FeeEntry

    @property
    def kind(self) -> str:
        """ "ok", "wait" or "bad"."""
        if not self.entry.is_taken_back:
            return "ok"
        return "wait" if self.entry.taken_back.kind == FeeEntryKind.REFUND else "bad"

    @property
    def picture(self) -> str:
        name = {"ok": "active", "wait": "grace", "bad": "lapsed"}[self.kind]
        return f"members/card_icons/{name}.svg"

    @property
    def words(self) -> str:
        bad = self.kind == "bad"
        return _("Kuitansi ini sudah dibatalkan.") if bad else _("Kuitansi ini asli.")

    @property
    def more(self) -> str:
        if self.kind == "wait":
            return _("Uangnya sudah dikembalikan seluruhnya.")
        return _("Salah catat, jadi tidak berlaku lagi.") if self.kind == "bad" else ""

    @property
    def booked(self) -> str:
        return _("Tercatat di buku biaya lapak Jumat Beli Lokal.")

    @property
    def lines(self) -> Lines:
        entry, now = self.entry, timezone.localtime()
        return [
            (_("Nomor"), entry.number),
            (_("Usaha"), entry.place.business.name),
            (_("Jumlah"), rupiah(entry.amount)),
            (_("Tanggal bayar"), tanggal_polos(entry.moved_on)),
            (_("Untuk"), purpose(entry)),
            (_("Diperiksa"), f"{tanggal_polos(now)}, {now:%H.%M} WIB"),
        ]
