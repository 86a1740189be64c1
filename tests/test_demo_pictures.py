"""The pictures of the demo: drawn, each of its own, always the same."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageStat

from umkm_portal.demo import craft, keepsakes
from umkm_portal.demo.people import rows
from umkm_portal.demo.pictures import draw_picture, motif_for, picture_file

NAMES = [row["product"] for row in rows("demo_products.csv")]


def test_a_picture_is_as_large_as_the_advice_to_sellers() -> None:
    photo = Image.open(BytesIO(picture_file("Bir Pletok Botol 500 ml")))

    assert (photo.format, photo.size) == ("JPEG", (1200, 900))


def test_no_two_pictures_are_alike_and_none_is_a_plain_box() -> None:
    seen = set()
    for name in NAMES[::4]:
        small = draw_picture(name).resize((80, 60))
        commonest = max(count for count, _colour in small.getcolors(80 * 60) or [(0, 0)])

        assert commonest < 0.75 * 80 * 60, name
        assert max(ImageStat.Stat(small).stddev) > 20, name
        seen.add(small.tobytes())
    assert len(seen) == len(NAMES[::4])


def test_every_product_of_the_list_has_a_motif_of_its_own_kind() -> None:
    boxes = [name for name in NAMES if motif_for(name) is keepsakes.gift_box]

    assert boxes == ["Kotak Hampers Kertas"]
    assert motif_for("Vas Bunga Mini") is craft.vase
    assert motif_for("Sepatu Kanvas Lukis") is not craft.vase


def test_the_same_name_gives_the_same_picture() -> None:
    assert picture_file("Kain Batik Cap") == picture_file("Kain Batik Cap")
