from members.admin import access_code, business, document, dues, membership, person

__all__ = ["access_code", "business", "document", "dues", "membership", "person"]
