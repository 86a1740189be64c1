"""What people agree to, word for word. A changed text gets a new version; old rows keep theirs.

Source: UU 27/2022 articles 20 to 22: one purpose, one consent, in plain words, withdrawable.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from members.choices import ConsentPurpose


@dataclass(frozen=True)
class ConsentText:
    version: str
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


TEXTS = {
    ConsentPurpose.MEMBERSHIP: ConsentText(
        "2026-1",
        "Data pemilik dan usaha saya boleh disimpan dan diperiksa petugas Pemkot Jakarta Selatan "
        "untuk pendaftaran dan keanggotaan. Tanpa ini pendaftaran tidak bisa diproses.",
    ),
    ConsentPurpose.CATALOGUE: ConsentText(
        "2026-1",
        "Nama usaha, kecamatan, bidang, dan produk saya boleh tampil di katalog publik.",
    ),
    ConsentPurpose.SHARE_SUDIN: ConsentText(
        "2026-1",
        "Data usaha saya boleh dibagikan ke Suku Dinas PPKUKM Jakarta Selatan untuk pendampingan "
        "Jakpreneur.",
    ),
    ConsentPurpose.EVENTS: ConsentText(
        "2026-1",
        "Saya mau menerima kabar bazar, acara, dan pelatihan lewat Pesan dan e-mail.",
    ),
    ConsentPurpose.STATISTICS: ConsentText(
        "2026-1",
        "Data usaha saya boleh dihitung dalam statistik tanpa nama.",
    ),
}
