from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.reports.goods import Goods


class GoodsForm(forms.Form):
    produk = forms.TypedMultipleChoiceField(
        label=_("Produk yang dibawa"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Pilih paling sedikit satu produk."),
            "invalid_choice": _("Pilih dari produk Anda yang tayang."),
        },
    )

    def __init__(self, *args: Any, goods: Goods, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"produk": sorted(goods.ticked)}
        field = self.fields["produk"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101  for the type checker
        field.choices = [(product.pk, product.name) for product in goods.products]
