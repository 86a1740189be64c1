"""What a proposal would change, line by line, old beside new, in words people compare."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from members.choices import ProposalKind, RateSize, ValidityMode
from members.models import ChangeProposal
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.rupiah import rupiah


@dataclass(frozen=True)
class Change:
    """One line; `old` is "–" where nothing was in force."""

    label: str
    old: str
    new: str

    @property
    def differs(self) -> bool:
        return self.old != self.new

    def __str__(self) -> str:
        return (
            f"{self.label}: {self.old} → {self.new}"
            if self.differs
            else f"{self.label}: {self.new}"
        )


def changes_of(proposal: ChangeProposal) -> list[Change]:
    """Every field of the proposal, those that stay the same too."""
    lines = _LINES[ProposalKind(proposal.kind)]
    return [
        Change(
            str(label()), _shown(shape, proposal.before, key), _shown(shape, proposal.payload, key)
        )
        for label, key, shape in lines
    ]


def starts(proposal: ChangeProposal) -> str:
    """From when it would hold, as a sentence's end."""
    day = proposal.payload.get("starts_on")
    return tanggal_polos(date.fromisoformat(day)) if day else _("saat disahkan")


def who_for(proposal: ChangeProposal) -> str:
    """The sizes a fee is for; "" for whatever is for everybody."""
    size = proposal.payload.get("size")
    return str(RateSize(size).label) if size else ""


def short_hash(payload: str) -> str:
    """Eight signs of SHA-256 by which two people compare a long code over the phone."""
    digest = hashlib.sha256(payload.encode()).hexdigest()[:8].upper()
    return f"{digest[:4]} {digest[4:]}"


def _shown(shape: Callable[[Any], str], content: dict[str, Any], key: str) -> str:
    return shape(content[key]) if content.get(key) not in (None, "") else "–"


def _days(count: Any) -> str:
    return _("%(count)s hari") % {"count": count}


_Line = tuple[Callable[[], str], str, Callable[[Any], str]]
_LINES: dict[ProposalKind, list[_Line]] = {
    ProposalKind.FEE: [
        (lambda: _("Iuran setahun"), "amount", rupiah),
        (lambda: _("Uang pangkal"), "joining_fee", rupiah),
    ],
    ProposalKind.RULES: [
        (lambda: _("Masa berlaku"), "mode", lambda mode: str(ValidityMode(mode).label)),
        (lambda: _("Masa tenggang"), "grace_days", _days),
        (lambda: _("Bisa diperpanjang sebelum berakhir"), "window_days", _days),
    ],
    ProposalKind.BANK: [
        (lambda: _("Bank"), "bank_name", str),
        (lambda: _("Nomor rekening"), "number", str),
        (lambda: _("Atas nama"), "holder", str),
    ],
    ProposalKind.QRIS: [
        (lambda: _("Nama merchant"), "merchant_name", str),
        (lambda: "NMID", "nmid", str),
        (lambda: _("Sidik isi kode"), "payload", short_hash),
    ],
}
