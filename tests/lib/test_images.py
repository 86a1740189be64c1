"""Real pictures, made here, with what phones and crooks put into them."""

import io
import struct
import subprocess
import sys
import time
import zlib

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from umkm_portal.lib.images import (
    ImageRefused,
    encode_avif,
    encode_photo,
    encode_proof,
    inspect_image,
    proof_extension,
)
from umkm_portal.lib.uploads import MAX_BYTES

pillow_heif.register_heif_opener(thumbnails=False)
SECRET = b"RAHASIA-6.2088S-106.8456E"


def scene(width=1600, height=1200, mode="RGB"):
    """Red above, blue below: which side is up can be seen."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    ImageDraw.Draw(image).rectangle((0, height // 2, width, height), fill=(30, 30, 200))
    return image.convert(mode)


def upload(image, kind="JPEG", name="foto.jpg", tail=b"", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return SimpleUploadedFile(name, out.getvalue() + tail)


def decoded(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def close(pixel, colour):
    return all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=True))


def is_upright(image):
    top = image.getpixel((image.width // 2, 5))
    bottom = image.getpixel((image.width // 2, image.height - 5))
    return close(top, (200, 30, 30)) and close(bottom, (30, 30, 200))


def test_a_photo_comes_in_three_widths_within_their_weight():
    noisy = Image.effect_noise((3000, 4000), 90).convert("RGB")
    photo = encode_photo(upload(noisy, quality=30))
    for width, most in ((400, 25_000), (800, 70_000), (1200, 120_000)):
        assert len(photo.widths[width]) <= most
        assert decoded(photo.widths[width]).format == "WEBP"
        assert decoded(photo.widths[width]).width <= width
    assert photo.size == sum(map(len, photo.widths.values()))


def test_a_calm_photo_keeps_its_full_widths_and_shape():
    photo = encode_photo(upload(scene(3000, 2000)))
    assert [decoded(data).size for data in photo.widths.values()] == [
        (400, 267),
        (800, 533),
        (1200, 800),
    ]
    assert (photo.width, photo.height) == (1200, 800)


def test_a_small_photo_is_not_enlarged():
    photo = encode_photo(upload(scene(640, 480)))
    assert [decoded(data).width for data in photo.widths.values()] == [400, 640, 640]


def test_the_dominant_colour_is_the_one_there_is_most_of():
    image = Image.new("RGB", (800, 800), (10, 120, 60))
    ImageDraw.Draw(image).rectangle((0, 0, 200, 200), fill=(250, 250, 0))
    colour = encode_photo(upload(image, "PNG", "a.png")).colour
    assert close(tuple(bytes.fromhex(colour[1:])), (10, 120, 60))


def test_nothing_of_the_sender_survives():
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 12.0, 31.0), 3: "E", 4: (106.0, 50.0, 44.0)})
    photo = upload(
        scene(),
        exif=exif.tobytes(),
        comment=SECRET,
        xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>",
        tail=SECRET,
    )
    assert photo.read().count(SECRET) == 4
    outputs = [*encode_photo(photo).widths.values(), encode_proof(photo)]
    for data in outputs:
        assert b"RAHASIA" not in data
        image = decoded(data)
        assert not image.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(image.info)


def test_text_in_a_png_does_not_survive():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET.decode())
    notes.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    photo = upload(scene(), "PNG", "a.png", pnginfo=notes)
    assert b"RAHASIA" not in b"".join(encode_photo(photo).widths.values())
    assert b"RAHASIA" not in encode_proof(photo)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_of_holding_the_phone_comes_out_upright(orientation):
    turned = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    image = scene()
    if orientation in turned:
        image = image.transpose(turned[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = upload(image, exif=exif.tobytes())
    assert (inspect_image(photo).width, inspect_image(photo).height) == (1600, 1200)
    assert is_upright(decoded(encode_photo(photo).widths[800]))
    assert is_upright(decoded(encode_proof(photo)))


@pytest.mark.parametrize(
    ("mode", "kind", "name"),
    [
        ("RGB", "JPEG", "a.jpeg"),
        ("L", "JPEG", "a.JPG"),
        ("CMYK", "JPEG", "a.jpg"),
        ("RGB", "PNG", "a.png"),
        ("RGBA", "PNG", "a.png"),
        ("P", "PNG", "a.png"),
        ("RGB", "WEBP", "a.webp"),
        ("RGBA", "WEBP", "a.webp"),
    ],
)
def test_every_kind_of_photo_becomes_plain_colours(mode, kind, name):
    photo = upload(scene(mode=mode), kind, name)
    image = decoded(encode_photo(photo).widths[800])
    assert image.mode == "RGB"
    assert mode == "L" or is_upright(image)
    assert decoded(encode_proof(photo)).mode == "RGB"


def test_what_is_transparent_becomes_white():
    clear = Image.new("RGBA", (500, 500), (255, 0, 0, 0))
    assert decoded(encode_photo(upload(clear, "PNG", "a.png")).widths[400]).getpixel(
        (200, 200)
    ) == (255, 255, 255)
    palette = Image.new("P", (500, 500), 0)
    palette.putpalette([255, 0, 0] * 256)
    photo = upload(palette, "PNG", "a.png", transparency=0)
    assert min(decoded(encode_photo(photo).widths[400]).getpixel((200, 200))) > 250


@pytest.mark.parametrize("mode", ["I;16", "I"])
def test_sixteen_bits_of_grey_stay_grey(mode):
    grey = Image.new("I;16", (500, 500), 0x8000)
    photo = upload(grey, "PNG", "a.png")
    assert abs(decoded(encode_photo(photo).widths[400]).getpixel((9, 9))[0] - 128) < 4


def test_sixteen_bits_of_colour_are_read():
    row = b"\0" + struct.pack(">HHH", 0x8000, 0, 0xFFFF) * 450
    photo = SimpleUploadedFile("a.png", png(450, 450, row * 450, depth=16))
    assert close(decoded(encode_photo(photo).widths[400]).getpixel((9, 9)), (128, 0, 255))


def test_a_phone_photo_of_two_pictures_gives_the_first():
    out = io.BytesIO()
    scene().save(out, "MPO", save_all=True, append_images=[scene(mode="L").convert("RGB")])
    photo = SimpleUploadedFile("a.jpg", out.getvalue())
    assert inspect_image(photo).kind == "MPO"
    assert is_upright(decoded(encode_photo(photo).widths[800]))


def test_of_a_moving_picture_the_first_frame_counts():
    other = Image.new("RGB", (800, 600), "white")
    for kind, name in (("WEBP", "a.webp"), ("PNG", "a.png")):
        photo = upload(scene(800, 600), kind, name, save_all=True, append_images=[other])
        assert is_upright(decoded(encode_photo(photo).widths[400]))


def test_colours_of_another_profile_are_translated():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert encode_photo(upload(scene(), icc_profile=profile)).widths
    assert encode_photo(upload(scene(), icc_profile=b"nonsense")).widths
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = upload(scene(), icc_profile=srgb)
    assert is_upright(decoded(encode_photo(photo).widths[800]))


def test_an_iphones_photo_stands_upright_without_a_trace():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, SECRET.decode()
    sideways = scene().transpose(Image.Transpose.ROTATE_90)
    photo = upload(sideways, "HEIF", "IMG_0412.HEIC", exif=exif.tobytes(), xmp=SECRET)
    assert SECRET in photo.read()

    encoded = encode_photo(photo)
    assert (encoded.width, encoded.height) == (1200, 900)
    assert is_upright(decoded(encoded.widths[800]))
    assert SECRET not in b"".join([*encoded.widths.values(), encoded.draft, encode_proof(photo)])


def test_the_worker_makes_lighter_files_within_the_same_weight():
    noisy = Image.effect_noise((1600, 1200), 90).convert("RGB")
    photo = encode_photo(upload(noisy, quality=30))
    lighter = encode_avif(photo.draft)
    for width, most in ((400, 25_000), (800, 70_000), (1200, 120_000)):
        assert decoded(lighter[width]).format == "AVIF"
        assert len(lighter[width]) <= most
    plain = encode_photo(upload(scene()))
    lighter = encode_avif(plain.draft)
    assert is_upright(decoded(lighter[400]))
    assert decoded(lighter[800]).size == (800, 600)


def refused(photo, job=encode_photo):
    with pytest.raises(ImageRefused) as caught:
        job(photo)
    return str(caught.value)


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


def test_a_pdf_is_kept_when_it_is_one():
    pdf = b"%PDF-1.7\n1 0 obj\n%%EOF"
    assert encode_proof(SimpleUploadedFile("bukti.PDF", pdf)) == pdf
    assert proof_extension(pdf) == "pdf"
    refused(SimpleUploadedFile("bukti.jpg", pdf), encode_proof)
    refused(SimpleUploadedFile("bukti.pdf", pdf), encode_photo)


def test_a_proof_is_a_light_jpeg():
    noisy = Image.effect_noise((3000, 4000), 90).convert("RGB")
    data = encode_proof(upload(noisy, quality=30))
    assert len(data) <= 300_000
    assert decoded(data).format == "JPEG"
    assert proof_extension(data) == "jpg"
    assert "terlalu kecil" in refused(upload(scene(50, 50)), encode_proof)
    assert encode_proof(upload(scene(300, 2400)))


def png(width, height, rows, *, depth=8, colour=2, extra=b""):
    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + extra
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


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
