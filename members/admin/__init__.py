from members.admin import (
    access_code,
    business,
    data_request,
    document,
    dues,
    gateway,
    letter,
    membership,
    pay_to,
    person,
    proposal,
    rules,
)

__all__ = [
    "access_code",
    "business",
    "data_request",
    "document",
    "dues",
    "gateway",
    "letter",
    "membership",
    "pay_to",
    "person",
    "proposal",
    "rules",
]
