from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = _("Katalog")

    def ready(self) -> None:
        # Connects this app's answer to `business_erased`.
        from catalog.actions import erasure  # noqa: F401, PLC0415
