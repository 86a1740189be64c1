"""What people typed is text on paper, whatever it looks like."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor

import pypdf
import pytest
import zxingcpp
from PIL import Image

from umkm_portal.lib import pdf
from umkm_portal.lib.qr import qr_drawing

ADDRESS = "https://umkm.example.id/kuitansi/ABCDEFGHJK/"
RECEIPT = {
    "from": "Kadin Kota Administrasi Jakarta Selatan",
    "under": "Anggota Tercatat UMKM",
    "title": "Kuitansi KW-KJS-2026-000123",
    "number": "KW-KJS-2026-000123",
    "facts": [["Sudah terima dari", "Batik Siti (Siti Aminah)"]],
    "words": "seratus dua puluh ribu rupiah",
    "amount": "Rp120.000",
    "place_date": "Jakarta Selatan, 12 Juni 2026",
    "checked_by": ["Bendahara", "Bendahara Kadin"],
    "note": "",
    "address": ADDRESS,
    "qr": qr_drawing(ADDRESS),
    "check_text": "Sah tanpa tanda tangan basah; periksa di",
    "tax_text": "Bukan faktur pajak.",
}


def receipt_of(name: str) -> dict:
    return {**RECEIPT, "facts": [["Sudah terima dari", name]]}


def text_of(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)


@pytest.mark.parametrize(
    "name",
    [
        '#panic("x")',
        "$x^2$ dan $",
        'CV "Maju" \\ Jaya \\u{41}',
        "*tebal* _miring_ `kode` <label> @acuan [isi]",
        '#read("/etc/passwd")',
        "{{ nama }} {% load x %}",
        "H. Dżamil O'Neil, S.E. – Türkçe",
        "/* komentar */ // juga",
    ],
)
def test_a_name_is_set_as_text(name) -> None:
    assert name in text_of(pdf.render_pdf("receipt", receipt_of(name)))


@pytest.mark.parametrize(
    "name", ["Kue 🍰🙂", "שלום", "مرحبا", "\u202eKidung", "", "a\x00b", "\n\n", "x" * 400]
)
def test_signs_we_have_no_letters_for_break_nothing(name) -> None:
    assert "KW-KJS-2026-000123" in text_of(pdf.render_pdf("receipt", receipt_of(name)))


def test_the_code_on_it_is_read() -> None:
    picture = Image.open(io.BytesIO(pdf.render_png("receipt", RECEIPT, ppi=110)))

    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_the_same_facts_give_the_same_small_file_with_our_letters() -> None:
    made = pdf.render_pdf("receipt", RECEIPT)

    assert made == pdf.render_pdf("receipt", json.loads(json.dumps(RECEIPT)))
    assert len(made) <= 60_000
    assert b"PlusJakartaSans-Bold" in made
    assert pypdf.PdfReader(io.BytesIO(made)).metadata.title == "Kuitansi KW-KJS-2026-000123"


def test_threads_of_one_worker_set_at_once() -> None:
    with ThreadPoolExecutor(4) as threads:
        made = set(threads.map(lambda _n: pdf.render_pdf("receipt", RECEIPT), range(12)))

    assert len(made) == 1


@pytest.mark.parametrize("name", ["../secret", "", "/etc/passwd", "Receipt", "a/b", "a.typ"])
def test_only_a_template_of_ours_is_set(name) -> None:
    with pytest.raises(ValueError, match="No template"):
        pdf.render_pdf(name, {})
