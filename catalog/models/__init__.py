from catalog.models.complaint import Complaint
from catalog.models.facet import FacetCount
from catalog.models.photo import ProductPhoto
from catalog.models.product import Product
from catalog.models.search_words import SearchMiss, SearchReindex, SearchWord, Synonym

__all__ = [
    "Complaint",
    "FacetCount",
    "Product",
    "ProductPhoto",
    "SearchMiss",
    "SearchReindex",
    "SearchWord",
    "Synonym",
]
