"""What is no photo, too large, too small or dangerous is refused, in a sentence and at once."""

import io
import struct
import subprocess
import sys
import time
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.lib.pictures import png, refused, scene, upload
from umkm_portal.lib.images import encode_photo, encode_proof, inspect_image
from umkm_portal.lib.uploads import MAX_BYTES


def test_too_big_names_the_size_and_a_way_out():
    photo = SimpleUploadedFile("a.jpg", b"x" * (13 * 1024 * 1024 + 1))
    assert refused(photo) == (
        "Foto 14 MB. Paling besar 8 MB. "
        "Coba kirim lewat WhatsApp ke diri sendiri lalu unggah hasilnya."
    )
    just_over = SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * MAX_BYTES)
    assert refused(just_over, encode_proof).startswith("Foto 9 MB.")


def test_too_small_names_the_size():
    assert refused(upload(scene(320, 240))) == (
        "Foto terlalu kecil (320×240). Paling kecil 400×400."
    )
    assert "terlalu panjang" in refused(upload(scene(400, 1700)))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("surat.docx", b"PK\x03\x04"),
        ("skrip.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("foto.avif", b"\0\0\0\x18ftypavif"),
        ("gif.gif", b"GIF89a\1\0\1\0\0\0\0;"),
    ],
)
def test_the_wrong_type_is_named(name, data):
    ending = name.rpartition(".")[2]
    assert refused(SimpleUploadedFile(name, data), encode_proof) == (
        f"Berkas .{ending} tidak bisa dibuka. Unggah foto (JPG/PNG) atau PDF."
    )
    assert refused(SimpleUploadedFile(name, data)) == (
        f"Berkas .{ending} tidak bisa dibuka. Unggah foto (JPG/PNG)."
    )


def test_an_empty_a_torn_and_a_false_photo_are_refused():
    whole = upload(scene()).read()
    assert "kosong" in refused(SimpleUploadedFile("a.jpg", b""))
    assert "rusak" in refused(SimpleUploadedFile("a.jpg", whole[: len(whole) // 2]))
    assert "rusak" in refused(SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>"))
    assert "rusak" in refused(SimpleUploadedFile("a.pdf", b"<script>"), encode_proof)
    assert "rusak" in refused(SimpleUploadedFile("a.heic", b"\0\0\0\x18ftypheic"))
    heic = upload(scene(), "HEIF", "a.heic").read()
    for cut in range(0, len(heic) - 1, max(1, len(heic) // 30)):
        refused(SimpleUploadedFile("a.heic", heic[:cut]))
    png_bytes = upload(scene(), "PNG", "a.png").read()
    assert "rusak" in refused(SimpleUploadedFile("a.png", png_bytes[:2000]))
    for cut in range(0, 700, 7):
        refused(SimpleUploadedFile("a.jpg", whole[:cut]))


@pytest.mark.parametrize("name", ["a.png", "a.pdf", "a", "a.jpg.exe", "a.php"])
def test_content_and_ending_must_agree(name):
    assert "tidak cocok" in refused(SimpleUploadedFile(name, upload(scene()).read()), encode_proof)


def bombs():
    yield "a.png", png(30_000, 30_000, bytes(3751 * 30_000), depth=1, colour=0)
    actl = struct.pack(">I", 8) + b"acTL" + struct.pack(">II", 5000, 0)
    actl += struct.pack(">I", zlib.crc32(actl[4:]))
    yield "b.png", png(1000, 1000, b"\0" * 3001 * 1000, extra=actl)
    canvas = (16_382).to_bytes(3, "little") * 2
    vp8x = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + canvas
    yield "c.webp", b"RIFF" + struct.pack("<I", len(vp8x) + 4) + b"WEBP" + vp8x
    jpeg = io.BytesIO()
    Image.new("L", (64, 64)).save(jpeg, "JPEG")
    huge = bytearray(jpeg.getvalue())
    at = huge.index(b"\xff\xc0") + 5
    huge[at : at + 4] = struct.pack(">HH", 65_500, 65_500)
    yield "d.jpg", bytes(huge)
    heic = bytearray(upload(Image.new("RGB", (64, 64)), "HEIF", "e.heic").read())
    at = heic.index(b"ispe") + 8
    heic[at : at + 8] = struct.pack(">II", 60_000, 60_000)
    yield "e.heic", bytes(heic)


def test_bombs_are_refused_at_once():
    for name, data in bombs():
        assert len(data) < MAX_BYTES
        before = time.monotonic()
        for job in (encode_photo, encode_proof, inspect_image):
            assert "terlalu besar" in refused(SimpleUploadedFile(name, data), job)
        assert time.monotonic() - before < 2


MEASURE = """
import sys
from pathlib import Path
from django.conf import settings
from django.core.files.base import ContentFile
from umkm_portal.lib.images import encode_photo
settings.configure()
encode_photo(ContentFile(Path(sys.argv[1]).read_bytes(), name=sys.argv[1]))
print(next(line for line in open("/proc/self/status") if "VmHWM" in line).split()[1])
"""


@pytest.mark.parametrize(
    ("name", "size", "mode", "options"),
    [
        ("a.jpg", (8000, 6000), "RGB", {}),
        ("b.jpg", (5000, 4999), "RGB", {"progressive": True, "subsampling": 0}),
        ("c.png", (5000, 4999), "RGBA", {"compress_level": 1}),
        ("d.webp", (5000, 2999), "RGBA", {"method": 0}),
        ("e.heic", (5000, 4999), "RGB", {"quality": 30}),
    ],
)
def test_the_largest_allowed_photos_fit_in_a_worker(tmp_path, name, size, mode, options):
    """In a process of its own, where 300 MB leave a worker 100 MB for all the rest."""
    scene(*size).convert(mode).save(tmp_path / name, **options)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, tmp_path / name],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) < 300 * 1024
