import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "umkm_portal.settings")
portal = get_wsgi_application()

# Only now are there settings to read.
from umkm_portal.front import keep_public_pages  # noqa: E402
from umkm_portal.lib.settled import settle  # noqa: E402

application = keep_public_pages(portal)
settle()
