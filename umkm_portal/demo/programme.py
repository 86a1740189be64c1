"""What else is in the agenda: trainings, an exhibition, a festival, a meeting, in every state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from events.choices import EventKind
from events.models import Event
from members.models import Kecamatan
from umkm_portal.demo.editions import map_of


@dataclass(frozen=True)
class Planned:
    """`in_days` counts from today; negative is past."""

    slug: str
    name: str
    in_days: int
    summary: str
    kind: EventKind = EventKind.TRAINING
    days: int = 1
    opens: time = time(9)
    closes: time = time(12)
    capacity: int | None = 30
    venue: str = "Ruang Pola, Kantor Wali Kota Jakarta Selatan"
    address: str = "Jl. Prapanca Raya No. 9"
    kecamatan: str = "Kebayoran Baru"
    status: str = "open"
    sign_ups: int = 0
    guests: int = 0
    tags: tuple[str, ...] = ()
    signs_up: bool = True

    def event(self) -> Event:
        return Event(
            kind=self.kind,
            name=self.name,
            slug=self.slug,
            summary=self.summary,
            description=f"{self.summary} Acara contoh, tidak benar-benar diadakan.",
            venue=self.venue,
            address=self.address,
            kecamatan=Kecamatan.objects.get(name=self.kecamatan),
            map_url=map_of(self.address),
            tags=list(self.tags),
            organiser="Sudin PPKUKM Jakarta Selatan (contoh)",
            needs_sign_up=self.signs_up,
            capacity=self.capacity if self.signs_up else None,
        )


PROGRAMME = (
    Planned(
        "siap-ekspor",
        "Siap ekspor: dari dapur ke pasar luar",
        9,
        "Syarat dokumen, kemasan, dan cara menghitung harga ekspor.",
        capacity=14,
        sign_ups=11,
        guests=3,
        tags=("ekspor", "Persiapan G20"),
    ),
    Planned(
        "pemasaran-digital",
        "Pemasaran digital: foto produk dengan HP",
        5,
        "Memotret di dekat jendela, menulis keterangan, dan menjawab pembeli.",
        capacity=8,
        sign_ups=7,
        guests=4,
        tags=("pemasaran digital",),
    ),
    Planned(
        "digitalisasi-pembukuan",
        "Digitalisasi: pembukuan dan QRIS untuk warung",
        16,
        "Mencatat uang masuk dan keluar, dan memakai QRIS tanpa biaya tambahan.",
        status="planned",
        tags=("digitalisasi",),
    ),
    Planned(
        "izin-pirt-halal",
        "Mengurus P-IRT dan sertifikat halal",
        -13,
        "Langkah demi langkah, dibimbing pendamping kecamatan.",
        sign_ups=0,
        tags=("perizinan",),
    ),
    Planned(
        "kemasan-menjual",
        "Kemasan yang menjual",
        2,
        "Label yang lengkap dan kemasan yang tahan dibawa pulang.",
        status="closed",
        sign_ups=6,
        tags=("kemasan",),
    ),
    Planned(
        "bicara-di-depan-kamera",
        "Berani bicara di depan kamera",
        11,
        "Siaran langsung yang santai dan jelas.",
        status="cancelled",
        sign_ups=4,
        tags=("pemasaran digital",),
    ),
    Planned(
        "hitung-harga-jual",
        "Menghitung harga jual",
        7,
        "Bahan, tenaga, listrik: supaya tidak rugi diam-diam.",
        status="moved",
        sign_ups=5,
        guests=1,
        tags=("keuangan",),
    ),
    Planned(
        "pameran-kriya-selatan",
        "Pameran kriya selatan",
        -1,
        "Anyaman, keramik, makrame, dan batik dari sepuluh kecamatan.",
        kind=EventKind.EXHIBITION,
        days=3,
        opens=time(8),
        closes=time(21),
        venue="Lobi Kantor Wali Kota Jakarta Selatan",
        tags=("Persiapan G20",),
        signs_up=False,
    ),
    Planned(
        "festival-kuliner-betawi",
        "Festival kuliner Betawi",
        24,
        "Kerak telor, bir pletok, dan dodol, dengan tanjidor di sore hari.",
        kind=EventKind.FESTIVAL,
        days=2,
        opens=time(10),
        closes=time(20),
        venue="Setu Babakan",
        address="Jl. RM Kahfi II, Srengseng Sawah",
        kecamatan="Jagakarsa",
        signs_up=False,
    ),
    Planned(
        "rapat-persiapan-jbl",
        "Rapat persiapan Jumat Beli Lokal",
        3,
        "Pembagian tugas: tenda, listrik, dan petugas jaga.",
        kind=EventKind.MEETING,
        closes=time(11),
        signs_up=False,
    ),
)
