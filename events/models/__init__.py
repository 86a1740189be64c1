from events.models.attendance import Attendance, Certificate
from events.models.booth import Booth, BoothPlace
from events.models.day import EventDay
from events.models.edition import AllocationRun, Edition, EditionRules, Quota
from events.models.event import Event
from events.models.fee import FeeEntry
from events.models.feedback import Feedback, FeedbackGiven
from events.models.goods import BroughtProduct
from events.models.proposal import EventProposal
from events.models.registration import Registration
from events.models.rule import SignUpRule
from events.models.sales import SalesCorrection, SalesReport
from events.models.series import EventSeries
from events.models.training import Material, Training

__all__ = [
    "AllocationRun",
    "Attendance",
    "Booth",
    "BoothPlace",
    "BroughtProduct",
    "Certificate",
    "Edition",
    "EditionRules",
    "Event",
    "EventDay",
    "EventProposal",
    "EventSeries",
    "FeeEntry",
    "Feedback",
    "FeedbackGiven",
    "Material",
    "Quota",
    "Registration",
    "SalesCorrection",
    "SalesReport",
    "SignUpRule",
    "Training",
]
