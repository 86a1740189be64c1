"""One product with all that its page shows of it and its seller, by two short statements.

Written as SQL, since most of the page's time went into building the same queries again.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField

from catalog.badges import Licence, licences_among, standing_sql
from catalog.cards import COLUMNS, Card, cards_of
from catalog.models import Product, ProductPhoto
from members.choices import DocumentStatus
from members.models import Business, Document, Kecamatan, Kelurahan
from umkm_portal.lib.prepared import prepared

# What a page never shows, and the search needs alone.
_UNSEEN = {"search_text", "search_vector"}
_OF_PRODUCT = ", ".join(
    f"p.{field.column}" for field in Product._meta.concrete_fields if field.name not in _UNSEEN
)
# The seller's columns, in the order of the model's fields.
_OF_SELLER = ("id", "name", "slug", "sector", "order_phone", "kelurahan_id")
# The columns of a picture, in the order of the model's fields.
_OF_PHOTO = ("id", "product_id", "position", "name", "width", "height", "size", "colour", "alt")
_PRODUCT = f"""
SELECT {_OF_PRODUCT}, b.name AS b_name, b.slug AS b_slug, b.sector AS b_sector,
  b.order_phone AS b_order_phone, b.kelurahan_id AS b_kelurahan_id,
  k.name AS kelurahan, d.code AS d_code, d.name AS d_name,
  EXISTS (SELECT 1 FROM ({{kadin}}) AS s(business_id) WHERE s.business_id = b.id) AS is_kadin,
  EXISTS (SELECT 1 FROM ({{jakpreneur}}) AS s(business_id) WHERE s.business_id = b.id)
    AS is_jakpreneur,
  (SELECT json_agg(json_build_array({", ".join(f"f.{name}" for name in _OF_PHOTO)})
    ORDER BY f.position)::text FROM catalog_productphoto f WHERE f.product_id = p.id) AS pictures,
  (SELECT json_agg(json_build_array(l.kind, l.number, l.decided_at, l.expires_on))::text
    FROM members_document l WHERE l.business_id = b.id AND l.status = '{DocumentStatus.VERIFIED}'
    AND l.replaced_at IS NULL) AS papers
FROM catalog_product p JOIN members_business b ON b.id = p.business_id
LEFT JOIN members_kelurahan k ON k.code = b.kelurahan_id
LEFT JOIN members_kecamatan d ON d.code = k.kecamatan_id
WHERE p.id = %s
"""  # noqa: S608  names of our own columns
_OTHERS = f"""
SELECT {", ".join("id" if name == "pk" else name for name in COLUMNS)} FROM catalog_product
WHERE business_id = %s AND is_public AND id <> %s ORDER BY published_at DESC, id DESC LIMIT %s
"""  # noqa: S608  names of our own columns


def product_shown(pk: int, *, on: date) -> Product | None:
    """The product, whatever its status, with `is_kadin`, `is_jakpreneur` and its seller.

    The seller holds what the page shows; any other column of it is fetched when asked for.
    """
    if pk > BigIntegerField.MAX_BIGINT:
        return None
    (kadin, first), (jakpreneur, second) = standing_sql(on)
    sql = _PRODUCT.format(kadin=kadin, jakpreneur=jakpreneur)
    values = [*first, *second, pk]
    found: Any = next(iter(Product.objects.raw(prepared(sql, values), values)), None)
    if found is None:
        return None
    of_seller = (found.business_id, *(getattr(found, f"b_{name}") for name in _OF_SELLER[1:]))
    seller: Any = Business.from_db("default", _OF_SELLER, of_seller)
    if found.kelurahan is not None:
        district = Kecamatan(code=found.d_code, name=found.d_name)
        seller.kelurahan = Kelurahan(
            code=seller.kelurahan_id, name=found.kelurahan, kecamatan=district
        )
    found.business = seller
    product: Product = found
    return product


def photos_of(product: Product) -> list[ProductPhoto]:
    """Of a product that `product_shown` found, in their order; no query."""
    rows = json.loads(getattr(product, "pictures", None) or "[]")
    return [ProductPhoto.from_db("default", _OF_PHOTO, row) for row in rows]


def licences_shown(product: Product, *, on: date) -> list[Licence]:
    """What stands behind the badges of a product that `product_shown` found; no query."""
    rows = json.loads(getattr(product, "papers", None) or "[]")
    papers = [
        Document(
            kind=kind,
            number=number,
            decided_at=datetime.fromisoformat(decided_at),
            expires_on=date.fromisoformat(expires_on) if expires_on else None,
        )
        for kind, number, decided_at, expires_on in rows
    ]
    return licences_among(papers, product, on=on)


def others_of(product: Product, *, limit: int) -> list[Card]:
    """The newest of the same seller, as cards."""
    with connection.cursor() as cursor:
        values = [product.business_id, product.pk, limit]
        cursor.execute(prepared(_OTHERS, values), values)
        rows = cursor.fetchall()
    return cards_of([(*row[:-1], json.loads(row[-1])) for row in rows], eager=0)
