from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm_portal.lib.phone import normalise_phone, show_phone, whatsapp_link

STORED = "+6281234567890"
PREFIXES = ("0", "", "62", "+62", "0062", "+62 0", "+62 (0)", "(+62)")
WRITTEN = (
    "81234567890",
    "812 3456 7890",
    "812-3456-7890",
    "812.3456.7890",
    "812\u00a03456\u00a07890",
)
FORMS = [prefix + rest for prefix, rest in product(PREFIXES, WRITTEN)] + [
    "０８１２３４５６７８９０",
    "٠٨١٢٣٤٥٦٧٨٩٠",
    "\u202a+62 812-3456-7890\u202c",
    "＋62 812 3456 7890",
    "  0812–3456–7890  ",
]


@pytest.mark.parametrize("typed", FORMS)
def test_forty_written_forms_give_one_stored_form(typed):
    assert len(FORMS) >= 40
    assert normalise_phone(typed) == STORED


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "08",
        "0812345678"[:8],
        "0212345678",
        "0841234567",
        "0801234567",
        "08123456789012",
        "+1 812 345 6789",
        "0812O4567890",
        "08123456789a",
        "++6281234567890",
        "0" * 5000,
    ],
)
def test_what_is_no_mobile_number_gets_the_sentence(typed):
    with pytest.raises(ValueError, match=r"^Nomor HP harus diawali 08 atau \+62, contoh 0812 3456"):
        normalise_phone(typed)


@given(st.from_regex(r"8[1-35-9][0-9]{7,10}", fullmatch=True))
def test_every_mobile_number_is_stored_and_shown_and_stored_again(national):
    stored = normalise_phone("0" + national)
    assert stored == f"+62{national}"
    assert normalise_phone(stored) == stored
    assert normalise_phone(show_phone(stored)) == stored


def test_a_number_is_shown_in_groups():
    assert show_phone(STORED) == "0812-3456-7890"


def test_the_words_of_an_order_survive_the_link():
    words = "Halo Batik Siti & kawan 😀\nBeli 2 + 1? 100% #asli"
    link = whatsapp_link(STORED, words)
    assert link.startswith("https://wa.me/6281234567890?text=Halo%20Batik")
    assert parse_qs(urlsplit(link).query) == {"text": [words]}
    assert whatsapp_link(STORED) == "https://wa.me/6281234567890"
