"""A page says the same whether its fixed parts are rendered once or each time."""

from __future__ import annotations

import pytest
from django.template import Context, Engine, TemplateDoesNotExist
from django.template.base import Node
from django.template.loader_tags import BlockNode, ExtendsNode
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
PARTS = {
    "frame.html": """<title>{% block title %}Portal{% endblock %}</title>{% include "head.html" %}
<main>{% block content %}{% block inner %}kosong{% endblock %}{% endblock %}</main>{{ name }}""",
    "narrow.html": """{% extends "frame.html" %}
{% block content %}<div>{% block inner %}{{ block.super }}?{% endblock %}</div>{% endblock %}""",
    "leaf.html": """{% extends "narrow.html" %}{% load i18n %}luar
{% block title %}{{ title }} {{ block.super }}{% endblock %}
{% block inner %}{% translate "Cari" as name %}{{ name }}{% if user %}{{ block.super }}{% endif %}
{% for row in rows %}{% include "part.html" with one=row %}{% include "one.html" %}{% endfor %}
{% include dynamic %}{% include "only.html" with one=title only %}{% include "turns.html" %}
{% include "deep.html" %}{% endblock %}""",
    "head.html": """{% load i18n %}<nav>{% translate "Masuk" %}{{ user }}
{% url "home" as name %}</nav>""",
    "part.html": "[{{ one }}{% include 'one.html' %}]",
    "one.html": "<{{ one }}>",
    "only.html": "({{ one }}{{ user }})",
    "turns.html": """{% for row in rows %}{% cycle 'a' 'b' %}
{% ifchanged %}{{ user }}{% endifchanged %}{% endfor %}""",
    "deep.html": "{% if depth %}{% include 'deep.html' with depth='' %}{% endif %}.",
    "blocks.html": "{% include 'frame.html' %}",
}
LOCMEM = [
    ("django.template.loaders.locmem.Loader", {"page.html": PAGE, "child.html": CHILD, **PARTS})
]


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


@pytest.mark.parametrize("name", ["leaf.html", "narrow.html", "frame.html", "blocks.html"])
@pytest.mark.parametrize("user", ["", "Siti"])
def test_a_page_is_the_same_with_its_frame_and_parts_laid_in(name, user) -> None:
    values = {"user": user, "rows": ["<b>", 2, 3], "title": "T", "name": "N", "one": 1}
    values |= {"dynamic": "only.html", "depth": "x"}
    plain = engine("django.template.loaders.cached.Loader").get_template(name)
    laid = engine("umkm_portal.lib.folding.Loader").get_template(name)

    said = [laid.render(Context(values)) for _time in range(2)]

    assert said == [plain.render(Context(values))] * 2
    kinds = {type(node) for node in laid.nodelist.get_nodes_by_type(Node)}
    assert ExtendsNode not in kinds
    assert BlockNode not in kinds


def test_what_is_only_known_at_the_time_is_looked_up_then() -> None:
    pages = {"a.html": "{% extends frame %}", "b.html": "B", "c.html": "{% extends 'c.html' %}"}
    loaders = [
        ("umkm_portal.lib.folding.Loader", [("django.template.loaders.locmem.Loader", pages)])
    ]
    made = Engine(loaders=loaders).get_template("a.html")
    assert made.render(Context({"frame": "b.html"})) == "B"
    with pytest.raises(TemplateDoesNotExist):
        Engine(loaders=loaders).get_template("c.html").render(Context())


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
