from events.models.booth import Booth, BoothPlace
from events.models.day import EventDay
from events.models.edition import AllocationRun, Edition, EditionRules, Quota
from events.models.event import Event
from events.models.goods import BroughtProduct
from events.models.registration import Registration

__all__ = [
    "AllocationRun",
    "Booth",
    "BoothPlace",
    "BroughtProduct",
    "Edition",
    "EditionRules",
    "Event",
    "EventDay",
    "Quota",
    "Registration",
]
