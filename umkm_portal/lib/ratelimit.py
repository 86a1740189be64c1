"""Limits that hold over all workers and a restart: the count is kept in the shared cache."""

from django.core.cache import cache

from umkm_portal.lib.crypto import digest


def too_many(key: str, *, limit: int, seconds: int) -> bool:
    """Count one try under `key`; say whether it is one more than `limit` in `seconds`.

    Each try takes a place that frees itself after `seconds`. Taking a place is the cache's `add`,
    which is atomic in a database cache, where `incr` is not: it reads, then writes, so tries at
    the same moment would be lost. Call it outside a transaction: a rollback would forget the try.
    """
    names = _places(key, limit)
    taken = cache.get_many(names)
    return not any(cache.add(name, 1, seconds) for name in names if name not in taken)


def forget(key: str, *, limit: int) -> None:
    """Free all places under `key`, as after a sign-in that worked."""
    cache.delete_many(_places(key, limit))


def _places(key: str, limit: int) -> list[str]:
    # Hashed, because keys hold addresses and phone numbers.
    hidden = digest(f"ratelimit {key}")[:32]
    return [f"limit:{hidden}:{place}" for place in range(limit)]
