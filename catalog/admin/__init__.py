from catalog.admin import product, search_words

__all__ = ["product", "search_words"]
