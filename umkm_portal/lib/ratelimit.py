"""Limits that hold over all workers and a restart: counted in the table of the shared cache."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from umkm_portal.lib.crypto import digest

# A row holds "0" or "1", whether the last try was one too many, and when those that count were
# made, in milliseconds. One statement, so that tries at the same moment wait for the row and none
# is lost; the cache's own `add` would be five, one of them a count of the whole table.
# A count lost in a crash harms nobody, so nobody waits for the disk.
_TRY = """
SET LOCAL synchronous_commit = off;
INSERT INTO portal_cache (cache_key, value, expires)
VALUES (%(key)s, concat('0 ', %(now)s::text), %(ends)s)
ON CONFLICT (cache_key) DO UPDATE SET
  expires = greatest(portal_cache.expires, excluded.expires),
  value = (
    SELECT CASE WHEN count(made) < %(limit)s
      THEN concat_ws(' ', '0', string_agg(made::text, ' '), %(now)s::text)
      ELSE concat_ws(' ', '1', string_agg(made::text, ' ')) END
    FROM unnest((string_to_array(portal_cache.value, ' '))[2:]::bigint[]) AS made
    WHERE made > %(now)s - %(span)s
  )
RETURNING left(value, 1) = '1'
"""


def too_many(key: str, *, limit: int, seconds: int) -> bool:
    """Count one try under `key`; say whether it is one more than `limit` in `seconds`.

    Each try takes a place that frees itself after `seconds`; one that was refused takes none.
    Call it outside a transaction: a rollback would forget the try.
    """
    now = timezone.now()
    values: dict[str, Any] = {
        "key": _row(key),
        "limit": limit,
        "now": int(now.timestamp() * 1000),
        "span": seconds * 1000,
        "ends": now + timedelta(seconds=seconds),
    }
    with connection.cursor() as cursor:
        cursor.execute(_TRY, values)
        (refused,) = cursor.fetchone()
    return bool(refused)


def forget(key: str) -> None:
    """Free all places under `key`, as after a sign-in that worked."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM portal_cache WHERE cache_key = %s", [_row(key)])


def drop_expired() -> int:
    """Delete what nobody will ask for again, limits and other entries; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM portal_cache WHERE expires < %s", [timezone.now()])
        return int(cursor.rowcount)


def _row(key: str) -> str:
    # Hashed, because keys hold addresses and phone numbers.
    return f"limit:{digest(f'ratelimit {key}')[:32]}"
