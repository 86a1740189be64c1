from members.admin import business, document, dues, membership, person

__all__ = ["business", "document", "dues", "membership", "person"]
