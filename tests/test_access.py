"""Every URL of ours × every role. A new URL fails the first test until it has its row.

PUBLIC: anybody gets the page. SIGNED_IN: anybody with an account, on their own things. OWN:
Siti gets it; everybody else with an account meets the 404 of a page that is not there, for GET
and POST. Whoever is not signed in is sent to sign in.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from catalog.actions.product_import import upload_products
from catalog.models import ProductImport
from catalog.product_import import work_on
from events.actions.registration import Guest, register_guest
from events.place_links import offer_link
from events.sales_links import report_link
from members.actions.data_requests import ask_correction
from members.choices import Right, Role
from members.links import invoice_link
from members.models import Business, Document, User
from tests import fees, make
from tests.members import money
from umkm_portal.lib import files
from umkm_portal.lib.signing import sign
from umkm_portal.notices.choices import Group
from umkm_portal.notices.preferences import unsubscribe_link

World = dict[str, Any]
NOT_OURS = ("admin/", "akun/")


class Row(NamedTuple):
    args: Callable[[World], list[Any]] = lambda world: []
    post_only: bool = False
    status: int = 200
    typed: dict[str, str] = {}


def slug_of(name: str) -> Callable[[World], list[Any]]:
    return lambda world: [world[name].slug]


def pk_of(name: str) -> Callable[[World], list[Any]]:
    return lambda world: [world[name].pk]


def token_of(path: str) -> str:
    return path.strip("/").rpartition("/")[2]


PUBLIC = {
    **dict.fromkeys(
        [
            "home",
            "statistics",
            "health",
            "help",
            "about",
            "privacy",
            "terms",
            "contact",
            "accessibility",
            "offline",
            "robots",
            "manifest",
            "service_worker",
            "security_txt",
            "members:registration_start",
            "members:companion_sheet",
            "members:card_check_form",
            "catalog:product_list",
            "catalog:business_list",
            "catalog:shopping_list",
            "sitemap",
            "events:jumat",
            "events:edition_list",
            "events:agenda",
            "events:agenda_ics",
            "events:agenda_rss",
            "events:agenda_embed",
            "events:friday_embed",
            "events:embed_help",
        ],
        Row(),
    ),
    "favicon": Row(status=302),
    "catalog:product_category": Row(lambda world: ["kuliner"]),
    "catalog:product_detail": Row(lambda world: [world["product"].slug, world["product"].pk]),
    "catalog:product_whatsapp": Row(pk_of("product"), status=302),
    "sitemap_section": Row(lambda world: ["halaman", 0]),
    "catalog:product_card": Row(pk_of("product")),
    "catalog:business_card": Row(slug_of("batik")),
    "catalog:product_report": Row(pk_of("product")),
    "catalog:product_seen": Row(pk_of("product"), post_only=True, status=204),
    "catalog:shopping_add": Row(pk_of("product"), post_only=True, status=302),
    "catalog:shopping_change": Row(post_only=True, status=302),
    "catalog:shopping_whatsapp": Row(pk_of("batik"), status=302),
    "catalog:business_detail": Row(slug_of("batik")),
    "catalog:media": Row(lambda world: ["ab/tidak-ada.webp"], status=404),
    "events:edition_results": Row(lambda world: [world["day"].event.slug]),
    "events:edition_plan": Row(lambda world: [world["day"].event.slug]),
    "events:edition_poster": Row(lambda world: [world["day"].event.slug]),
    "events:edition_asn": Row(lambda world: [world["day"].event.slug], status=404),
    "events:event_card": Row(slug_of("training")),
    # No turns where sellers are placed by hand.
    "events:edition_turns": Row(lambda world: [world["day"].event.slug], status=404),
    "events:edition_goods": Row(lambda world: [world["day"].event.slug]),
    "events:edition_detail": Row(lambda world: [world["day"].event.slug]),
    "events:agenda_day": Row(lambda world: ["2026", "11", "27"]),
    "events:agenda_month": Row(lambda world: ["2026", "11"]),
    "events:event_detail": Row(slug_of("training")),
    "events:propose": Row(),
    "events:proposal": Row(lambda world: [world["proposal"].token]),
    "events:proposal_withdraw": Row(lambda world: ["tidak-ada"], post_only=True, status=404),
    "events:event_ics": Row(slug_of("training")),
    "events:sign_up": Row(slug_of("training")),
    "events:offer": Row(lambda world: [token_of(offer_link(world["place"]))]),
    "events:my_place": Row(lambda world: [world["guest"].token]),
    "events:place_pdf": Row(lambda world: [world["seat"].token]),
    "events:feedback": Row(lambda world: [world["seat"].token]),
    "events:place_material": Row(
        lambda world: [world["seat"].token, world["material"].pk], status=302
    ),
    "events:event_material": Row(
        lambda world: [world["training"].slug, world["material"].pk], status=404
    ),
    "events:fee_check": Row(lambda world: [world["fee"].code]),
    "events:certificate_check": Row(lambda world: [world["certificate"].code]),
    "events:feedback_results": Row(lambda world: [sign("training-feedback", world["training"].pk)]),
    "events:cancel_place": Row(lambda world: ["tidak-ada"], post_only=True, status=404),
    "events:report_sales": Row(lambda world: [token_of(report_link(world["stood"]))]),
    "events:accept_place": Row(lambda world: ["tidak-ada"], post_only=True, status=404),
    "events:decline_place": Row(lambda world: ["tidak-ada"], post_only=True, status=404),
    "events:edit_place": Row(lambda world: [world["guest"].token]),
    # Off until the gateway's keys are set.
    "members:gateway_midtrans": Row(post_only=True, status=404),
    "members:registration_resume": Row(lambda world: ["bukan-tautan"], status=410),
    "members:card_check": Row(lambda world: [world["member"].card_code]),
    "members:payment_link": Row(lambda world: [token_of(invoice_link(world["invoice"]))]),
    "members:payment_link_proof": Row(
        lambda world: [token_of(invoice_link(world["invoice"]))], status=302
    ),
    "members:payment_link_gateway": Row(
        lambda world: [token_of(invoice_link(world["invoice"]))], status=302
    ),
    "members:payment_link_qris": Row(
        lambda world: [token_of(invoice_link(world["invoice"]))], status=404
    ),
    "members:unsubscribe": Row(
        lambda world: [token_of(unsubscribe_link(world["batik"].owner, Group.PROGRAMME))]
    ),
    "members:receipt_check": Row(lambda world: [world["payment"].receipt_code]),
}
SIGNED_IN = {
    **dict.fromkeys(
        [
            "owner_home",
            "members:business_profile",
            "members:document_vault",
            "members:consents",
            "members:claim",
            "members:dues_home",
            "programme_steps",
            "members:member_card",
            "members:preferences",
            "catalog:product_manage",
            "events:my_booths",
            "events:my_trainings",
            "events:my_sales",
            "events:my_sales_xlsx",
            "notices:inbox",
            "my_data",
            "my_data_json",
            "my_data_pdf",
            "my_data_correct",
            "members:registration_check",
            "members:registration_later",
            "members:registration_done",
            "members:people",
            "members:person_invite",
            "members:companions",
            "members:companion_offer",
            "catalog:product_add",
            "catalog:price_table",
            "catalog:sheet_home",
            "catalog:sheet_template",
            "catalog:sheet_export",
            "catalog:label_choose",
            "catalog:label_sheet",
        ],
        Row(),
    ),
    "members:registration_step": Row(lambda world: ["pemilik"]),
    "events:market_apply": Row(lambda world: [world["day"].event.slug]),
    "events:market_applied": Row(lambda world: [world["day"].event.slug]),
    "members:registration_another": Row(post_only=True),
    "members:consent_change": Row(lambda world: ["acara"], post_only=True),
    "my_data_erase": Row(),
    "notices:read_all": Row(post_only=True),
}
OWN = {
    # Nobody here has an application that could still be called off.
    "members:registration_cancel": Row(post_only=True),
    "members:business_switch": Row(post_only=True),
    "members:business_settings": Row(pk_of("batik")),
    "members:person": Row(pk_of("hired")),
    "members:person_revoke": Row(pk_of("hired"), post_only=True),
    "members:invitation": Row(lambda world: [sign("undangan", world["hired"].pk)]),
    "members:companion_end": Row(pk_of("help"), post_only=True),
    "members:document_open": Row(pk_of("ktp")),
    "members:document_upload": Row(lambda world: [world["batik"].pk, "nib"]),
    "members:document_link": Row(
        lambda world: [sign("document", [world["ktp"].pk, world["batik"].owner_id])]
    ),
    "members:membership_request": Row(pk_of("batik")),
    "members:membership_repair": Row(pk_of("member")),
    "members:dues_pay": Row(pk_of("member")),
    "members:dues_invoice": Row(lambda world: [world["invoice"].number]),
    "members:dues_proof": Row(lambda world: [world["invoice"].number]),
    "members:dues_proof_file": Row(lambda world: [world["invoice"].number, world["proof"].pk]),
    "members:gateway_start": Row(lambda world: [world["invoice"].number], post_only=True),
    "members:dues_qris": Row(lambda world: [world["invoice"].number]),
    "members:dues_receipt": Row(lambda world: [world["invoice"].number]),
    "members:dues_receipt_of": Row(
        lambda world: [world["invoice"].number, world["payment"].receipt_number]
    ),
    "members:dues_receipt_pdf": Row(
        lambda world: [world["invoice"].number, world["payment"].receipt_number]
    ),
    "members:dues_invoice_pdf": Row(lambda world: [world["invoice"].number]),
    "members:card_png": Row(lambda world: [world["member"].number]),
    "members:card_pdf": Row(lambda world: [world["member"].number]),
    "members:card_replace": Row(lambda world: [world["member"].number]),
    "catalog:product_edit": Row(pk_of("product")),
    "catalog:booth_sign": Row(pk_of("batik")),
    "catalog:product_shop": Row(pk_of("product")),
    "catalog:product_archive": Row(pk_of("product"), post_only=True),
    "catalog:price_question": Row(pk_of("product")),
    "catalog:sheet_photos": Row(pk_of("batik")),
    "catalog:sheet_import": Row(pk_of("sheet")),
    "catalog:sheet_bad_rows": Row(pk_of("sheet")),
    "catalog:sheet_write": Row(pk_of("sheet"), post_only=True),
    "catalog:sheet_cancel": Row(pk_of("sheet"), post_only=True),
    "catalog:sheet_undo": Row(pk_of("sheet"), post_only=True),
    "catalog:product_sold_out": Row(pk_of("product"), post_only=True),
    "events:my_goods": Row(pk_of("place")),
    "events:my_certificate": Row(pk_of("certificate")),
    "events:my_application": Row(pk_of("place")),
    "events:application_change": Row(pk_of("place")),
    "events:fee_receipt": Row(pk_of("place")),
    "events:application_withdraw": Row(pk_of("place")),
    "events:application_answer": Row(pk_of("place"), post_only=True, typed={"jawab": "ikut"}),
    "events:application_rules": Row(pk_of("place"), post_only=True),
    "catalog:product_food": Row(pk_of("dish")),
    "catalog:product_lead": Row(pk_of("product"), post_only=True),
    "catalog:product_photos": Row(pk_of("product")),
    "catalog:photo_place": Row(
        lambda world: [world["product"].pk, world["product"].photos.get().pk], post_only=True
    ),
    "catalog:photo_remove": Row(
        lambda world: [world["product"].pk, world["product"].photos.get().pk], post_only=True
    ),
    "my_data_withdraw": Row(pk_of("data_request"), post_only=True),
    "notices:detail": Row(pk_of("notice")),
    "notices:read": Row(pk_of("notice"), post_only=True),
}
# The companion's alone, whoever else has an account.
FIELD = {
    "companion_home": Row(),
    "members:companion_use_code": Row(),
    "members:companion_enrol": Row(),
    "members:companion_stop": Row(post_only=True),
    "members:companion_begin": Row(pk_of("help"), post_only=True),
    "members:companion_first_code": Row(pk_of("help"), post_only=True),
}
# At the door: staff of the table's permission alone.
DOOR = {
    "events:scan": Row(),
    "events:attendance": Row(lambda world: [world["training"].days.get().pk]),
    "events:attendance_guest": Row(lambda world: [world["training"].days.get().pk]),
}
ROWS = {**PUBLIC, **SIGNED_IN, **OWN, **FIELD, **DOOR}
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


def names(resolver: URLResolver, prefix: str = "", space: str = "") -> list[str]:
    found: list[str] = []
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(NOT_OURS):
            continue
        if isinstance(pattern, URLPattern):
            found.append(space + pattern.name)
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            found += names(pattern, route, inner)
    return found


@pytest.fixture
def everybody(siti, budi, petugas, kurator, sekretariat, bendahara, admin) -> dict[str, User]:
    return {
        "siti": siti,
        "budi": budi,
        "petugas": petugas,
        "kurator": kurator,
        "sekretariat": sekretariat,
        "bendahara": bendahara,
        "admin": admin,
        "pendamping": make.staff("pendamping", Role.PENDAMPING),
        "ani": make.user("ani"),
        "superuser": make.user("atasan", is_staff=True, is_superuser=True),
    }


def bad_sheet(of: Business) -> ProductImport:
    """A sheet of goods whose one row cannot be imported."""
    sheet = upload_products(of, b"Nama produk\nTas", name="a.csv", by=of.owner, via="web")
    work_on(sheet.pk)
    return sheet


@pytest.fixture
def world(everybody, batik) -> World:
    """One of everything that is Siti's, and what the public sees of it."""
    people = everybody
    member = money.member(batik, by=people["sekretariat"])
    invoice = member.invoices.get()
    proof = invoice.proofs.create(file=files.random_name("pdf"), size=9, uploaded_by=people["siti"])
    proof.file.storage.save(proof.file.name, money.pdf())
    payment = money.pay(invoice, by=people["bendahara"])
    ktp = Document(business=batik, kind="ktp", size=9, uploaded_by=people["siti"])
    ktp.file.save(files.random_name("jpg"), money.picture())
    training = make.event()
    return {
        "batik": batik,
        "member": member,
        "invoice": invoice,
        "proof": proof,
        "payment": getattr(payment, "payment", payment),
        "ktp": ktp,
        "product": make.product(batik),
        "sheet": bad_sheet(batik),
        "dish": make.dish(batik),
        "place": (place := make.place(make.jbl_day(), batik)),
        "fee": fees.paid(place, by=people["petugas"]),
        "day": place.day,
        "stood": make.stood(make.jbl_day(timezone.localdate() - timedelta(days=1)), batik),
        "training": training,
        "proposal": make.proposal(),
        "seat": (seat := make.registration(training, business=batik)),
        "material": make.material(training, after_event=False),
        "certificate": make.certificate(seat),
        "guest": register_guest(
            training,
            guest=Guest("Ani", "+6281311112222"),
            by=None,
            via="web",
        ),
        "notice": people["siti"].notices.first(),
        "hired": make.person(batik, people["ani"], Right.CATALOGUE),
        "help": make.companion_access(batik, people["pendamping"]),
        "data_request": ask_correction(
            people["siti"], text="Nama saya salah eja.", by=people["siti"], via="web"
        ),
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


# Whoever hands out codes sees that they were handed out.
SEEN_BY = {"members.AccessCode": "members.issue_access_code"}
ADMINS = sorted(admin.site._registry.items(), key=lambda item: item[0]._meta.label)


@pytest.mark.parametrize("model", [model for model, _ in ADMINS], ids=lambda m: m._meta.label)
def test_a_staff_list_opens_for_the_roles_of_its_table(world, everybody, model) -> None:
    path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    usual = f"{model._meta.app_label}.view_{model._meta.model_name}"
    permission = SEEN_BY.get(model._meta.label, usual)
    for role, user in everybody.items():
        client = Client()
        client.force_login(user)
        expected = 302 if not user.is_staff else 200 if user.has_perm(permission) else 403
        assert client.get(path).status_code == expected, role
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("model", [model for model, _ in ADMINS], ids=lambda m: m._meta.label)
def test_a_button_of_the_desk_needs_the_right_to_change(world, everybody, model) -> None:
    """Decisions have pages of their own; each asks for its permission, for GET and POST."""
    site = admin.site._registry[model]
    row = model.objects.order_by("pk").first()
    standard = {"changelist", "add", "history", "delete", "change"}
    for pattern in site.get_urls():
        name = pattern.name or ""
        if not name or name.rsplit("_", 1)[-1] in standard or row is None:
            continue
        count = len(pattern.pattern.converters)
        path = reverse(f"admin:{name}", args=[row.pk][:count])
        for role in ("siti", "budi", "kurator"):
            client = Client()
            client.force_login(everybody[role])
            if everybody[role].has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"):
                continue
            assert client.get(path).status_code in {302, 403, 404, 405}, (name, role)
            assert client.post(path).status_code in {302, 403, 404, 405}, (name, role)
