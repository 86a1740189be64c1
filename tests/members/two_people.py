"""Proposals as tests need them: the least of each kind, and one confirmed by somebody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from members.actions.proposals import confirm_change, propose_change
from members.choices import ProposalKind, RateSize, ValidityMode
from members.models import ChangeProposal, User

# An invented merchant; its acquirer's number is given to nobody.
STATIC_QRIS = (
    "00020101021126670017COM.CONTOHPSP.WWW01189360099000000123450213ID000000123450303UMI51440014"
    "ID.CO.QRIS.WWW0215ID10999000000170303UMI5204581253033605802ID5917DAPUR MPOK CONTOH6015"
    "JAKARTA SELATAN61051262062070703A016304F1C8"
)


def coming(days: int = 1) -> date:
    return timezone.localdate() + timedelta(days=days)


def content(kind: ProposalKind, **changes: Any) -> dict[str, Any]:
    least: dict[ProposalKind, dict[str, Any]] = {
        ProposalKind.FEE: {
            "size": RateSize.ALL,
            "starts_on": coming(),
            "amount": 150_000,
            "joining_fee": 0,
        },
        ProposalKind.RULES: {
            "starts_on": coming(),
            "mode": ValidityMode.CALENDAR,
            "grace_days": 14,
            "window_days": 45,
        },
        ProposalKind.BANK: {
            "bank_name": "Bank Contoh",
            "number": "123-45-67890-1",
            "holder": "Kadin Contoh",
        },
        ProposalKind.QRIS: {"payload": STATIC_QRIS},
    }
    return {**least[kind], **changes}


def proposed(kind: ProposalKind, *, by: User, **changes: Any) -> ChangeProposal:
    return propose_change(
        kind, payload=content(kind, **changes), reason="Rapat pengurus", by=by, via="admin"
    )


def changed(kind: ProposalKind, *, by: User, and_by: User, **changes: Any) -> ChangeProposal:
    """In force as soon as it begins."""
    return confirm_change(proposed(kind, by=by, **changes), by=and_by, via="admin")


def typed(kind: ProposalKind, **changes: str) -> dict[str, str]:
    """The same as somebody types it into the form."""
    found = {
        key: f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
        for key, value in content(kind).items()
    }
    return {**found, "reason": "Rapat pengurus", **changes}
