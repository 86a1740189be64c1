from umkm_portal.views.companion_home import companion_home
from umkm_portal.views.health import health
from umkm_portal.views.home import home
from umkm_portal.views.owner_home import owner_home
from umkm_portal.views.sitemap import sitemap, sitemap_section
from umkm_portal.views.statistics import statistics

__all__ = [
    "companion_home",
    "health",
    "home",
    "owner_home",
    "sitemap",
    "sitemap_section",
    "statistics",
]
