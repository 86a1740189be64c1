"""The demo's trainings: who teaches, and one that is over, with all that comes of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils import timezone

from events.actions.attendance import admit_guest, mark_present
from events.actions.certificates import issue_due_certificates
from events.actions.feedback import Answer, give_feedback
from events.actions.registration import Guest, register_business, register_guest
from events.actions.training import Handout, add_material, keep_training
from events.choices import EventKind, Topic
from events.models import Event, EventDay, Registration, Training
from members.models import Business, Kecamatan, User
from umkm_portal.demo.cast import SITI, phone_of
from umkm_portal.demo.clock import Timeline
from umkm_portal.demo.people import People
from umkm_portal.demo.programme import PROGRAMME, Planned
from umkm_portal.lib.pdf import render_pdf

OVER = "izin-pirt-halal"
TAUGHT = {
    "siap-ekspor": (Topic.EXPORT, "Contoh Pelatih Ratna", "Universitas Contoh Jakarta", 6),
    "pemasaran-digital": (Topic.MARKETING, "Contoh Pelatih Bagus", "", 4),
    "digitalisasi-pembukuan": (Topic.DIGITAL, "Contoh Pelatih Wulan", "Bank Contoh", 4),
    OVER: (Topic.LICENCES, "Contoh Pelatih Hasan", "Universitas Contoh Jakarta", 4),
    "kemasan-menjual": (Topic.OTHER, "Contoh Pelatih Ratna", "", 3),
    "bicara-di-depan-kamera": (Topic.MARKETING, "Contoh Pelatih Bagus", "", 3),
    "hitung-harga-jual": (Topic.FINANCE, "Contoh Pelatih Wulan", "Bank Contoh", 4),
}
ANSWERS = (
    Answer(5, "Contoh label P-IRT yang sudah jadi", ""),
    Answer(5, "Bisa langsung bertanya kepada pendamping", "Waktunya kurang lama"),
    Answer(4, "Urutan berkas yang harus disiapkan", ""),
    Answer(4, "", "Ruangannya panas"),
    Answer(3, "Daftar biaya", "Contoh untuk kerajinan"),
)
CHECKLIST = (
    ("NIB", "Gratis di oss.go.id, dengan KTP dan nomor HP."),
    ("P-IRT", "Penyuluhan keamanan pangan, lalu kunjungan ke dapur."),
    ("Halal", "Daftar bahan, cara membuat, foto dapur."),
)


class Trainings:
    def __init__(self, timeline: Timeline, people: People) -> None:
        self.timeline = timeline
        self.people = people
        self.staff: User = people.staff["petugas"]
        self.by: dict[str, Any] = {"by": self.staff, "via": "admin"}

    def tell(self) -> None:
        for planned in PROGRAMME:
            if planned.kind == EventKind.TRAINING:
                self.timeline.ago(max(30 - planned.in_days, 14), partial(self._teach, planned))

    def _teach(self, planned: Planned) -> None:
        event = Event.objects.get(slug=planned.slug)
        topic, trainer, partner, hours = TAUGHT[planned.slug]
        training = Training(
            event=event,
            topic=topic,
            trainer=trainer,
            partner=partner,
            hours=hours,
            signer_name="Contoh Penanda Tangan, M.M.",
            signer_office="Kepala Sudin PPKUKM Jakarta Selatan (contoh)",
        )
        keep_training(training, changed=["topic"], **self.by)
        if planned.slug == OVER:
            self._plan(event)

    def _plan(self, event: Event) -> None:
        """Signed up five days before, there on the day, answered the day after."""
        day = event.days.get()
        ago = (self.timeline.today - day.date).days
        self.timeline.ago(ago + 5, lambda: self._sign_up(event))
        self.timeline.ago(ago, lambda: self._hold(day), hour=10)
        self.timeline.ago(ago, lambda: self._hand_out(event), hour=14)
        self.timeline.ago(ago - 1, lambda: self._answer(event))

    def _sign_up(self, event: Event) -> None:
        mine = [b for b in self.people.businesses if b.owner.email == SITI and b.is_verified]
        others = [b for b in self.people.businesses if b.is_verified and b not in mine]
        chosen: list[Business] = [*mine[:1], *others[3:33:4]]
        for business in chosen:
            register_business(event, business=business, by=None, via="web")
        guest = Guest("Contoh Tamu Rara", phone_of(930), Kecamatan.objects.all()[0])
        register_guest(event, guest=guest, by=None, via="web")

    def _hold(self, day: EventDay) -> None:
        """All but two came, and one who had not signed up."""
        seats = list(Registration.objects.registered().filter(event=day.event).order_by("pk"))
        for seat in [*seats[:3], *seats[5:]]:
            mark_present(seat, day=day, **self.by)
        guest = Guest("Contoh Tamu Fajar", phone_of(931), Kecamatan.objects.all()[1])
        admit_guest(day, guest=guest, **self.by)

    def _hand_out(self, event: Event) -> None:
        issue_due_certificates(at=timezone.now(), by=None, via="jadwal")
        section = {"title": "Yang disiapkan", "about": "", "facts": CHECKLIST, "rows": []}
        data = {
            "title": "Berkas untuk P-IRT dan halal (contoh)",
            "intro": "Lembar untuk dibawa pulang.",
            "sections": [{**section, "columns": []}],
        }
        paper = render_pdf("my_data", data)
        add_material(event, handout=Handout("Daftar berkas", paper, "pdf"), **self.by)
        video = Handout("Rekaman pelatihan", url="https://video.example/izin-pirt-halal")
        add_material(event, handout=video, **self.by)

    def _answer(self, event: Event) -> None:
        there = Registration.objects.filter(event=event, attendances__isnull=False).order_by("-pk")
        for seat, answer in zip(there, ANSWERS, strict=False):
            give_feedback(seat, answer=answer, by=None, via="tautan")
