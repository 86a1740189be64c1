"""What a template says to everybody alike is worked out once."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.template.base import TextNode

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
        ('{% translate "Halo" as said %}[{{ said }}]', "[Halo]"),
        ("{% translate name %}", "&lt;Siti&gt;"),
        ('{% translate "Halo"|upper %}', "HALO"),
    ],
)
def test_a_sentence_with_variables_is_said_anew(source, shown) -> None:
    assert Template(LOAD + source).render(Context({"name": "<Siti>"})) == shown


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
