from events.views.agenda import agenda, agenda_day, agenda_month, event_detail
from events.views.applications import (
    application_answer,
    application_change,
    application_rules,
    application_withdraw,
    market_applied,
    market_apply,
    my_application,
    offer,
)
from events.views.editions import (
    edition_detail,
    edition_list,
    edition_plan,
    edition_results,
    jumat,
)
from events.views.feeds import (
    agenda_embed,
    agenda_ics,
    agenda_rss,
    embed_help,
    event_ics,
    friday_embed,
)
from events.views.fees import fee_check, fee_receipt
from events.views.goods import edition_goods, my_goods
from events.views.mine import my_booths
from events.views.place import (
    accept_place,
    cancel_place,
    decline_place,
    edit_place,
    my_place,
)
from events.views.proposals import proposal, proposal_withdraw, propose
from events.views.registration import sign_up
from events.views.sales import my_sales_file, my_sales_page, report_sales
from events.views.turns import edition_turns

__all__ = [
    "accept_place",
    "agenda",
    "agenda_day",
    "agenda_embed",
    "agenda_ics",
    "agenda_month",
    "agenda_rss",
    "application_answer",
    "application_change",
    "application_rules",
    "application_withdraw",
    "cancel_place",
    "decline_place",
    "edit_place",
    "edition_detail",
    "edition_goods",
    "edition_list",
    "edition_plan",
    "edition_results",
    "edition_turns",
    "embed_help",
    "event_detail",
    "event_ics",
    "fee_check",
    "fee_receipt",
    "friday_embed",
    "jumat",
    "market_applied",
    "market_apply",
    "my_application",
    "my_booths",
    "my_goods",
    "my_place",
    "my_sales_file",
    "my_sales_page",
    "offer",
    "proposal",
    "proposal_withdraw",
    "propose",
    "report_sales",
    "sign_up",
]
