from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditAppConfig(AppConfig):
    name = "umkm_portal.audit"
    label = "audit"
    verbose_name = _("Jejak")
