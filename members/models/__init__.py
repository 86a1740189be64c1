from members.models.bulk_import import ClaimCode, ImportBatch, ImportedMember
from members.models.business import Business, size_by_sales
from members.models.document import Document
from members.models.dues import DuesInvoice, DuesPayment, DuesProof, DuesRate
from members.models.membership import KadinMembership, MembershipTerm
from members.models.numbering import NumberSeries
from members.models.person import AccessCode, Consent, Owner, User
from members.models.programme import JakpreneurMembership
from members.models.region import Kecamatan, Kelurahan

__all__ = [
    "AccessCode",
    "Business",
    "ClaimCode",
    "Consent",
    "Document",
    "DuesInvoice",
    "DuesPayment",
    "DuesProof",
    "DuesRate",
    "ImportBatch",
    "ImportedMember",
    "JakpreneurMembership",
    "KadinMembership",
    "Kecamatan",
    "Kelurahan",
    "MembershipTerm",
    "NumberSeries",
    "Owner",
    "User",
    "size_by_sales",
]
