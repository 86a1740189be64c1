"""What may be handed out: looked at by its content, never opened."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from umkm_portal.lib.handouts import MAX_HANDOUT, HandoutRefused, handout


def office(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return made.getvalue()


def photo() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (300, 200), "green").save(made, "PNG")
    return made.getvalue()


SLIDES = office("[Content_Types].xml", "ppt/presentation.xml")
SHEET = office("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.pdf", b"%PDF-1.7 x"), ("Materi Hari 1.PPTX", SLIDES), ("b.xlsx", SHEET)],
)
def test_papers_are_kept_as_they_are(name, data) -> None:
    assert handout(SimpleUploadedFile(name, data)) == (data, name.lower().rpartition(".")[2])


def test_a_picture_is_written_anew() -> None:
    data, last = handout(SimpleUploadedFile("denah.png", photo()))

    assert last == "jpg"
    assert data.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.pdf", b"<html>", "bukan PDF"),
        ("a.pptx", SHEET, "tidak cocok dengan isinya"),
        ("a.xlsx", b"PK broken", "rusak"),
        ("a.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin"), "makro"),
        ("a.docx", office("word/document.xml"), "Unggah PDF, PPTX"),
        ("a.exe", b"MZ", "Unggah PDF, PPTX"),
        ("pdf", b"%PDF-", "Unggah PDF, PPTX"),
        ("a.jpg", b"", "tidak bisa dibuka"),
    ],
)
def test_what_it_is_not_is_said(name, data, sentence) -> None:
    with pytest.raises(HandoutRefused, match=sentence):
        handout(SimpleUploadedFile(name, data))


def test_twenty_megabytes_and_no_more() -> None:
    exact = b"%PDF-" + b"x" * (MAX_HANDOUT - 5)

    assert handout(SimpleUploadedFile("a.pdf", exact))[1] == "pdf"
    with pytest.raises(HandoutRefused, match=r"Berkas 21 MB\. Paling besar 20 MB"):
        handout(SimpleUploadedFile("a.pdf", exact + b"x"))
