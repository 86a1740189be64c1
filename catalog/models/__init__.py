from catalog.models.complaint import Complaint
from catalog.models.counts import ProductWeek
from catalog.models.curation import ApprovedLook
from catalog.models.facet import FacetCount
from catalog.models.photo import ProductPhoto
from catalog.models.product import Product
from catalog.models.product_import import ProductImport
from catalog.models.search_words import (
    SearchCount,
    SearchMiss,
    SearchReindex,
    SearchWord,
    StaleWords,
    Synonym,
)

__all__ = [
    "ApprovedLook",
    "Complaint",
    "FacetCount",
    "Product",
    "ProductImport",
    "ProductPhoto",
    "ProductWeek",
    "SearchCount",
    "SearchMiss",
    "SearchReindex",
    "SearchWord",
    "StaleWords",
    "Synonym",
]
