from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from catalog.cards import Card
from catalog.forms.sheet import Group, Option

FRIDAY = datetime.date(2026, 11, 27)


def render(source: str, **context) -> str:
    return Template("{% load portal %}" + source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ v|rupiah }}", 120_000, "Rp120.000"),
        ("{{ v|terbilang }}", 120_000, "seratus dua puluh ribu rupiah"),
        ("{{ v|tanggal }}", datetime.date(2026, 6, 12), "Jumat, 12 Juni 2026"),
        ("{{ v|tanggal_pendek }}", datetime.date(2026, 6, 12), "12 Jun 2026"),
        ("{{ v|jam }}", datetime.time(9, 0), "09.00"),
        (
            "{{ v|pukul }}",
            datetime.datetime(2026, 6, 12, 2, 0, tzinfo=ZoneInfo("UTC")),
            "pukul 09.00 WIB",
        ),
        ("{{ v|hp }}", "+6281234567890", "0812-3456-7890"),
        ("{{ v|ribuan }}", 1204, "1.204"),
        ("{{ v|hari_pendek }}", FRIDAY, "Jumat"),
        ("{{ v|wa_link }}", "+6281234567890", "https://wa.me/6281234567890"),
    ],
)
def test_values_read_as_indonesians_write_them(source, value, shown):
    assert render(source, v=value) == shown


@pytest.mark.parametrize("name", ["rupiah", "tanggal", "pukul", "hp", "ribuan", "wa_link"])
def test_an_absent_value_prints_nothing(name):
    assert render(f"{{{{ v|{name} }}}}", v=None) == ""


def test_an_order_text_is_quoted_into_the_link():
    link = render("{{ v|wa_link:'Pesan 2 & 3' }}", v="+6281234567890")
    assert link == "https://wa.me/6281234567890?text=Pesan%202%20%26%203"


def test_an_icon_points_into_the_sprite():
    icon = render('{% icon "shop" %}')
    assert icon.startswith('<svg class="i" aria-hidden="true"><use href="/static/vendor/sprite.')
    assert icon.endswith('#shop"/></svg>')


def test_a_state_is_a_word_with_a_mark():
    badge = render('{% state_badge word "ok" %}', word="<Lunas>")
    assert "state--ok" in badge
    assert "&lt;Lunas&gt;" in badge
    assert "#check-lg" in badge


def test_an_unknown_kind_of_state_is_a_plain_word():
    assert render('{% state_badge "Draf" "aneh" %}') == '<span class="state">Draf</span>'


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ('{% query_with urut="murah" %}', "?q=kue&amp;halal=1&amp;urut=murah"),
        ("{% query_with q=None %}", "?halal=1"),
        ('{% query_with q="" halal="" %}', "/katalog/"),
    ],
)
def test_a_link_keeps_the_other_filters(tag, shown):
    request = RequestFactory().get("/katalog/", {"q": "kue", "halal": "1"})
    assert render(tag, request=request) == shown


@pytest.mark.parametrize(
    ("path", "here", "shown"),
    [
        ("/", "/", ' aria-current="page"'),
        ("/", "/katalog/", ""),
        ("/katalog/", "/katalog/", ' aria-current="page"'),
        ("/katalog/", "/katalog/kuliner/", ' aria-current="true"'),
    ],
)
def test_the_menu_says_where_we_are(path, here, shown):
    request = RequestFactory().get(here)
    tag = f'<{{% current "{path}" %}}>'
    assert render(tag, request=request) == f"<{shown}>"


@pytest.mark.parametrize(
    ("today", "lead", "rest"),
    [
        (datetime.date(2026, 11, 24), "3", "hari lagi"),
        (datetime.date(2026, 11, 26), "Besok", "pukul 09.00"),
        (FRIDAY, "Hari ini", "buka sampai 16.00"),
        (datetime.date(2026, 11, 28), "Libur", "Belum ada jadwal berikutnya"),
    ],
)
def test_the_countdown_goes_by_days(today, lead, rest):
    html = render(
        "{% friday_week day opens closes today %}",
        day=FRIDAY,
        opens=datetime.time(9),
        closes=datetime.time(16),
        today=today,
    )
    assert f'<span class="friday__num">{lead}</span> {rest}' in html
    assert html.count("friday__day--jumat") == 1
    assert html.count("<li") == 7


def test_without_a_jbl_day_this_week_is_shown_unmarked():
    html = render("{% friday_week None today=today %}", today=FRIDAY)
    assert "Libur" in html
    assert "friday__day--jumat" not in html


class SampleForm(forms.Form):
    nama = forms.CharField(error_messages={"required": "Tulis nama usaha."})
    jenis = forms.ChoiceField(
        choices=[("a", "A")],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih jenis."},
    )

    def clean(self):
        raise forms.ValidationError("Periksa <semua>.")


def test_the_error_summary_links_to_each_field():
    html = render_to_string("components/error_summary.html", {"form": SampleForm({})})
    assert "Ada 3 isian yang perlu diperbaiki" in html
    assert '<a href="#id_nama">Tulis nama usaha.</a>' in html
    assert '<a href="#id_jenis_0">Pilih jenis.</a>' in html
    assert "Periksa &lt;semua&gt;." in html


def test_a_form_without_errors_has_no_summary():
    html = render_to_string("components/error_summary.html", {"form": SampleForm()})
    assert html.strip() == ""


CARD = Card(
    pk=1,
    name="Kue <Lumpur>",
    url="/produk/kue-1/",
    price=25_000,
    unit="kotak",
    category="kuliner",
    sold_out=False,
    published_at=None,
    business_id=1,
    seller="Dapur Siti",
    seller_slug="dapur-siti",
    kecamatan="Tebet",
    photo_url="/media/a.webp",
    srcset="",
    avif="",
    width=400,
    height=300,
    colour="#aabbcc",
    stall_tag="Jumat ini · A07",
)
MEMBER = {"number": "KJS-1", "name": "Batik", "sector": "Fashion", "kecamatan": "Tebet"}
COMPONENTS = {
    "product_card": ({"card": CARD}, "Rp25.000"),
    "pager": ({"next_url": "?setelah=2"}, "Berikutnya"),
    "notice": ({"text": "Tersimpan.", "kind": "ok", "role": "status"}, 'role="status"'),
    "empty": ({"title": "Belum ada", "url": "/x/", "link": "Tambah"}, "Tambah"),
    "state": ({"word": "Lunas", "kind": "ok"}, "state--ok"),
    "steps": (
        {
            "number": 2,
            "total": 5,
            "steps": [
                {"title": "Pemilik", "is_done": True, "url": "/daftar/pemilik/"},
                {"title": "Usaha", "is_now": True},
            ],
        },
        "Langkah 2 dari 5",
    ),
    "timeline": ({"items": [{"title": "Dikirim", "state": "done"}]}, "is-done"),
    "todo": ({"title": "Bayar", "text": "Segera", "url": "/x/", "link": "Bayar"}, "btn-kunyit"),
    "stats": ({"stats": [{"label": "Usaha", "value": 40}]}, "<dd>40</dd>"),
    "specs": ({"specs": [{"label": "NIB", "value": "12"}]}, "<dd>12</dd>"),
    "crumbs": ({"here": "Katalog"}, 'aria-current="page"'),
    "badges": ({"kadin": True, "jakpreneur": True}, "badge-member--jakpreneur"),
    "member_card": ({"card": {**MEMBER, "ends_on": FRIDAY}}, "27 Nov 2026"),
    "filter_sheet": (
        {
            "action": "/katalog/",
            "clear_url": "/katalog/",
            "groups": [
                Group("Kecamatan", "kecamatan", [Option("1", "Tebet", checked=True, count="3")])
            ],
        },
        "checked",
    ),
}


@pytest.mark.parametrize("name", COMPONENTS)
def test_each_component_renders_what_it_is_given(name):
    context, expected = COMPONENTS[name]
    html = render_to_string(f"components/{name}.html", context)
    assert expected in html
    assert " style=" not in html


def test_a_name_with_markup_stays_text():
    html = render_to_string("components/product_card.html", {"card": CARD})
    assert "Kue &lt;Lumpur&gt;" in html
