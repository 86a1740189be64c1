from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Acara")

    def ready(self) -> None:
        # Connects this app's answer to `business_erased`.
        from events.actions import erasure  # noqa: F401, PLC0415
