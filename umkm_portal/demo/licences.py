"""Licences of the demo's businesses, sent by their owners and checked by an officer."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from members.actions.vault import Licence, upload_document, verify_document
from members.choices import DocumentKind
from members.models import Business
from umkm_portal.demo.clock import Timeline
from umkm_portal.demo.people import People, rows

# After the last business was approved and before the first product came.
DAYS_AGO = 55
HALAL_OF = (
    "Dapur Setu Rindang",
    "Keripik Kebon Cipedak",
    "Sambal Nyai Pejaten",
    "Dapur Pondok Labu",
    "Bintaro Dapur Beku",
    "Abon Tegal Parang",
)
PIRT_OF = (*HALAL_OF[:3], "Abon Tegal Parang", "Kue Kering Ulujami", "Kalibata Camilan")
BPOM_OF = ("Rawajati Herbal Segar",)
TRADE_MARK_OF = ("Rumah Batik Lenteng Kriya", "Kopi Gang Cipete", "Sambal Nyai Pejaten")
NIB_ONE_IN = 2
"""Every second business has shown its NIB."""


class Licences:
    def __init__(self, timeline: Timeline, people: People) -> None:
        self.timeline = timeline
        self.people = people

    def tell(self) -> None:
        for place, row in enumerate(rows("demo_businesses.csv")):
            for licence in self._of(place, row["business"]):
                self.timeline.ago(DAYS_AGO, self._sends(place, licence))

    def _of(self, place: int, name: str) -> list[Licence]:
        serial = f"{place:04d}"
        found = []
        if name in HALAL_OF:
            found.append(Licence(DocumentKind.HALAL, f"ID3111{serial}000000000"))
        if name in PIRT_OF:
            year = self.timeline.today.year + 3
            number = f"203317400{serial}-{year % 100:02d}"
            found.append(Licence(DocumentKind.PIRT, number, date(year, 12, 31)))
        if name in BPOM_OF:
            end = date(self.timeline.today.year + 2, 6, 30)
            found.append(Licence(DocumentKind.BPOM, f"MD23560000{serial}", end))
        if name in TRADE_MARK_OF:
            end = date(self.timeline.today.year + 7, 3, 31)
            found.append(Licence(DocumentKind.MEREK, f"IDM00000{serial}", end))
        if place % NIB_ONE_IN == 0:
            found.append(Licence(DocumentKind.NIB, f"900000000{serial}"))
        return found

    def _sends(self, place: int, licence: Licence) -> Callable[[], None]:
        def sends() -> None:
            business = self.people.businesses[place]
            scan = scan_of(business, licence)
            document = upload_document(
                business, licence=licence, content=scan, by=business.owner, via="web"
            )
            self.timeline.ago(
                DAYS_AGO - 1,
                lambda: verify_document(
                    document,
                    expires_on=licence.expires_on,
                    by=self.people.staff["petugas"],
                    via="admin",
                ),
                hour=9,
            )

        return sends


def scan_of(business: Business, licence: Licence) -> bytes:
    """A sheet that says what it is, so that nobody takes it for a real one."""
    sheet = Image.new("RGB", (720, 1020), "#ffffff")
    draw = ImageDraw.Draw(sheet)
    lines = (
        (80, 44, "#0b5a40", licence.kind.label),
        (180, 32, "#14231b", licence.number),
        (240, 32, "#14231b", business.name),
        (300, 28, "#4a5a51", f"{timezone.localdate():%d/%m/%Y}"),
        (800, 90, "#b3201c", "CONTOH"),
    )
    for y, size, colour, text in lines:
        draw.text((80, y), str(text), fill=colour, font=ImageFont.load_default(size))
    buffer = io.BytesIO()
    sheet.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
