"""The picture of a demo product, drawn from the words of its name; the same name, the same picture."""

from __future__ import annotations

import io
from random import Random
from zlib import crc32

from PIL import Image

from umkm_portal.demo import (
    bags,
    bakery,
    bits,
    children,
    cloth,
    craft,
    drinks,
    food,
    keepsakes,
    kitchen,
    knots,
    wear,
)
from umkm_portal.demo.canvas import Canvas
from umkm_portal.demo.motif import Motif
from umkm_portal.demo.scene import GROUNDS, PAIRS, Look

COFFEE, SPICED = "#6b3a1e", "#8f2418"
# The first line whose words all occur in the name (lower case) draws the picture.
MOTIFS: tuple[tuple[str, Motif], ...] = (
    # Crafts and garments first: their names say "anyam", "perca", "tenun", "rajut" of many things.
    ("tas anyam", bags.tote("pandan")),
    ("tas perca", bags.tote("denim")),
    ("jinjing perca", bags.tote("denim")),
    ("tas tenun", bags.tote("tenun")),
    ("tas rajut", bags.drawstring_bag),
    ("tas selempang", bags.shoulder_bag),
    ("dompet koin", bags.coin_purse),
    ("dompet", bags.wallet),
    ("ikat pinggang", bags.belt),
    ("keranjang", craft.basket),
    ("tatakan", craft.coasters),
    ("mug", craft.mug),
    ("vas bunga", craft.vase),
    ("piring", craft.plate),
    ("talenan", craft.board),
    ("sendok", craft.spoons),
    ("bingkai", craft.frame),
    ("lilin", craft.candle),
    ("pengharum", drinks.pitcher),
    ("sabun", craft.soap),
    ("boneka", keepsakes.ondel("boneka")),
    ("miniatur", keepsakes.ondel("miniatur")),
    ("magnet", keepsakes.ondel("magnet")),
    ("topeng", keepsakes.ondel("topeng")),
    ("selimut", cloth.quilt),
    ("celemek", cloth.apron),
    ("kalung", knots.necklace),
    ("gelang", knots.bracelets),
    ("anting ", knots.earrings),
    ("buku", keepsakes.notebook),
    ("hampers", keepsakes.gift_box),
    ("kartu", keepsakes.cards),
    ("hiasan dinding", knots.wall_hanging),
    ("gantungan pot", knots.plant_hanger),
    ("gantungan kunci", knots.key_rings),
    ("kain batik", cloth.folded_cloths),
    ("syal", cloth.hanging_scarf("batik")),
    ("selendang tenun", cloth.hanging_scarf("tenun")),
    ("ciput", cloth.under_cap),
    ("hijab instan", cloth.veil("instan")),
    ("hijab", cloth.veil("segi")),
    ("kemeja", wear.batik_shirt),
    ("kebaya", wear.kebaya),
    ("gamis", wear.long_dress("gamis")),
    ("tunik", wear.long_dress("tunik")),
    ("mukena", wear.long_dress("mukena")),
    ("celana", wear.jeans),
    ("jaket denim", wear.jacket("denim")),
    ("jaket", wear.jacket("tudung")),
    ("luaran", wear.jacket("tenun")),
    ("kardigan", wear.jacket("rajut")),
    ("kaus berkerah", wear.tee(collar=True)),
    ("kaus", wear.tee()),
    ("rok", wear.skirt),
    ("setelan", children.child_set()),
    ("gaun", children.dress),
    ("piama", children.child_set(sleeping=True)),
    ("topi", cloth.baby_cap),
    ("sepatu kanvas", bags.shoes("kanvas")),
    ("sandal", bags.shoes("sandal")),
    ("sepatu", bags.shoes("pantofel")),
    # Drinks.
    ("bir pletok", drinks.bottle(SPICED, bits.ginger, bits.anise)),
    ("kopi susu", drinks.bottle("#b98255", bits.bean, bits.palm_sugar, tall=False)),
    ("kopi seduh", drinks.bottle("#4a2511", bits.bean)),
    ("kunyit asam", drinks.bottle("#eb9a17", bits.turmeric)),
    ("beras kencur", drinks.bottle("#d9b98c", bits.ginger, bits.leaf)),
    ("cendol", drinks.bottle("#8fae6a", bits.leaf, bits.palm_sugar, glass=False, tall=False)),
    ("sirop", drinks.bottle("#7a3a15", bits.palm_sugar, bits.palm_sugar)),
    ("jus", drinks.bottle("#e8832a", bits.orange, bits.lime, bits.leaf, glass=False, tall=False)),
    ("madu hutan", drinks.honey),
    (
        "selendang mayang",
        drinks.cup(("#f2a3b8", "#8fcf9f", "#fff6e3", "#f2a3b8", "#fff6e3"), bits.lime),
    ),
    (
        "oat",
        drinks.cup(
            ("#c23a4f", "#fff3df", "#e9d3ae", "#fff3df", "#8a1f63"), bits.orange, straw=False
        ),
    ),
    ("biji kopi", drinks.coffee_pouch(bits.bean, COFFEE)),
    ("jahe", drinks.coffee_pouch(bits.ginger, "#a3471c")),
    ("telang", drinks.coffee_pouch(bits.telang, "#3f4fb5")),
    ("uwuh", drinks.coffee_pouch(bits.anise, "#a3202c")),
    ("rosela", drinks.tea_box(bits.roselle)),
    # Jars.
    ("sambal bawang", food.jar("#c8281c", bits.shallot, bits.chili)),
    ("sambal cumi", food.jar("#a32318", bits.squid, bits.chili)),
    ("sambal", food.jar("#b4301c", bits.fish, bits.chili)),
    ("selai", food.jar("#c98538", bits.nut, bits.nut)),
    ("serundeng", food.cookie_jar(bits.shred("#d08a3c"), "#e0a04a")),
    ("rempeyek", food.cookie_jar(bits.chip("#f0bd62", "#8a4b22"))),
    ("nastar", food.cookie_jar(bits.nastar)),
    ("kastengel", food.cookie_jar(bits.kastengel)),
    ("putri salju", food.cookie_jar(bits.snow, "#e7c9a0")),
    ("kukis", food.cookie_jar(bits.cookie, "#f0d3a4")),
    # Pouches and packs.
    ("keripik bayam", food.pouch(bits.spinach, "#7da24a")),
    ("keripik", food.pouch(bits.chip(), "#ffc933")),
    ("basreng", food.pouch(bits.stick(), "#c8281c")),
    ("makaroni", food.pouch(bits.macaroni, "#f5a52a")),
    ("usus", food.pouch(bits.curl, "#11704f")),
    ("granola", food.pouch(bits.granola, "#d9b98c")),
    ("abon sapi", food.pouch(bits.shred("#8f4f22"), "#8a1f63")),
    ("abon ayam", food.pouch(bits.shred("#c9702c"), "#c8281c")),
    ("abon", food.pouch(bits.shred("#c99a5e"), "#2f3f9e")),
    ("rendang", food.pouch(kitchen.beef, "#0b5a40")),
    ("jengkol", food.pouch(bits.meatball, "#7a4a22")),
    ("dimsum", food.sachet(bits.dumpling, "#bcd9ea")),
    ("risoles", food.sachet(bits.risol, "#f3d9a2")),
    ("bakso", food.sachet(bits.meatball, "#c9dcc9")),
    ("bumbu", food.sachet(bits.lemongrass, "#e8c27a")),
    # Served.
    (
        "soto",
        kitchen.bowl("#f3d49b", (kitchen.tomato, kitchen.beef, kitchen.herb, kitchen.emping)),
    ),
    (
        "asinan",
        kitchen.bowl(
            "#e8582c",
            (kitchen.cucumber, kitchen.lettuce, kitchen.peanut, kitchen.emping),
            steam=False,
        ),
    ),
    (
        "salad",
        kitchen.bowl(
            "#cfe3a8", (kitchen.lettuce, kitchen.chicken, kitchen.tomato, kitchen.egg), steam=False
        ),
    ),
    ("nasi uduk", kitchen.rice_box("#ffffff", (kitchen.egg, kitchen.beef, kitchen.cucumber))),
    (
        "ayam bakar",
        kitchen.rice_box(
            "#fbf6e6", (kitchen.chicken, kitchen.tomato, kitchen.lettuce), leafy=False
        ),
    ),
    ("kudapan", kitchen.snack_box),
    ("tumpeng", kitchen.tumpeng),
    ("kerak telor", kitchen.egg_crust),
    ("ayam ungkep", kitchen.fried_chicken),
    ("dodol", bakery.dodol),
    ("kembang goyang", bakery.round_plate(bakery.kembang_goyang)),
    ("sobek", bakery.pull_apart),
    ("tawar", bakery.loaf("#b87a3a", "#f7e6c4")),
    ("ragi", bakery.sourdough),
    ("pisang", bakery.loaf("#c98538", "#f0cf7e", banana=True)),
    ("bolu", bakery.steamed_cakes),
    ("donat", bakery.doughnuts),
    ("lapis legit", bakery.cake_tin("#c98538", "lapis")),
    ("brownies", bakery.cake_tin("#6b3a1e", "brownies")),
)


def motif_for(name: str) -> Motif:
    """What to draw for a product's name; a wrapped box when no word is known."""
    text = f"{name.lower()} "
    return next((motif for words, motif in MOTIFS if words in text), keepsakes.gift_box)


def look_for(name: str) -> Look:
    """Ground and colours, always the same for a name."""
    rng = Random(crc32(name.encode()))  # noqa: S311 colours, no secrets
    ground, second = rng.choice(GROUNDS)
    main, accent = rng.choice(PAIRS)
    return Look(rng, ground, second, main, accent)


def draw_picture(name: str) -> Image.Image:
    """The picture, 1200 × 900."""
    canvas = Canvas()
    motif_for(name)(canvas, look_for(name))
    return canvas.finished()


def picture_file(name: str) -> bytes:
    """The picture as a phone would send it: JPEG. "Kebaya#dekat" is nearer, "#balik" turned."""
    plain, _hash, view = name.partition("#")
    picture = draw_picture(plain)
    if view == "dekat":
        picture = picture.crop((240, 120, 1080, 750)).resize(picture.size)
    elif view == "balik":
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=92)
    return buffer.getvalue()
