"""Who may keep which page: every URL of ours, as nobody and as Siti."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, get_resolver, resolve, reverse

from tests.access.rows import PUBLIC, ROWS, World
from tests.access.urls import names
from umkm_portal import announcing
from umkm_portal.caching import ASK_FIRST, DAY, HIS_OWN, PICTURE, PRIVATE, RULES, harmless_cookies
from umkm_portal.caching import PUBLIC as KEPT

# Public, yet nobody's to keep: a state of now, a form with a token, or an address that is a secret.
NEVER_KEPT = {
    *("health", "members:registration_start", "members:registration_resume"),
    *("members:card_check", "members:receipt_check", "members:payment_link"),
    *("members:payment_link_proof", "members:payment_link_gateway", "members:payment_link_qris"),
    *("members:unsubscribe", "members:gateway_midtrans"),
    *("catalog:product_whatsapp", "catalog:shopping_list", "catalog:shopping_add"),
    *("catalog:shopping_change", "catalog:shopping_whatsapp", "catalog:product_report"),
    "catalog:product_seen",
    *("events:propose", "events:proposal", "events:proposal_withdraw"),
    *("events:offer", "events:report_sales"),
    *("events:place_pdf", "events:feedback", "events:place_material", "events:event_material"),
    *("events:certificate_check", "events:fee_check", "events:feedback_results"),
    *("events:sign_up", "events:my_place", "events:cancel_place", "events:accept_place"),
    *("events:decline_place", "events:edit_place"),
}
# Each try at a card counts.
ASKED_ANEW = {("/cek/", "kode")}
# What a page reads that no visitor sees, or that changes with each visit.
# A line of the trail is written together with what it tells of, and that is announced.
UNSEEN_TABLES = {"portal_cache", "django_session", "catalog_searchmiss", "audit_auditentry"}
# Counted anew by the clock: a page may show the last count for its few seconds.
COUNTED_TABLES = {"catalog_facetcount", "catalog_searchcount", "catalog_searchword"}
PAGES = sorted(name for name, row in PUBLIC.items() if RULES.get(name) and row.status == 200)


def fetch(client: Client, name: str, things: World, **headers: str) -> Any:
    path = reverse(name, args=ROWS[name].args(things))
    return client.get(path, headers=headers)


def test_every_public_page_is_in_the_table_or_named_as_never_kept() -> None:
    assert set(PUBLIC) == set(RULES) | NEVER_KEPT
    assert not set(RULES) & NEVER_KEPT


def test_a_page_of_the_table_says_who_may_keep_it(world) -> None:
    for name in [*PAGES, "favicon"]:
        client, rule = Client(), RULES[name]
        answer = fetch(client, name, world)

        assert answer["Cache-Control"] == rule.keep, name
        assert not client.cookies, name
        assert answer.get("ETag") or name == "favicon", name
        vary = {part.strip() for part in answer["Vary"].split(",")}
        assert vary == (
            {"Accept-Encoding"}
            | (set() if rule.is_same else {"Cookie"})
            | ({"X-Fragment"} if rule.has_fragments else set())
        ), name
        assert "nonce" not in answer["Content-Security-Policy"], name
        assert b"csrfmiddlewaretoken" not in answer.content, name


def test_all_else_is_kept_by_nobody(world, everybody) -> None:
    siti = Client()
    siti.force_login(everybody["siti"])
    for name in sorted(set(ROWS) - set(RULES)):
        for client in (Client(), siti):
            answer = fetch(client, name, world)
            assert "no-store" in answer["Cache-Control"], name
            assert "public" not in answer["Cache-Control"], name


def test_nobody_keeps_what_siti_is_shown(world, everybody) -> None:
    client = Client()
    client.force_login(everybody["siti"])
    for name in sorted(RULES):
        answer = fetch(client, name, world)
        is_same = RULES[name].is_same and answer.status_code != 404
        assert answer["Cache-Control"] == (RULES[name].keep if is_same else PRIVATE), name


@pytest.mark.parametrize("path", ["/tidak-ada/", "/produk/tidak-ada-999/", "/katalog", "/?q=%00"])
def test_what_is_wrong_or_moved_is_kept_by_nobody_and_sets_no_cookie(client, db, path) -> None:
    answer = client.get(path)

    assert answer.status_code != 200
    assert answer["Cache-Control"] == PRIVATE
    assert not answer.cookies


def test_a_missing_icon_does_not_make_the_form_stale_that_siti_opens(client, siti) -> None:
    client.force_login(siti)
    before = client.cookies.output()

    assert client.get("/apple-touch-icon.png").status_code == 404
    assert client.cookies.output() == before


def test_who_has_the_page_is_told_so_in_a_few_bytes(world) -> None:
    client = Client()
    for name in PAGES:
        first = fetch(client, name, world)
        assert first.get("ETag"), (name, first.headers)
        second = fetch(client, name, world, if_none_match=first["ETag"])

        assert second.status_code == 304, name
        assert second.content == b"", name
        for header in ("ETag", "Cache-Control", "Content-Security-Policy", "Permissions-Policy"):
            assert second.get(header) == first[header], name
        assert set(second["Vary"].split(", ")) == set(first["Vary"].split(", ")), name


def test_a_cookie_we_do_not_know_makes_the_page_the_visitors_own(client, db) -> None:
    client.cookies["lain"] = "1"
    assert client.get("/")["Cache-Control"] == HIS_OWN
    client.cookies[settings.SESSION_COOKIE_NAME] = "long-over"
    assert client.get("/")["Cache-Control"] == PRIVATE


def test_a_token_or_a_shopping_list_changes_no_public_page(world) -> None:
    shopper = Client()
    shopper.get("/akun/masuk/")
    shopper.post(reverse("catalog:shopping_add", args=[world["product"].pk]))
    assert set(shopper.cookies) == harmless_cookies()

    for name in PAGES:
        answer = fetch(shopper, name, world)
        assert answer["Cache-Control"] == RULES[name].keep, name
        assert "set-cookie" not in answer.headers, name
        assert answer.content == fetch(Client(), name, world).content, name


def test_all_kept_copies_together_are_at_most_a_minute_old() -> None:
    from umkm_portal.lib import microcache

    front, meanwhile = map(int, re.findall(r"(?:s-maxage|revalidate)=(\d+)", KEPT))
    assert microcache.STALE_SECONDS >= microcache.FRESH_SECONDS
    assert microcache.STALE_SECONDS + front + meanwhile <= 60
    assert {rule.keep for rule in RULES.values()} == {KEPT, PICTURE, DAY, ASK_FIRST}


class Questions(HTMLParser):
    """The parameters a page's links and search forms ask with, by path."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.found: set[tuple[str, str]] = set()
        self.form = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "form":
            is_get = (has.get("method") or "get").lower() == "get"
            self.form = urlsplit(has.get("action") or self.path).path if is_get else ""
        elif tag in {"input", "select", "button"} and self.form and has.get("name"):
            self.found.add((self.form, has["name"] or ""))
        elif tag == "a" and (has.get("href") or "").startswith(("/", "?")):
            link = urlsplit(has["href"] or "")
            pairs = parse_qsl(link.query, keep_blank_values=True)
            self.found |= {(link.path or self.path, name) for name, _value in pairs}

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = ""


def test_what_pages_ask_each_other_stands_in_the_table(world) -> None:
    """A parameter that is not in the table is answered rightly too, but anew for each visitor."""
    found = set()
    for name in PAGES:
        path = reverse(name, args=ROWS[name].args(world))
        page = Questions(path)
        page.feed(Client().get(path).content.decode(errors="replace"))
        found |= page.found

    unknown = {(path, name) for path, name in found if name not in known_at(path)}
    assert unknown == ASKED_ANEW


def known_at(path: str) -> frozenset[str] | set[str]:
    try:
        rule = RULES.get(resolve(path).view_name)
    except Resolver404:
        rule = None
    return rule.parameters if rule else {*["next", "q"]}


def test_each_table_a_page_reads_announces_its_changes(world) -> None:
    with CaptureQueriesContext(connection) as seen:
        for name in PAGES:
            fetch(Client(), name, world)
        for query in ("q=batik", "q=tidakadasamasekali", "q=btik&kecamatan=tebet&harga_min=1"):
            for path in ("/katalog/", "/katalog/fashion/", "/usaha/"):
                Client().get(f"{path}?{query}")
    read = {
        table for query in seen for table in re.findall(r'(?:FROM|JOIN) "?(\w+)"?', query["sql"])
    }

    known = set(connection.introspection.table_names())
    assert (read & known) - UNSEEN_TABLES - COUNTED_TABLES - announcing.tables() == set()


def test_setting_up_twice_is_setting_up_once(db) -> None:
    announcing.load_announcements()
    with connection.cursor() as cursor:
        cursor.execute(announcing.HAVE_ONE, [announcing.NAME])
        made = [name for (name,) in cursor.fetchall()]

    assert sorted(made) == sorted(announcing.tables())


def test_names_of_the_table_are_urls_of_ours() -> None:
    assert set(RULES) <= set(names(get_resolver()))
