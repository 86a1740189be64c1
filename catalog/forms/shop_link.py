from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from umkm_portal.lib.fields import ShopLinkField


class ShopLinkForm(forms.Form):
    tautan = ShopLinkField(
        required=False,
        label=_("Tautan produk ini di marketplace (tidak wajib)"),
        help_text=_("Salin dari tombol Bagikan di Tokopedia, Shopee, atau yang lain."),
    )
