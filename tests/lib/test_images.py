"""Real pictures, made here, with what phones and crooks put into them."""

import io
import struct

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from tests.lib.pictures import SECRET, close, decoded, is_upright, png, refused, scene, upload
from umkm_portal.lib.images import (
    encode_avif,
    encode_photo,
    encode_proof,
    inspect_image,
    proof_extension,
)


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
