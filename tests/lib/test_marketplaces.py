import pytest

from umkm_portal.lib.marketplaces import parse_instagram, parse_shop_link, shop_name


@pytest.mark.parametrize(
    ("typed", "kept", "name"),
    [
        ("https://www.tokopedia.com/siti/kain", "https://www.tokopedia.com/siti/kain", "Tokopedia"),
        ("tokopedia.link/abc", "https://tokopedia.link/abc", "Tokopedia"),
        (" HTTPS://Shopee.co.id/Siti?x=1#a ", "https://shopee.co.id/Siti?x=1#a", "Shopee"),
        ("https://id.shp.ee/AbC", "https://id.shp.ee/AbC", "Shopee"),
    ],
)
def test_a_link_to_a_known_shop_is_kept(typed, kept, name):
    assert parse_shop_link(typed) == kept
    assert shop_name(kept) == name


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "http://tokopedia.com/siti",
        "https://tokopedia.com.jahat.example/",
        "https://jahattokopedia.com/",
        "https://jahat.example/tokopedia.com",
        "https://tokopedia.com@jahat.example/",
        "https://siti:sandi@tokopedia.com/",
        "https://tokopedia.com:8443/",
        "https://tokopedia.com/\"onclick='x'",
        "https://tokopedia.com/a b",
        "https://tokopedia.com\\@jahat.example",
        "https://tοkopedia.com/",
        "javascript:alert(1)//tokopedia.com",
        "ftp://tokopedia.com/",
        "https://[tokopedia.com",
        "https://tokopedia.com/" + "a" * 400,
    ],
)
def test_any_other_link_gets_a_sentence(typed):
    with pytest.raises(ValueError, match="Tautan"):
        parse_shop_link(typed)


@pytest.mark.parametrize(
    "typed", ["batik.siti", "@batik.siti", "https://www.instagram.com/batik.siti/?hl=id"]
)
def test_an_instagram_name_is_found_in_what_was_pasted(typed):
    assert parse_instagram(typed) == "batik.siti"


@pytest.mark.parametrize("typed", ["batik siti", "a/b", "<b>", "", "é", "a" * 31])
def test_what_is_no_instagram_name_gets_a_sentence(typed):
    with pytest.raises(ValueError, match="Instagram"):
        parse_instagram(typed)
