"""Every URL of ours in its table, where a new one gets its row.

PUBLIC: anybody gets the page. SIGNED_IN: anybody with an account, on their own things. OWN:
Siti gets it; everybody else with an account meets the 404 of a page that is not there, for GET
and POST. Whoever is not signed in is sent to sign in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from events.place_links import offer_link
from events.sales_links import report_link
from members.links import invoice_link
from umkm_portal.lib.signing import sign
from umkm_portal.notices.choices import Group
from umkm_portal.notices.preferences import unsubscribe_link

World = dict[str, Any]


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
