from django import forms
from django.utils.translation import gettext_lazy as _

from umkm_portal.lib.fields import TextField


class HandlingForm(forms.Form):
    """What staff did about something the gateway said."""

    handling = TextField(
        label=_("Tindakan"),
        max_length=300,
        help_text=_("Contoh: sudah dicocokkan dengan dasbor Midtrans, uang dikembalikan 3 Juni."),
        error_messages={"required": _("Tulis apa yang sudah dilakukan.")},
    )
