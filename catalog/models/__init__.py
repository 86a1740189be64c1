from catalog.models.complaint import Complaint
from catalog.models.curation import ApprovedLook
from catalog.models.facet import FacetCount
from catalog.models.photo import ProductPhoto
from catalog.models.product import Product
from catalog.models.search_words import SearchMiss, SearchReindex, SearchWord, Synonym

__all__ = [
    "ApprovedLook",
    "Complaint",
    "FacetCount",
    "Product",
    "ProductPhoto",
    "SearchMiss",
    "SearchReindex",
    "SearchWord",
    "Synonym",
]
