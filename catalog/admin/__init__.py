from catalog.admin import complaint, product, product_import, search_words

__all__ = ["complaint", "product", "product_import", "search_words"]
