"""The worker's memory of public pages, in front of Django."""

from __future__ import annotations

from django.conf import settings

from umkm_portal.caching import harmless_cookies, parameters_of
from umkm_portal.lib.changes import Changes
from umkm_portal.lib.microcache import Application, MicroCache


def keep_public_pages(application: Application, changes: Changes | None = None) -> Application:
    """Wrap the portal; MICROCACHE_MB=0 leaves it as it is."""
    if not settings.MICROCACHE_BYTES:
        return application
    heard = changes or Changes()
    return MicroCache(
        application,
        parameters_of=parameters_of,
        harmless_cookies=harmless_cookies(),
        changes=heard.current,
        limit=settings.MICROCACHE_BYTES,
    )
