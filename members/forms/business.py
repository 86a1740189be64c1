"""What an owner changes about a checked business, and what an officer says about one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from members.application import LABELS
from umkm_portal.lib.fields import (
    InstagramField,
    NameField,
    PhoneField,
    ShopLinkField,
    TextField,
)


class PublicDetailsForm(forms.Form):
    """Each line is a switch of its own: what is empty or not ticked nobody sees."""

    show_address = forms.BooleanField(required=False, label=_("Tampilkan alamat di halaman usaha"))
    order_phone = PhoneField(
        required=False,
        label=_("WhatsApp untuk pembeli (tidak wajib)"),
        help_text=_("Kosong berarti pembeli tidak bisa memesan lewat WhatsApp."),
    )
    show_phone = forms.BooleanField(
        required=False, label=_("Tulis nomor itu juga di halaman usaha")
    )
    opening_hours = NameField(
        required=False,
        max_length=120,
        label=_("Jam buka (tidak wajib)"),
        help_text=_("Contoh Senin–Sabtu, 08.00–17.00"),
    )
    instagram = InstagramField(
        required=False, label=_("Instagram (tidak wajib)"), help_text=_("Contoh @batiksiti")
    )
    shop_url = ShopLinkField(
        required=False,
        label=_("Toko di marketplace (tidak wajib)"),
        help_text=_("Tautan toko Anda di Tokopedia, Shopee, atau yang lain."),
    )


class RepairForm(forms.Form):
    fields_to_repair = forms.MultipleChoiceField(
        label=_("Isian yang perlu diperbaiki"),
        choices=list(LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Pilih paling sedikit satu isian yang perlu diperbaiki."),
            "invalid_choice": _("Pilih dari isian yang ada."),
        },
    )
    reason = TextField(
        label=_("Catatan untuk pemilik"),
        max_length=1000,
        error_messages={"required": _("Tulis apa yang perlu diperbaiki.")},
    )


class RejectForm(forms.Form):
    reason = TextField(
        label=_("Alasan"),
        max_length=1000,
        help_text=_("Pemilik membaca alasan ini, dan cara mengajukan keberatan."),
        error_messages={"required": _("Tulis alasannya supaya pemilik tahu.")},
    )


class NikReasonForm(forms.Form):
    reason = TextField(
        label=_("Untuk apa NIK ini dibuka?"),
        max_length=300,
        help_text=_("Alasan dan nama Anda tercatat di jejak."),
        error_messages={"required": _("Tulis untuk apa NIK ini perlu dibuka.")},
    )
