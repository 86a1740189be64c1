import binascii
import json
from pathlib import Path

import pytest
import qriskit
from hypothesis import given
from hypothesis import strategies as st

from umkm_portal.lib import qris

DATA = json.loads((Path(__file__).parents[1] / "data/qris_examples.json").read_text())
KADIN = (
    "00020101021126680016ID.CO.CONTOH.WWW011893600000000000000102150000000000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID00000000000010303UMI5204869953033605802ID5912KADIN CONTOH"
    "6015JAKARTA SELATAN61051211062070703A016304194F"
)
KADIN_120000 = (
    "00020101021226680016ID.CO.CONTOH.WWW011893600000000000000102150000000000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID00000000000010303UMI52048699530336054061200005802ID"
    "5912KADIN CONTOH6015JAKARTA SELATAN61051211062070703A016304E4E9"
)


def split(text):
    fields = []
    while text:
        size = int(text[2:4])
        fields.append((text[:2], text[4 : 4 + size]))
        text = text[4 + size :]
    return fields


def write(fields):
    """A code of these fields; `fields` has neither 00 nor 63."""
    body = "000201" + "".join(f"{tag}{len(value):02d}{value}" for tag, value in fields) + "6304"
    return body + f"{binascii.crc_hqx(body.encode(), 0xFFFF):04X}"


def test_the_published_examples_come_out_to_the_letter():
    assert qris.with_amount(KADIN, 120_000) == KADIN_120000
    assert qris.with_amount(DATA["static"], 120_000) == DATA["dynamic_120000"]
    named = qris.with_amount(DATA["static"], 120_000, "JSP2026000123")
    assert named == DATA["dynamic_120000_ref_JSP2026000123"]


def test_a_crc_keeps_its_leading_zero():
    assert qris.with_amount(KADIN, 1_000).endswith("630408F3")


@pytest.mark.parametrize("static", [KADIN, DATA["static"]])
@pytest.mark.parametrize(("amount", "reference"), [(1, ""), (120_000, "A"), (10_000_000, "Z" * 25)])
def test_another_reader_sees_the_same(static, amount, reference):
    theirs = qriskit.parse(static).to_dynamic(amount)
    if reference:
        theirs = theirs.with_tag("62.05", reference)
    made = qris.with_amount(static, amount, reference)
    assert made == theirs.dumps()
    assert qriskit.is_valid(made)


def test_the_merchant_is_read_from_the_code():
    assert qris.merchant(KADIN) == qris.Merchant(
        "KADIN CONTOH", "JAKARTA SELATAN", "ID0000000000001"
    )
    assert qris.merchant(KADIN_120000).name == "KADIN CONTOH"


def test_old_amounts_and_tips_go_and_the_rest_keeps_its_place():
    old = [
        ("01", "11"),
        ("59", "A"),
        ("54", "5"),
        ("55", "02"),
        ("56", "1"),
        ("57", "2"),
        ("80", "x"),
    ]
    made = split(qris.with_amount(write(old), 7))
    assert made[:-1] == [("00", "01"), ("01", "12"), ("54", "7"), ("59", "A"), ("80", "x")]


def test_a_reference_takes_the_place_of_the_old_one():
    static = write([("01", "11"), ("62", "0103abc0503old0703A01"), ("64", "x")])
    assert dict(split(qris.with_amount(static, 5, "BARU")))["62"] == "0103abc0504BARU0703A01"
    assert dict(split(qris.with_amount(static, 5)))["62"] == "0103abc0503old0703A01"


def test_a_missing_62_is_made_only_for_a_reference():
    static = write([("01", "11"), ("59", "A"), ("64", "x")])
    tags = [tag for tag, _ in split(qris.with_amount(static, 5, "R"))]
    assert tags == ["00", "01", "54", "59", "62", "64", "63"]
    assert "62" not in dict(split(qris.with_amount(static, 5)))


BROKEN = {
    "empty": "",
    "words": "bukan kode",
    "wrong crc": DATA["corrupt_example"],
    "small letters in the crc": KADIN[:-4] + "194f",
    "00 not first": write([])[6:],
    "63 not last": KADIN + "6401x",
    "no 63": KADIN[:-8],
    "cut": KADIN[:-1],
    "a space at the end": KADIN + " ",
    "tag twice": write([("59", "A"), ("59", "B")]),
    "too long a field": "000299",
    "arabic digits": KADIN.replace("6304", "٦٣٠٤"),
    "NUL": write([("59", "A\0B")]),
    "half a character": KADIN.replace("KADIN", "KADI\ud800"),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_a_damaged_code_is_refused_with_a_sentence(text):
    for door in (lambda: qris.with_amount(text, 1), lambda: qris.merchant(text)):
        with pytest.raises(ValueError, match=r"QRIS.*\.$"):
            door()


@pytest.mark.parametrize("amount", [0, -1, 10_000_001, True, 1.0, "120000", None, 10**40])
def test_an_amount_outside_the_limits_is_refused(amount):
    with pytest.raises(ValueError, match=r"^Jumlah QRIS harus antara Rp1 dan Rp10\.000\.000\.$"):
        qris.with_amount(KADIN, amount)


@pytest.mark.parametrize("reference", ["x" * 26, "é", "a\nb", "a\0", " a", "a ", "\u202e", None, 5])
def test_an_odd_reference_is_refused(reference):
    with pytest.raises(ValueError, match=r"^Referensi QRIS "):
        qris.with_amount(KADIN, 1, reference)


def test_a_reference_needs_room_in_62_and_a_whole_62():
    for extra in ("08" + "95" + "x" * 95, "05"):
        with pytest.raises(ValueError, match="QRIS"):
            qris.with_amount(write([("62", extra)]), 1, "R")


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ([("26", "x"), ("53", "840"), ("59", "A")], "rupiah"),
        ([("26", "x"), ("53", "360")], "nama"),
        ([("53", "360"), ("59", "A")], "rekening"),
        (
            [("26", "x"), ("53", "360"), ("59", "A")] + [(str(t), "x" * 99) for t in range(80, 86)],
            "512",
        ),
    ],
)
def test_a_code_nobody_can_be_paid_by_is_refused_by_the_check(fields, word):
    with pytest.raises(ValueError, match=word):
        qris.check(write(fields))


def test_a_good_code_passes_the_check():
    qris.check(KADIN)
    qris.check(DATA["static"])


values = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=99)
tags = st.integers(1, 99).map("{:02d}".format).filter(lambda tag: tag not in {"62", "63"})
codes = st.dictionaries(tags, values, max_size=8)
references = st.text(st.sampled_from("ABCxyz019-./"), max_size=25)


@given(codes, st.integers(1, 10_000_000), references)
def test_any_code_of_fields_gets_its_amount_and_nothing_else(fields, amount, reference):
    static = write(fields.items())
    made = qris.with_amount(static, amount, reference)
    assert write(split(made)[1:-1]) == made
    got = dict(split(made))
    assert (got["01"], got["54"]) == ("12", str(amount))
    left = [f for f in split(made) if f[0] not in {"00", "01", "54", "62", "63"}]
    assert left == [f for f in fields.items() if f[0] not in {"01", "54", "55", "56", "57"}]
    assert got.get("62") == (f"05{len(reference):02d}{reference}" if reference else None)


@given(codes.map(lambda fields: dict(sorted(fields.items()))), references)
def test_fields_in_order_stay_in_order(fields, reference):
    made = [tag for tag, _ in split(qris.with_amount(write(fields.items()), 1, reference))]
    assert made[:-1] == sorted(made[:-1])
    assert made[-1] == "63"


@given(codes, st.integers(1, 10_000_000), references)
def test_a_second_time_changes_nothing(fields, amount, reference):
    once = qris.with_amount(write(fields.items()), amount, reference)
    assert qris.with_amount(once, amount, reference) == once


@given(st.integers(0, len(KADIN) - 1), st.characters())
def test_one_wrong_letter_is_always_noticed(place, letter):
    if KADIN[place] == letter:
        return
    with pytest.raises(ValueError, match="QRIS"):
        qris.with_amount(KADIN[:place] + letter + KADIN[place + 1 :], 120_000)


@given(st.one_of(st.text(), st.binary(), st.none(), st.integers()))
def test_rubbish_is_refused_and_breaks_nothing(rubbish):
    for door in (qris.check, qris.merchant, lambda text: qris.with_amount(text, 1)):
        with pytest.raises(ValueError, match="QRIS"):
            door(rubbish)
