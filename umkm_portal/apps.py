from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.db.models.signals import post_migrate  # noqa: TID251  set-up after migrate, no rule of ours


class AdminConfig(DjangoAdminConfig):
    default_site = "umkm_portal.admin.PortalAdminSite"


class PortalConfig(AppConfig):
    """Last in the list, so that its set-up sees every app's tables and permissions."""

    name = "umkm_portal"

    def ready(self) -> None:
        from umkm_portal.lib.tags import take_over  # noqa: PLC0415  apps are ready only now
        from umkm_portal.setup import load_after_migrate  # noqa: PLC0415  models are ready only now

        take_over()
        post_migrate.connect(load_after_migrate, sender=self)
