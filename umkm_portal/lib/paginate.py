"""Pages by key, not by number: page 500 costs what page 1 costs, and new rows shift nothing."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class KeysetPage(Generic[Row]):
    """Rows of one page; `next_token` is empty on the last one, `previous_token` on the first."""

    rows: list[Row]
    next_token: str = ""
    previous_token: str = ""

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def keyset_page(
    queryset: QuerySet[Row],
    *,
    order: Sequence[str],
    token: str = "",
    before: str = "",
    size: int = 24,
) -> KeysetPage[Row]:
    """Return the page after `token`, in one query; a token that is not ours gives the first page.

    `before` asks for the page before a `previous_token`; when less than a page is left there, the
    first page is given (a second query).

    `order` names fields or annotations as `order_by` does ("-published_at", "-pk"); together they
    must be unique, and none may be null. A float (a search rank) must be rounded in the database,
    or rows at the edge come twice.
    """
    after = decode_token(token, order=order)
    if after is None and (place := decode_token(before, order=order)) is not None:
        turned = [name[1:] if name.startswith("-") else f"-{name}" for name in order]
        found = list(queryset.order_by(*turned).filter(_after(turned, place))[: size + 1])
        if len(found) > size:
            rows = found[:size][::-1]
            ends = [encode_token(row, order=order) for row in (rows[-1], rows[0])]
            return KeysetPage(rows, *ends)
    ordered = queryset.order_by(*order)
    found = list((ordered if after is None else ordered.filter(_after(order, after)))[: size + 1])
    rows = found[:size]
    return KeysetPage(
        rows,
        encode_token(rows[-1], order=order) if len(found) > size else "",
        encode_token(rows[0], order=order) if rows and after is not None else "",
    )


def encode_token(row: object, *, order: Sequence[str]) -> str:
    """Return the place of `row` in this order, signed, so that nobody can ask odd questions."""
    values = [_plain(_value(row, name.removeprefix("-"))) for name in order]
    return _signer(order).sign_object(values)


def decode_token(token: str, *, order: Sequence[str]) -> list[Any] | None:
    """Return the values in the token, or None when it is not one of ours for this order."""
    if not token:
        return None
    try:
        values = _signer(order).unsign_object(token)
    except (BadSignature, ValueError, json.JSONDecodeError):
        return None
    return values if isinstance(values, list) and len(values) == len(order) else None


def _signer(order: Sequence[str]) -> Signer:
    return Signer(salt=f"umkm_portal.paginate {' '.join(order)}")


def _value(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        # Whole microseconds: JSON encoders that cut them off repeat rows.
        return value.isoformat()
    return value if isinstance(value, str | int | float) else str(value)


def _after(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Return (a < x) or (a = x and b < y) or …, with the sign turned for ascending names."""
    beyond, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        path = name.removeprefix("-")
        sign = "lt" if name.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{path}__{sign}": value})
        equal &= Q(**{path: value})
    # Said again for the first column alone: this part can use an index.
    first = order[0].removeprefix("-")
    sign = "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{first}__{sign}": values[0]}) & beyond
