"""Steps of Jakpreneur that the demo's businesses took, so that the curve has a shape."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from members.actions.programme import record_evidence, remove_evidence
from members.choices import EvidenceKind
from members.models import Office, StageEvidence
from umkm_portal.demo.clock import Timeline
from umkm_portal.demo.people import People

# Code, kind, how many days ago, what was seen, which office; every so-manieth business has it.
STEPS = (
    ("P2", EvidenceKind.TRAINING, 60, "Pelatihan kemasan CONTOH", "PPKUKM", 2),
    ("P3", EvidenceKind.MENTORING, 45, "Menghitung harga jual", "PPAPP", 3),
    ("P4", EvidenceKind.STAFF, 40, "NIB diperiksa di kecamatan", "PPKUKM", 4),
    ("P5", EvidenceKind.MARKET, 25, "Jumat Beli Lokal CONTOH", "Parekraf", 3),
    ("P7", EvidenceKind.REFERRAL, 12, "Rujukan CONTOH diterima bank", "", 20),
)
REPORTS = (75, 45, 15)
"""Days ago; three months of sales show the sixth step."""
FALLEN = 6


class Steps:
    def __init__(self, timeline: Timeline, people: People) -> None:
        self.timeline = timeline
        self.people = people

    def tell(self) -> None:
        for code, kind, days, label, office, each in STEPS:
            for number in range(0, 38, each):
                self.timeline.ago(days, self._took(number, code, kind, label, office), hour=16)
        for number in range(0, 30, 6):
            for days in REPORTS:
                label = f"Laporan penjualan {days} hari lalu"
                step = self._took(number, "P6", EvidenceKind.SALES_REPORT, label, "")
                self.timeline.ago(days, step, hour=17)
        self.timeline.ago(5, self._falls)

    def _took(
        self, number: int, code: str, kind: EvidenceKind, label: str, office: str
    ) -> Callable[[], StageEvidence]:
        def took() -> StageEvidence:
            return record_evidence(
                self.people.businesses[number],
                code,
                kind=kind,
                source=f"contoh:{kind}:{label}",
                on=timezone.localdate() - timedelta(days=1),
                office=Office.objects.filter(short_name=office).first(),
                label=label,
                by=self.people.staff["petugas"],
                via="admin",
            )

        return took

    def _falls(self) -> None:
        remove_evidence(
            self.people.businesses[FALLEN].evidence.get(stage__code="P5"),
            reason="Nama di daftar hadir ternyata usaha lain.",
            by=self.people.staff["petugas"],
            via="admin",
        )
