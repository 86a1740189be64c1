from events.reports.agenda import coming_events
from events.reports.editions import jumat_page, next_jbl_day, tag_cards
from events.reports.mine import coming_places_of, coming_registrations_of, my_events

__all__ = [
    "coming_events",
    "coming_places_of",
    "coming_registrations_of",
    "jumat_page",
    "my_events",
    "next_jbl_day",
    "tag_cards",
]
