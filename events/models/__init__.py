from events.models.booth import Booth, BoothPlace
from events.models.event import Event, EventDay
from events.models.registration import Registration

__all__ = ["Booth", "BoothPlace", "Event", "EventDay", "Registration"]
