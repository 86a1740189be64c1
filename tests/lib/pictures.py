"""Pictures made for the tests of images, and what is seen in those that come back."""

import io
import struct
import zlib

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from umkm_portal.lib.images import ImageRefused, encode_photo

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


def refused(photo, job=encode_photo):
    with pytest.raises(ImageRefused) as caught:
        job(photo)
    return str(caught.value)


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
