"""One product with all that its page shows of it, its seller and the seller's other goods.

One statement, written as SQL: building the same queries again, and asking thrice, took most of
the page's time.
"""

from __future__ import annotations

import json
from collections import namedtuple
from dataclasses import dataclass
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

# What a page never shows: the search alone needs it.
_UNSEEN = {"search_vector"}
_FIELDS = [field for field in Product._meta.concrete_fields if field.name not in _UNSEEN]
_NAMES = [field.attname for field in _FIELDS]
_BADGES = _NAMES.index("badges")
# The seller's columns and those of a picture, in the order of their models' fields.
_OF_SELLER = ("id", "name", "slug", "sector", "order_phone", "kelurahan_id")
_OF_PHOTO = ("id", "product_id", "position", "name", "width", "height", "size", "colour", "alt")
_OF_CARD = ["id" if name == "pk" else name for name in COLUMNS]
# What follows the product's own columns; the last four are JSON.
_Rest = namedtuple(  # its fields are the columns
    "_Rest",
    "seller_name seller_slug sector order_phone kelurahan_id kelurahan district_id district "
    "is_kadin is_jakpreneur photos papers others",
)
_SHOWN = f"""
SELECT {", ".join(f"p.{field.column}" for field in _FIELDS)},
  {", ".join(f"b.{name}" for name in _OF_SELLER[1:])}, k.name, d.code, d.name,
  EXISTS (SELECT 1 FROM ({{kadin}}) AS s(business_id) WHERE s.business_id = b.id),
  EXISTS (SELECT 1 FROM ({{jakpreneur}}) AS s(business_id) WHERE s.business_id = b.id),
  (SELECT json_agg(json_build_array({", ".join(f"f.{name}" for name in _OF_PHOTO)})
    ORDER BY f.position)::text FROM catalog_productphoto f WHERE f.product_id = p.id),
  (SELECT json_agg(json_build_array(l.kind, l.number, l.decided_at, l.expires_on))::text
    FROM members_document l WHERE l.business_id = b.id AND l.status = '{DocumentStatus.VERIFIED}'
    AND l.replaced_at IS NULL),
  (SELECT json_agg(json_build_array({", ".join(f"o.{name}" for name in _OF_CARD)})
    ORDER BY o.published_at DESC, o.id DESC)::text
    FROM (SELECT {", ".join(_OF_CARD)} FROM catalog_product
      WHERE business_id = p.business_id AND is_public AND id <> p.id
      ORDER BY published_at DESC, id DESC LIMIT %s) o)
FROM catalog_product p JOIN members_business b ON b.id = p.business_id
LEFT JOIN members_kelurahan k ON k.code = b.kelurahan_id
LEFT JOIN members_kecamatan d ON d.code = k.kecamatan_id
WHERE p.id = %s
"""  # noqa: S608  names of our own columns


@dataclass(frozen=True)
class Shown:
    """`licences` stand behind the badges; `others` are the newest of the same seller.

    The product's seller holds what the page shows; any other column is fetched when asked for.
    """

    product: Product
    is_kadin: bool
    is_jakpreneur: bool
    photos: list[ProductPhoto]
    licences: list[Licence]
    others: list[Card]


def product_shown(pk: int, *, on: date, others: int) -> Shown | None:
    """The product, whatever its status; at most so many others of its seller."""
    if pk > BigIntegerField.MAX_BIGINT:
        return None
    (kadin, first), (jakpreneur, second) = standing_sql(on)
    values = [*first, *second, others, pk]
    sql = _SHOWN.format(kadin=kadin, jakpreneur=jakpreneur)
    with connection.cursor() as cursor:
        cursor.execute(prepared(sql, values), values)
        row = cursor.fetchone()
    if row is None:
        return None
    own, rest = list(row[: len(_NAMES)]), _Rest(*row[len(_NAMES) :])
    own[_BADGES] = json.loads(own[_BADGES])
    product: Any = Product.from_db("default", _NAMES, own)
    product.business = _seller(product.business_id, rest)
    return Shown(
        product,
        rest.is_kadin,
        rest.is_jakpreneur,
        [ProductPhoto.from_db("default", _OF_PHOTO, photo) for photo in _list(rest.photos)],
        licences_among([_paper(*paper) for paper in _list(rest.papers)], product, on=on),
        cards_of(_list(rest.others), eager=0),
    )


def _list(text: str | None) -> list[Any]:
    return json.loads(text) if text else []


def _seller(pk: int, rest: Any) -> Business:
    seller = Business.from_db("default", _OF_SELLER, (pk, *rest[: len(_OF_SELLER) - 1]))
    if rest.kelurahan is not None:
        seller.kelurahan = Kelurahan(
            code=rest.kelurahan_id,
            name=rest.kelurahan,
            kecamatan=Kecamatan(code=rest.district_id, name=rest.district),
        )
    return seller


def _paper(kind: str, number: str, decided_at: str, expires_on: str | None) -> Document:
    return Document(
        kind=kind,
        number=number,
        decided_at=datetime.fromisoformat(decided_at),
        expires_on=date.fromisoformat(expires_on) if expires_on else None,
    )
