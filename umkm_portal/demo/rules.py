"""Kadin's account in the demo: proposed by the treasurer, confirmed by the secretariat."""

from __future__ import annotations

from typing import Any

from members.actions.proposals import confirm_change, propose_change
from members.choices import ProposalKind
from members.models import ChangeProposal
from umkm_portal.demo.clock import Timeline
from umkm_portal.demo.people import People

ACCOUNT = {
    "bank_name": "Bank Jakarta (CONTOH)",
    "number": "000-11-22222-3",
    "holder": "CONTOH Kadin Jakarta Selatan",
}


class Rules:
    def __init__(self, timeline: Timeline, people: People) -> None:
        self.timeline = timeline
        self.staff = people.staff

    def tell(self) -> None:
        """Before the first bill; and one proposal still waits, so that the desk shows one."""
        self.timeline.ago(770, lambda: self._agreed(ProposalKind.BANK, ACCOUNT))
        self.timeline.ago(1, self._new_fee)

    def _agreed(self, kind: ProposalKind, payload: dict[str, Any]) -> None:
        confirm_change(
            self._proposed(kind, payload, "Rapat pengurus CONTOH."),
            by=self.staff["sekretariat"],
            via="admin",
        )

    def _new_fee(self) -> None:
        year = self.timeline.today.year + 1
        fee = {"size": "kecil", "amount": 240_000, "joining_fee": 50_000}
        payload = {**fee, "starts_on": f"{year}-01-01"}
        self._proposed(ProposalKind.FEE, payload, "Usulan rapat kerja CONTOH untuk usaha kecil.")

    def _proposed(self, kind: ProposalKind, payload: dict[str, Any], reason: str) -> ChangeProposal:
        return propose_change(
            kind, payload=payload, reason=reason, by=self.staff["bendahara"], via="admin"
        )
