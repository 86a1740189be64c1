"""Counts views of products and clicks to WhatsApp, by week, at almost no cost.

Each worker adds up in its memory and writes all sums in one statement every few seconds, and when
it ends. What a killed worker held is lost: the sums are called about right, and are.

A page that was kept (by nginx, by a worker, by a phone) reaches no view of ours, so the browser
says that it shows one: `POST /hitung/<id>/`. Nobody's address, browser or cookie is stored; the
address is counted for one minute, hashed with this process's own secret, to slow machines down.
"""

from __future__ import annotations

import atexit
import logging
import re
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date
from threading import Lock, Timer

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from catalog.models import ProductWeek
from catalog.models.counts import week_of

WEEKS_KEPT = relativedelta(years=2)
MOST_KEPT = 20_000
"""Sums a worker holds at most; further products of those seconds are not counted."""
LARGEST_ID = 2**63 - 1
PER_ADDRESS = 120
"""A minute and worker: more than a person opens, enough for a hall behind one address."""

# Their own makers ask for none to be counted; whoever hides is slowed down by address alone.
_MACHINE = re.compile(
    r"bot|crawl|spider|slurp|preview|facebookexternal|whatsapp/|headless|lighthouse|monitor"
    r"|curl|wget|python|java/|go-http|okhttp|axios|node-fetch",
    re.IGNORECASE,
)

# In the order of their key, so that two workers never wait for each other; a product that went
# meanwhile, or that nobody may see, has no row to count in.
_ADD = """
INSERT INTO catalog_productweek (product_id, week, views, clicks)
SELECT p.id, u.week, u.views, u.clicks
FROM unnest(%s::bigint[], %s::date[], %s::integer[], %s::integer[])
  AS u(product_id, week, views, clicks)
JOIN catalog_product p ON p.id = u.product_id AND p.is_public
ORDER BY p.id, u.week
ON CONFLICT (product_id, week) DO UPDATE
  SET views = catalog_productweek.views + excluded.views,
      clicks = catalog_productweek.clicks + excluded.clicks
"""

Key = tuple[int, date]

logger = logging.getLogger(__name__)
_lock = Lock()
_flushing = Lock()
_views: Counter[Key] = Counter()
_clicks: Counter[Key] = Counter()
_timer: Timer | None = None
_minute = 0
_asked: Counter[int] = Counter()


def count_view(product_id: int) -> None:
    """One more look at a product's page; no query here."""
    _count(_views, product_id)


def count_click(product_id: int) -> None:
    """One more shopper went on to the seller's WhatsApp; no query here."""
    _count(_clicks, product_id)


def is_machine(agent: str) -> bool:
    """Whether this user agent is that of a crawler or a program; nothing of it is kept."""
    return not agent or _MACHINE.search(agent) is not None


def is_too_eager(address: str) -> bool:
    """Count one try of that address; say whether it is over the limit of this minute."""
    global _minute  # noqa: PLW0603  one process, one window
    # Python's own hash is seeded anew in every process, so this leads back to nobody.
    key = hash(address)
    with _lock:
        now = int(time.monotonic() // 60)
        if now != _minute:
            _minute = now
            _asked.clear()
        _asked[key] += 1
        return _asked[key] > PER_ADDRESS


def flush() -> int:
    """Write what was counted since; return how many rows it was. Sums survive a failure."""
    global _timer  # noqa: PLW0603
    # One after the other: sums put back by a failure must not be taken in between.
    with _flushing:
        with _lock:
            _timer = None
            views, clicks = _views.copy(), _clicks.copy()
            _views.clear()
            _clicks.clear()
        if not views and not clicks:
            return 0
        try:
            return write_sums(views, clicks)
        except (OperationalError, InterfaceError):
            logger.warning("Counts of %d views wait for the database.", views.total())
            with _lock:
                _views.update(views)
                _clicks.update(clicks)
            return 0


def forget_all() -> None:
    """Nothing was counted and nobody asked: how a process begins."""
    with _lock:
        _views.clear()
        _clicks.clear()
        _asked.clear()


def drop_old_weeks(*, on: date) -> int:
    """Two years are enough to compare a season with the last; return how many rows went."""
    return ProductWeek.objects.filter(week__lt=on - WEEKS_KEPT).delete()[0]


def write_sums(views: Mapping[Key, int], clicks: Mapping[Key, int]) -> int:
    """Add these sums to their weeks; return how many rows it was."""
    keys = sorted(views.keys() | clicks.keys())
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD,
            [
                [pk for pk, _week in keys],
                [week for _pk, week in keys],
                [views.get(key, 0) for key in keys],
                [clicks.get(key, 0) for key in keys],
            ],
        )
    return len(keys)


def _count(sums: Counter[Key], product_id: int) -> None:
    key = (product_id, week_of(timezone.localdate()))
    if product_id > LARGEST_ID:
        return
    with _lock:
        if key in sums or len(sums) < MOST_KEPT:
            sums[key] += 1
        _wind_up()


def _wind_up() -> None:
    """The first count after a flush sets the clock for the next one."""
    global _timer  # noqa: PLW0603
    if _timer is None and settings.COUNTS_FLUSH_SECONDS:
        atexit.unregister(flush)
        atexit.register(flush)
        _timer = Timer(settings.COUNTS_FLUSH_SECONDS, _flush_and_let_go)
        _timer.daemon = True
        _timer.start()


def _flush_and_let_go() -> None:
    # A connection of a thread that ends would stay open.
    try:
        flush()
    finally:
        connection.close()
