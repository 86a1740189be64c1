"""Every URL of ours × every role. A new URL fails the first test until it has its row."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from members.choices import Right
from members.models import User
from tests import make
from tests.access.rows import DOOR, FIELD, OWN, PUBLIC, ROWS, SIGNED_IN, World
from tests.access.urls import names

# What of Siti's is there for those whom she lets work; all else of OWN is a 404 for them too.
CATALOGUE_PAGES = {
    "catalog:price_question",
    "catalog:sheet_photos",
    "catalog:sheet_import",
    "catalog:sheet_bad_rows",
    "catalog:sheet_write",
    "catalog:sheet_cancel",
    "catalog:sheet_undo",
    "catalog:product_shop",
    "catalog:booth_sign",
    "catalog:product_edit",
    "catalog:product_archive",
    "catalog:product_sold_out",
    "catalog:product_photos",
    "catalog:photo_place",
    "catalog:photo_remove",
    "catalog:product_food",
    "catalog:product_lead",
}
MARKET_PAGES = {
    "events:fee_receipt",
    "events:my_goods",
    "events:my_certificate",
    "events:my_application",
    "events:application_change",
    "events:application_withdraw",
    "events:application_answer",
    "events:application_rules",
}
HELPERS = {
    "karyawan_katalog": CATALOGUE_PAGES,
    "karyawan_bazar": MARKET_PAGES,
    "pendamping": CATALOGUE_PAGES | MARKET_PAGES,
}


def test_every_page_has_its_row() -> None:
    assert set(names(get_resolver())) == set(ROWS)


def visit(user: User | None, name: str, world: World) -> Any:
    client = Client()
    if user:
        client.force_login(user)
    row = ROWS[name]
    path = reverse(name, args=row.args(world))
    return client.post(path, row.typed) if row.post_only else client.get(path)


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_the_public_needs_no_account(world, name) -> None:
    response = visit(None, name, world)

    assert response.status_code == PUBLIC[name].status
    # The shopping list is the one cookie a visitor asks for.
    assert not response.cookies or any(n in str(response.cookies) for n in ("csrf", "titipan"))


@pytest.mark.parametrize("name", sorted({**SIGNED_IN, **OWN, **FIELD, **DOOR}))
def test_who_is_not_signed_in_is_sent_to_sign_in(world, name) -> None:
    response = visit(None, name, world)

    assert response.status_code == 302
    assert response.url.startswith("/akun/masuk/")


@pytest.mark.parametrize("name", sorted(SIGNED_IN))
def test_every_account_has_its_own(world, everybody, name) -> None:
    for role, user in everybody.items():
        response = visit(user, name, world)
        assert response.status_code in {200, 302}, role
        assert b"Batik Siti" not in response.content or role in {"siti", "ani"}, role


@pytest.mark.parametrize("name", sorted(OWN))
def test_what_is_sitis_is_there_for_nobody_else(world, everybody, name) -> None:
    for role, user in everybody.items():
        if role not in {"siti", "ani"}:
            assert visit(user, name, world).status_code == 404, role
    assert visit(everybody["siti"], name, world).status_code in {200, 302, 303, 404}


@pytest.mark.parametrize("name", sorted(FIELD))
def test_the_field_pages_are_the_companions_alone(world, everybody, name) -> None:
    for role, user in everybody.items():
        expected = {200, 302} if role == "pendamping" else {404}
        assert visit(user, name, world).status_code in expected, role


@pytest.mark.parametrize("name", sorted(DOOR))
def test_the_door_is_kept_by_who_may_mark_attendance(world, everybody, name) -> None:
    for role, user in everybody.items():
        expected = 200 if user.has_perm("events.add_attendance") else 404
        assert visit(user, name, world).status_code == expected, role
        client = Client()
        client.force_login(user)
        sent = client.post(reverse(name, args=ROWS[name].args(world)), {"apa": "hadir"})
        answers = {200, 302} if expected == 200 else {404}
        assert sent.status_code in ({405} if name == "events:scan" else answers), role


def helper(world: World, everybody: dict[str, User], role: str) -> Client:
    """Signed in and at work for Siti, as far as she lets this person."""
    client = Client()
    if role == "pendamping":
        client.force_login(everybody["pendamping"])
        client.post(reverse("members:companion_begin", args=[world["help"].pk]))
        return client
    person = make.user(role)
    right = Right.CATALOGUE if role == "karyawan_katalog" else Right.MARKET
    make.person(world["batik"], person, right)
    client.force_login(person)
    return client


@pytest.mark.parametrize("role", sorted(HELPERS))
@pytest.mark.parametrize("name", sorted(OWN))
def test_who_works_for_siti_finds_only_what_she_gave(world, everybody, role, name) -> None:
    client = helper(world, everybody, role)
    path = reverse(name, args=ROWS[name].args(world))

    if name in HELPERS[role]:
        send = client.post if ROWS[name].post_only else client.get
        assert send(path, ROWS[name].typed).status_code in {200, 302}
        return
    # 405 where nothing can be sent to anybody.
    assert client.post(path).status_code in {404, 405}
    if not ROWS[name].post_only:
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("role", sorted(HELPERS))
@pytest.mark.parametrize("name", sorted(SIGNED_IN))
def test_no_page_tells_who_works_for_siti_of_her_money_or_papers(
    world, everybody, role, name
) -> None:
    client = helper(world, everybody, role)
    path = reverse(name, args=ROWS[name].args(world))
    page = client.get(path)

    secrets = (
        world["invoice"].number,
        world["payment"].receipt_number,
        world["member"].number,
        make.NIK_SITI,
        "Unduh KTP",
    )
    assert [secret for secret in secrets if secret.encode() in page.content] == []


@pytest.mark.parametrize("name", sorted(n for n, row in ROWS.items() if row.post_only))
def test_nothing_happens_by_following_a_link(world, everybody, name) -> None:
    client = Client()
    client.force_login(everybody["siti"])

    assert client.get(reverse(name, args=ROWS[name].args(world))).status_code == 405
