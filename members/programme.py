"""How Jakpreneur's offices and steps begin; staff change the rows from then on."""

from __future__ import annotations

from members.choices import EvidenceKind as E

# Named in the city's pages: PPKUKM, PPAPP, Parekraf, Nakertransgi. The last two are a best guess.
OFFICES = (
    ("PPKUKM", "Dinas Perindustrian, Perdagangan, Koperasi, Usaha Kecil dan Menengah"),
    ("PPAPP", "Dinas Pemberdayaan, Perlindungan Anak dan Pengendalian Penduduk"),
    ("Parekraf", "Dinas Pariwisata dan Ekonomi Kreatif"),
    ("Nakertransgi", "Dinas Tenaga Kerja, Transmigrasi dan Energi"),
    ("KPKP", "Dinas Ketahanan Pangan, Kelautan dan Pertanian"),
    ("Sosial", "Dinas Sosial"),
)
# Code, name, what it is, what the owner can do, evidence, how much of it.
STAGES = (
    (
        "P1",
        "Pendaftaran",
        "Usaha terdaftar di Jakpreneur.",
        "Kirim pendaftaran usaha. Petugas memeriksa paling lama 3 hari kerja.",
        [E.REGISTERED],
        1,
    ),
    (
        "P2",
        "Pelatihan",
        "Pernah ikut pelatihan Jakpreneur.",
        "Pilih satu pelatihan di Agenda, lalu daftar. Gratis.",
        [E.TRAINING, E.STAFF],
        1,
    ),
    (
        "P3",
        "Pendampingan",
        "Pernah didampingi petugas atau mentor.",
        "Minta pendamping kecamatan datang atau menelepon.",
        [E.MENTORING, E.STAFF],
        1,
    ),
    (
        "P4",
        "Perizinan",
        "Punya NIB, P-IRT, atau sertifikat halal yang masih sah.",
        "Unggah NIB, P-IRT, atau sertifikat halal di Berkas supaya petugas memeriksanya.",
        [E.LICENCE, E.STAFF],
        1,
    ),
    (
        "P5",
        "Pemasaran",
        "Pernah berjualan di Jumat Beli Lokal atau bazar.",
        "Ajukan lapak pada Jumat Beli Lokal berikutnya.",
        [E.MARKET, E.STAFF],
        1,
    ),
    (
        "P6",
        "Pelaporan keuangan",
        "Melaporkan penjualan tiga bulan.",
        "Isi laporan penjualan setiap selesai berjualan; tiga bulan sudah cukup.",
        [E.SALES_REPORT, E.STAFF],
        3,
    ),
    (
        "P7",
        "Permodalan",
        "Rujukan pembiayaan diterima mitra.",
        "Cek syarat pembiayaan, lalu minta rujukan ke mitra.",
        [E.REFERRAL, E.STAFF],
        1,
    ),
)
