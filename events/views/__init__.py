from events.views.agenda import agenda, agenda_ics, agenda_month, event_detail, event_ics
from events.views.editions import edition_detail, edition_list, edition_plan, jumat
from events.views.goods import edition_goods, my_goods
from events.views.mine import my_booths
from events.views.registration import cancel_place, my_place, sign_up

__all__ = [
    "agenda",
    "agenda_ics",
    "agenda_month",
    "cancel_place",
    "edition_detail",
    "edition_goods",
    "edition_list",
    "edition_plan",
    "event_detail",
    "event_ics",
    "jumat",
    "my_booths",
    "my_goods",
    "my_place",
    "sign_up",
]
