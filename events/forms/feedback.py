from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from events.actions.feedback import Answer
from umkm_portal.lib.fields import NameField

SCORES = [
    (5, _("5, sangat bagus")),
    (4, _("4, bagus")),
    (3, _("3, cukup")),
    (2, _("2, kurang")),
    (1, _("1, buruk")),
]


class FeedbackForm(forms.Form):
    """Three questions, twenty seconds; only the first must be answered."""

    score = forms.TypedChoiceField(
        label=_("Bagaimana pelatihan ini?"),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih satu nilai, 1 sampai 5."),
            "invalid_choice": _("Pilih satu nilai, 1 sampai 5."),
        },
    )
    most_useful = NameField(
        label=_("Apa yang paling berguna? (tidak wajib)"), max_length=300, required=False
    )
    missing = NameField(label=_("Apa yang kurang? (tidak wajib)"), max_length=300, required=False)

    def answer(self) -> Answer:
        data = self.cleaned_data
        return Answer(data["score"], data["most_useful"], data["missing"])
