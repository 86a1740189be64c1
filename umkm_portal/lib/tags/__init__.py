"""Django's own tags for portals of one language: what is the same for all is worked out once."""

from django.template import defaulttags
from django.templatetags import i18n as django_i18n
from django.templatetags import static as django_static

from umkm_portal.lib.tags import i18n, static, url


def take_over() -> None:
    """From here on {% url %} is ours, and {% load i18n %} and {% load static %} bring these."""
    for name in ("translate", "trans"):
        django_i18n.register.tag(name, i18n.translate)
    for name in ("blocktranslate", "blocktrans"):
        django_i18n.register.tag(name, i18n.block_translate)
    django_static.register.tag("static", static.static)
    defaulttags.register.tag("url", url.url)
