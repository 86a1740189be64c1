"""Who may keep which page, in one table: the browser, nginx, and the worker's own memory.

A URL that is not in the table is private: no-store. Public pages are the same for everybody who
carries no cookie that says more, and at most 60 seconds old wherever they are kept: 20 here
(lib/microcache), 20 in the front, 10 + 10 while the front and the browser ask anew.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag

from catalog import shopping

PRIVATE = "no-store, private"
# Of somebody whose cookie we do not know: his browser may keep it and ask whether it still holds.
HIS_OWN = "private, no-cache"
PUBLIC = (
    f"public, max-age=0, s-maxage={settings.FRONT_SECONDS}, stale-while-revalidate=10, "
    "stale-if-error=300"
)
# A picture's name changes with its content, yet a withdrawn one must leave the front again.
PICTURE = f"public, max-age=31536000, immutable, s-maxage={settings.FRONT_SECONDS}"
DAY = "public, max-age=86400"
ASK_FIRST = "no-cache"

SEARCH = "q kategori kecamatan harga_min harga_maks halal nonhalal hadir tersedia lencana urut"
PAGED = "setelah sebelum"


class Rule(NamedTuple):
    """`parameters`: all that the page reads of its query. `is_same`: for whoever asks."""

    keep: str = PUBLIC
    parameters: frozenset[str] = frozenset()
    is_same: bool = False
    has_fragments: bool = False


def knows(names: str, *, has_fragments: bool = False) -> Rule:
    return Rule(parameters=frozenset(names.split()), has_fragments=has_fragments)


RULES: dict[str, Rule] = {
    # Pages of our own words, and sums.
    **dict.fromkeys(
        [
            *("home", "statistics", "help", "about", "privacy", "terms", "contact"),
            *("accessibility", "offline", "members:card_check_form", "members:companion_sheet"),
        ],
        Rule(),
    ),
    # Lists.
    "catalog:product_list": knows(f"{SEARCH} {PAGED}", has_fragments=True),
    "catalog:product_category": knows(f"{SEARCH} {PAGED}", has_fragments=True),
    "catalog:business_list": knows(f"q kecamatan bidang huruf {PAGED}"),
    "events:agenda": knows("jenis kecamatan tag q"),
    "events:agenda_month": knows("jenis kecamatan tag q lalu"),
    "events:agenda_day": knows("jenis kecamatan tag q"),
    "events:edition_list": Rule(),
    "events:edition_plan": knows("hari"),
    "events:edition_turns": Rule(),
    "events:edition_goods": knows("kategori setelah"),
    # One thing.
    "catalog:product_detail": knows("jumlah"),
    "catalog:business_detail": knows(PAGED),
    "events:jumat": Rule(),
    "events:edition_detail": Rule(),
    "events:edition_asn": Rule(),
    "events:edition_results": Rule(),
    "events:event_detail": Rule(),
    # Files.
    "sitemap": Rule(is_same=True),
    "sitemap_section": Rule(is_same=True),
    **dict.fromkeys(
        ["events:agenda_ics", "events:agenda_rss", "events:agenda_embed"],
        Rule(parameters=frozenset({"jenis", "kecamatan", "tag", "q"}), is_same=True),
    ),
    "events:friday_embed": Rule(is_same=True),
    "events:embed_help": Rule(),
    "events:event_ics": Rule(),
    "events:edition_poster": Rule(is_same=True),
    "events:event_card": Rule(is_same=True),
    "catalog:product_card": Rule(is_same=True),
    "catalog:business_card": Rule(is_same=True),
    "catalog:media": Rule(PICTURE, is_same=True),
    **dict.fromkeys(["robots", "manifest", "favicon", "security_txt"], Rule(DAY, is_same=True)),
    "service_worker": Rule(ASK_FIRST, is_same=True),
}


def harmless_cookies() -> set[str]:
    """Cookies that no page of the table looks at.

    The token lies in forms that post, and no such page has one; the shopping list has its own page.
    """
    return {settings.CSRF_COOKIE_NAME, shopping.COOKIE}


@lru_cache(maxsize=4096)
def parameters_of(path: str) -> frozenset[str] | None:
    """What a kept page at this address (as WSGI has it) reads of its query; None for others."""
    try:
        rule = RULES.get(resolve(path.encode("latin-1").decode()).view_name)
    except (Resolver404, UnicodeError):
        return None
    return rule.parameters if rule and rule.keep == PUBLIC else None


def label(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Say who may keep this answer; a 304 in its place when the visitor has it already."""
    match = request.resolver_match
    rule = RULES.get(match.view_name) if match else None
    if rule is None or not _may_be_kept(request, response, rule):
        response["Cache-Control"] = PRIVATE
        return response
    if rule.is_same and response.has_header("Vary"):
        del response["Vary"]  # a look at the session, which changed nothing
    differs = ["Accept-Encoding"] + ([] if rule.is_same else ["Cookie"])
    patch_vary_headers(response, [*differs, *(["X-Fragment"] if rule.has_fragments else [])])
    is_anybody = rule.is_same or request.COOKIES.keys() <= harmless_cookies()
    response["Cache-Control"] = rule.keep if is_anybody else HIS_OWN
    return _short_when_known(request, response)


def _may_be_kept(request: HttpRequest, response: HttpResponse, rule: Rule) -> bool:
    # The icon's redirect follows from the release, all others from what is so today.
    is_answer = response.status_code in ({200, 304, 302} if rule.keep == DAY else {200, 304})
    return (
        is_answer
        and request.method in {"GET", "HEAD"}
        and (rule.is_same or settings.SESSION_COOKIE_NAME not in request.COOKIES)
        and not response.cookies
        # What the view itself refuses, such as a picture that only its owner sees yet.
        and "no-store" not in response.get("Cache-Control", "")
    )


def _short_when_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if not response.streaming and not response.has_header("ETag"):
        set_response_etag(response)
    etag = response.get("ETag")
    short = get_conditional_response(request, etag=etag, response=response) or response
    # A 304 renews the headers of the browser's copy: who may frame it is said by both alike.
    for mark in {"_csp_replace", "xframe_options_exempt"} & vars(response).keys():
        setattr(short, mark, getattr(response, mark))
    return short
