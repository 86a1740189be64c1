"""What a template says to everybody alike is worked out once."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.template.base import TextNode, VariableNode
from django.templatetags.i18n import BlockTranslateNode
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from umkm_portal.lib.tags.url import address_of

LOAD = "{% load i18n static %}"


def nodes(source: str) -> list[object]:
    return list(Template(LOAD + source).nodelist)[1:]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('{% translate "Simpan & kirim" %}', "Simpan & kirim"),
        ("{% translate 'Diskon 100%' %}", "Diskon 100%"),
        ("{% blocktranslate %}Satu <b>kalimat</b> 5%{% endblocktranslate %}", None),
        ("{% blocktranslate trimmed %}\n  Satu\n  baris\n{% endblocktranslate %}", "Satu baris"),
    ],
)
def test_a_sentence_is_text_once_its_template_is_read(source, shown) -> None:
    (node,) = nodes(source)
    assert isinstance(node, TextNode)
    assert node.s == (shown or "Satu <b>kalimat</b> 5%")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{% blocktranslate %}Halo {{ name }}{% endblocktranslate %}", "Halo &lt;Siti&gt;"),
        (
            "{% blocktranslate with n=name %}Halo {{ n }}{% endblocktranslate %}",
            "Halo &lt;Siti&gt;",
        ),
        ("{% blocktranslate %}100% {{ name }}{% endblocktranslate %}", "100% &lt;Siti&gt;"),
        ("{% blocktranslate %}Halo {{ none }}.{% endblocktranslate %}", "Halo ."),
        (
            "{% blocktranslate count n=two %}{{ n }} foto{% plural %}{{ n }} foto"
            "{% endblocktranslate %}",
            "2 foto",
        ),
        (
            "{% blocktranslate asvar said %}Halo {{ name }}{% endblocktranslate %}[{{ said }}]",
            "[Halo &lt;Siti&gt;]",
        ),
        ('{% translate "Halo" as said %}[{{ said }}]', "[Halo]"),
        ("{% translate name %}", "&lt;Siti&gt;"),
        ('{% translate "Halo"|upper %}', "HALO"),
    ],
)
def test_a_sentence_with_variables_is_said_anew(source, shown) -> None:
    assert Template(LOAD + source).render(Context({"name": "<Siti>", "two": 2})) == shown


def test_a_sentence_with_variables_is_translated_when_its_template_is_read() -> None:
    source = "{% blocktranslate with n=name|upper %}Halo {{ n }}, {{ day }}!{% endblocktranslate %}"
    (node,) = nodes(source)
    assert [type(piece) for piece in node.nodelist] == [TextNode, VariableNode] * 2 + [TextNode]
    context = Context({"name": "siti", "day": "Jumat", "n": "luar"})
    assert Template(LOAD + source + "{{ n }}").render(context) == "Halo SITI, Jumat!luar"


def test_a_translation_with_a_place_of_its_own_is_left_to_django(monkeypatch) -> None:
    monkeypatch.setattr(translation, "gettext", lambda _sentence: "Halo %(who)s")
    (node,) = nodes("{% blocktranslate %}Halo {{ name }}{% endblocktranslate %}")
    assert isinstance(node, BlockTranslateNode)


def test_a_files_address_is_asked_for_once(settings) -> None:
    source = Template(LOAD + '{% static "js/hitung.js" %} {% static name %}')
    first = source.render(Context({"name": "js/hitung.js"})).split()
    assert first[0] == first[1]
    settings.STATIC_URL = "/lain/"
    again = source.render(Context({"name": "js/hitung.js"})).split()
    assert again[0] == first[0]


def test_a_pages_address_is_looked_up_once_unless_it_has_arguments() -> None:
    source = Template("{% url 'home' %} {% url 'catalog:product_category' which %}")
    assert source.render(Context({"which": "kuliner"})) == "/ /katalog/kuliner/"
    assert source.render(Context({"which": "fashion"})) == "/ /katalog/fashion/"
    assert source.nodelist[0].kept == "/"


@pytest.mark.parametrize("key", [1, 0, 2**62])
def test_of_an_address_with_a_key_only_the_key_differs(key) -> None:
    source = Template("{% url 'catalog:product_report' key %}")
    wanted = reverse("catalog:product_report", args=[key])
    assert (
        source.render(Context({"key": key})) == wanted == address_of("catalog:product_report", key)
    )


@pytest.mark.parametrize("key", [-1, "siti", None, 1.5])
def test_what_is_no_key_has_no_address(key) -> None:
    with pytest.raises(NoReverseMatch):
        Template("{% url 'catalog:product_report' key %}").render(Context({"key": key}))
