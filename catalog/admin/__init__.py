from catalog.admin import product

__all__ = ["product"]
