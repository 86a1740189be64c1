from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from umkm_portal.lib.fields import TextField


class CorrectionForm(forms.Form):
    text = TextField(
        label=_("Data mana yang salah, dan isi yang benar?"),
        max_length=1000,
        help_text=_("Jangan tulis NIK di sini. Untuk NIK, datang dengan KTP ke kecamatan."),
        error_messages={"required": _("Tulis data mana yang salah dan isi yang benar.")},
    )


class AnswerForm(forms.Form):
    answer = TextField(
        label=_("Jawaban untuk pemohon"),
        max_length=1000,
        error_messages={"required": _("Tulis jawabannya supaya pemohon tahu.")},
    )
