from catalog.admin import complaint, product, search_words

__all__ = ["complaint", "product", "search_words"]
