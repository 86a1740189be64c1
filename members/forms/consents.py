from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.choices import ConsentPurpose
from members.consent_texts import TEXTS


class SendForm(forms.Form):
    """The consents, each by itself and none ticked beforehand."""

    def __init__(self, *args: Any, ask: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in ConsentPurpose if ask else ():
            needed = purpose == ConsentPurpose.MEMBERSHIP
            self.fields[purpose.value] = forms.BooleanField(
                required=needed,
                label=purpose.label if needed else _("%s (tidak wajib)") % purpose.label,
                help_text=TEXTS[purpose].text,
                error_messages={
                    "required": _("Centang persetujuan keanggotaan supaya data boleh diperiksa.")
                },
            )

    @property
    def given(self) -> list[ConsentPurpose]:
        return [p for p in ConsentPurpose if self.cleaned_data.get(p.value)]


class SheetForm(SendForm):
    """What the owner ticked and signed on paper; nobody consents for somebody else."""

    def __init__(self, *args: Any, ask: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, ask=ask, **kwargs)
        if ask:
            self.fields["signed"] = forms.BooleanField(
                label=_("Pemilik sudah menandatangani lembar persetujuan."),
                help_text=_("Centang di atas hanya yang dicentang pemilik di lembar itu."),
                error_messages={
                    "required": _("Minta pemilik menandatangani lembarnya dulu, lalu centang.")
                },
            )
