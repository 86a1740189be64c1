"""Who comes to an event, as staff asked for it: on screen, on paper and as a sheet, the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from events.models import Event, Registration
from events.reports.attendance import Presence, presences
from members.models import Kecamatan, User
from umkm_portal.lib.dates import tanggal_pendek
from umkm_portal.lib.phone import show_phone
from umkm_portal.lib.xlsx import write_rows

THERE = {"hadir": True, "tidak": False}


@dataclass(frozen=True)
class People:
    """`there` is "hadir", "tidak" or ""; who waits or is asked is listed when neither is meant."""

    event: Event
    there: str
    kecamatan: Kecamatan | None
    registered: list[Presence]
    waiting: list[Registration]

    @property
    def file_name(self) -> str:
        """Says what was left out: "peserta-foto-produk-hadir-tebet.xlsx"."""
        place = self.kecamatan.slug if self.kecamatan else ""
        return "-".join(filter(None, ["peserta", self.event.slug, self._word, place])) + ".xlsx"

    @property
    def _word(self) -> str:
        return {"hadir": "hadir", "tidak": "tidak-hadir"}.get(self.there, "")

    def sheet(self) -> bytes:
        headers = [_("No."), _("Nama"), _("Nomor HP"), _("Kecamatan"), _("Status"), _("Hadir")]
        rows = [
            [
                str(number),
                *_cells(each.registration),
                ", ".join(tanggal_pendek(day.date) for day in each.days),
            ]
            for number, each in enumerate(self.registered, 1)
        ]
        queue = [["", *_cells(each), ""] for each in self.waiting]
        return write_rows(headers, [*rows, *queue], sheet=_("Peserta"))


def people_of(event: Event, asked: Mapping[str, str], *, seen_by: User) -> People:
    """`asked` is the address's query; what it does not know is left out. An officer of one
    kecamatan gets whom she may see."""
    there = asked.get("hadir", "")
    there = there if there in THERE else ""
    kecamatan = Kecamatan.objects.filter(slug=asked.get("kecamatan", "")).first()
    return People(
        event,
        there,
        kecamatan,
        registered=presences(event, seen_by=seen_by, there=THERE.get(there), kecamatan=kecamatan),
        waiting=[] if there else _waiting(event, kecamatan, seen_by),
    )


def _waiting(event: Event, kecamatan: Kecamatan | None, seen_by: User) -> list[Registration]:
    """Who is asked first, then the line."""
    near = event.registrations.standing().within_reach_of(seen_by)
    rows = near.exclude(status="registered").with_people()
    found = sorted(rows, key=lambda each: (each.waits, each.pk))
    return [each for each in found if kecamatan is None or each.district_key == kecamatan.pk]


def _cells(registration: Registration) -> list[str]:
    phone = registration.contact_phone
    return [
        str(registration),
        show_phone(phone) if phone else "",
        registration.district,
        str(registration.get_status_display()),
    ]
