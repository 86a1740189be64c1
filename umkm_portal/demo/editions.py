"""Five editions: one with results of paper, two with reports of sellers, two to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

DESCRIPTION = (
    "Tiap lapak dijaga pemiliknya sendiri. Pembayaran tunai atau QRIS. "
    "Bawa tas belanja dari rumah. Ini data contoh."
)


def map_of(address: str) -> str:
    """Where a map shows a street of Jakarta Selatan."""
    street = address.partition(" No.")[0].partition(",")[0]
    return f"https://www.openstreetmap.org/search?query={quote(f'{street}, Jakarta Selatan')}"


@dataclass(frozen=True)
class Edition:
    """`week` counts from the coming Friday (0); a past one may have sales counted on paper.

    With `shift` other sellers stand there than the week alone would choose.
    """

    number: int
    week: int
    venue: str
    address: str
    days: int = 1
    target: int = 60_000_000
    omzet: int = 0
    pieces: int = 0
    kuliner: int = 12
    fashion: int = 7
    kerajinan: int = 6
    shift: int = 0

    @property
    def name(self) -> str:
        return f"Jumat Beli Lokal edisi {self.number}"

    @property
    def slug(self) -> str:
        return f"jumat-beli-lokal-edisi-{self.number}"

    @property
    def description(self) -> str:
        return DESCRIPTION

    def last_day(self, first: date) -> date:
        """When it closes, who came is counted at 17.00, and reports come in from 18.00 on."""
        return first + timedelta(days=self.days - 1)

    def sellers_of(self, letter: str) -> int:
        return {"A": self.kuliner, "B": self.fashion, "C": self.kerajinan}[letter]


HALL = ("Ruang Gelatik Utama, Kantor Wali Kota Jakarta Selatan", "Jl. Prapanca Raya No. 9")
TERRACE = ("Mama Teras, Kantor Wali Kota Jakarta Selatan", "Jl. Prapanca Raya No. 9")
LOCKED = Edition(22, -8, *HALL, days=2, target=90_000_000)
REPORTING = Edition(23, -1, *HALL, fashion=8, shift=-3)
"""Until today or later sellers may still report it."""
COMING = Edition(24, 0, *HALL)
EDITIONS = (
    Edition(21, -12, *TERRACE, omzet=41_250_000, pieces=1184, kuliner=9, fashion=5, kerajinan=4),
    LOCKED,
    REPORTING,
    COMING,
    Edition(25, 2, *TERRACE, days=2, target=100_000_000, kuliner=6, fashion=3, kerajinan=3),
)
