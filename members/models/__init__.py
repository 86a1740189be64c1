from members.models.access_code import AccessCode
from members.models.bulk_import import ClaimCode, ImportBatch, ImportedMember
from members.models.business import Business, size_by_sales
from members.models.card import RevokedCard
from members.models.companion import CompanionAccess
from members.models.data_request import DataRequest
from members.models.document import Document
from members.models.dues import DuesInvoice, DuesProof
from members.models.duplicate import DistinctPair
from members.models.gateway import GatewayAttempt, GatewayNotification
from members.models.letter import Letter
from members.models.membership import KadinMembership, MembershipTerm
from members.models.numbering import NumberSeries
from members.models.office import Office
from members.models.pay_to import BankAccount, QrisCode
from members.models.payment import DuesPayment, HeldPayment
from members.models.people import BusinessPerson
from members.models.person import Consent, Owner, User
from members.models.programme import JakpreneurMembership, ProgrammeStage, StageEvidence
from members.models.proposal import ChangeProposal
from members.models.region import Kecamatan, Kelurahan
from members.models.reminder import ReminderLog
from members.models.rules import DuesRate, DuesRules
from members.models.statement import BankStatement, ColumnMapping, StatementLine

__all__ = [
    "AccessCode",
    "BankAccount",
    "BankStatement",
    "Business",
    "BusinessPerson",
    "ChangeProposal",
    "ClaimCode",
    "ColumnMapping",
    "CompanionAccess",
    "Consent",
    "DataRequest",
    "DistinctPair",
    "Document",
    "DuesInvoice",
    "DuesPayment",
    "DuesProof",
    "DuesRate",
    "DuesRules",
    "GatewayAttempt",
    "GatewayNotification",
    "HeldPayment",
    "ImportBatch",
    "ImportedMember",
    "JakpreneurMembership",
    "KadinMembership",
    "Kecamatan",
    "Kelurahan",
    "Letter",
    "MembershipTerm",
    "NumberSeries",
    "Office",
    "Owner",
    "ProgrammeStage",
    "QrisCode",
    "ReminderLog",
    "RevokedCard",
    "StageEvidence",
    "StatementLine",
    "User",
    "size_by_sales",
]
