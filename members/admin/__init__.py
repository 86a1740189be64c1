from members.admin import (
    access_code,
    business,
    data_request,
    document,
    dues,
    membership,
    person,
)

__all__ = ["access_code", "business", "data_request", "document", "dues", "membership", "person"]
