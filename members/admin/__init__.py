from members.admin import dues, membership

__all__ = ["dues", "membership"]
