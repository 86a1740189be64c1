from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Acara")

    def ready(self) -> None:
        # Connects this app's answer to `business_erased`.
        from catalog.pickups import find_pickups_with  # noqa: PLC0415
        from events.actions import erasure  # noqa: F401, PLC0415
        from events.reports.pickups import coming_pickups  # noqa: PLC0415

        find_pickups_with(coming_pickups)
