from events.models.booth import Booth, BoothPlace
from events.models.day import EventDay
from events.models.event import Event
from events.models.goods import BroughtProduct
from events.models.registration import Registration

__all__ = ["Booth", "BoothPlace", "BroughtProduct", "Event", "EventDay", "Registration"]
