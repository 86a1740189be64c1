from catalog.models.photo import ProductPhoto
from catalog.models.product import Product

__all__ = ["Product", "ProductPhoto"]
