"""What sellers tap when they report: brackets, and what each counts as in a sum.

A leaf beside choices.py: the brackets have more to say than a status.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OmzetBracket(models.TextChoices):
    """Rupiah of one seller on one day; nothing sold is no bracket but an exact Rp0."""

    TO_250 = "250", _("di bawah 250 ribu")
    TO_500 = "500", _("250–500 ribu")
    TO_1000 = "1000", _("500 ribu–1 juta")
    TO_2000 = "2000", _("1–2 juta")
    OVER_2000 = "lebih", _("di atas 2 juta")

    @property
    def counts_as(self) -> int:
        return OMZET_COUNTS[self]


class PiecesBracket(models.TextChoices):
    TO_10 = "10", _("1–10")
    TO_25 = "25", _("11–25")
    TO_50 = "50", _("26–50")
    OVER_50 = "lebih", _("lebih dari 50")

    @property
    def counts_as(self) -> int:
        return PIECES_COUNTS[self]


# The middle of a bracket. The last one has none, so it counts as its least: a sum for the mayor
# may be too small, never too good.
OMZET_COUNTS = {
    OmzetBracket.TO_250: 125_000,
    OmzetBracket.TO_500: 375_000,
    OmzetBracket.TO_1000: 750_000,
    OmzetBracket.TO_2000: 1_500_000,
    OmzetBracket.OVER_2000: 2_000_000,
}
PIECES_COUNTS = {
    PiecesBracket.TO_10: 5,
    PiecesBracket.TO_25: 18,
    PiecesBracket.TO_50: 38,
    PiecesBracket.OVER_50: 51,
}


class Mood(models.TextChoices):
    BUSY = "ramai", _("Ramai")
    USUAL = "biasa", _("Biasa saja")
    QUIET = "sepi", _("Sepi")


class ReportSource(models.TextChoices):
    SELLER = "penjual", _("Dilaporkan sendiri")
    STAFF = "petugas", _("Dicatat petugas")
