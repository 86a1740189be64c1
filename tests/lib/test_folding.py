"""A page says the same whether its fixed parts are rendered once or each time."""

from __future__ import annotations

import pytest
from django.template import Context, Engine
from django.utils import translation

from umkm_portal.lib.folding import FixedRun

LIBRARIES = {
    "i18n": "django.templatetags.i18n",
    "portal": "umkm_portal.templatetags.portal",
    "static": "django.templatetags.static",
}
PAGE = """{% load i18n portal static %}<p>{% translate "Masuk" %} {% icon "search" %}</p>
{% if user %}<b>{{ user }}</b>{% translate "Keluar" %}{% else %}{% translate "Masuk" %}{% endif %}
{% for each in rows %}<i>{% translate "Cari" %} {{ each }} {% icon each %}</i>{% endfor %}
{% block inner %}{% static "vendor/sprite.svg" %}{% translate "A & B" %}{% endblock %}
{% translate word %}{% translate "Cari" as kept %}{{ kept }}{% static word as there %}{{ there }}"""
CHILD = '{% extends "page.html" %}{% load i18n %}{% block inner %}{{ block.super }}!{% endblock %}'
LOCMEM = [("django.template.loaders.locmem.Loader", {"page.html": PAGE, "child.html": CHILD})]


def engine(cached: str) -> Engine:
    return Engine(loaders=[(cached, LOCMEM)], libraries=LIBRARIES)


@pytest.mark.parametrize("name", ["page.html", "child.html"])
@pytest.mark.parametrize("user", ["", "Siti <b>"])
def test_it_says_the_same(name, user) -> None:
    values = {"user": user, "rows": ["shop", "a<b"], "word": "img/ikon.svg"}
    plain = engine("django.template.loaders.cached.Loader").get_template(name)
    folded = engine("umkm_portal.lib.folding.Loader").get_template(name)

    once = [folded.render(Context(values)) for _time in range(2)]

    assert once == [plain.render(Context(values))] * 2


def test_each_language_has_its_own_words() -> None:
    template = engine("umkm_portal.lib.folding.Loader").get_template("page.html")

    said = set()
    for language in ("id", "de", "id"):
        with translation.override(language):
            said.add(template.render(Context({"word": "img/ikon.svg"})))
            runs = [node for node in template.nodelist if isinstance(node, FixedRun)]

    assert runs
    assert set(runs[0].said) == {"id", "de"}


def test_text_alone_is_left_as_it_was() -> None:
    pages = {"a.html": "<p>x</p>", "b.txt": "{% load i18n %}{% translate 'x' %}"}
    loaders = [
        ("umkm_portal.lib.folding.Loader", [("django.template.loaders.locmem.Loader", pages)])
    ]
    made = Engine(loaders=loaders, libraries=LIBRARIES)

    assert not any(isinstance(n, FixedRun) for n in made.get_template("a.html").nodelist)
    assert not any(isinstance(n, FixedRun) for n in made.get_template("b.txt").nodelist)
