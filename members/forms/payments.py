from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.choices import PaymentMethod
from members.models import DuesInvoice, DuesProof
from umkm_portal.lib.fields import DateField, NameField, RupiahField, TextField
from umkm_portal.lib.rupiah import rupiah

EXACT, LESS, MORE = "pas", "kurang", "lebih"
TYPED = [
    (method.value, method.label) for method in PaymentMethod if method != PaymentMethod.GATEWAY
]
"""Ways a treasurer books by hand; what the gateway reports is never typed."""


class FitForm(forms.Form):
    """How the money fits the bill, said before the amount so that a slip contradicts itself.

    `initial["missing"]` is what the bill still wants, rupiah.
    """

    fit = forms.ChoiceField(
        label=_("Uang yang masuk"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih pas, kurang, atau lebih.")},
    )
    amount = RupiahField(
        label=_("Jumlah yang masuk"),
        required=False,
        help_text=_("Tulis bila kurang atau lebih, contoh 100.000."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (EXACT, _("Pas, %s") % rupiah(self.missing)),
            (LESS, _("Kurang dari itu")),
            (MORE, _("Lebih dari itu")),
        ]
        self.fields["fit"].choices = choices  # type: ignore[attr-defined]

    @property
    def missing(self) -> int:
        return int(self.initial["missing"])

    def clean(self) -> dict[str, Any]:
        values = {**self.cleaned_data}
        fit, amount = values.pop("fit", None), values.get("amount")
        if fit == EXACT and amount is None:
            values["amount"] = self.missing
        elif fit and "amount" in values:
            self._refuse_contradiction(fit, amount)
        return values

    def _refuse_contradiction(self, fit: str, amount: int | None) -> None:
        if amount is None:
            self.add_error("amount", _("Tulis jumlah yang masuk."))
            return
        real = EXACT if amount == self.missing else LESS if amount < self.missing else MORE
        if real != fit:
            words = {EXACT: _("pas"), LESS: _("kurang"), MORE: _("lebih")}
            self.add_error(
                "amount",
                _("%(amount)s itu %(real)s, bukan %(said)s. Periksa jumlahnya atau pilihannya.")
                % {"amount": rupiah(amount), "real": words[real], "said": words[fit]},
            )


class PaymentForm(FitForm):
    """What the treasurer reads on the bank's statement."""

    method = forms.ChoiceField(
        label=_("Cara bayar"),
        choices=[choice for choice in TYPED if choice[0] != PaymentMethod.CASH],
        initial=PaymentMethod.TRANSFER,
    )
    received_on = DateField(
        label=_("Tanggal uang masuk"), help_text=_("Menurut mutasi bank, contoh 12/06/2026.")
    )
    reference = NameField(
        label=_("Referensi bank"),
        max_length=60,
        help_text=_("Nomor atau berita transfer pada mutasi."),
    )

    field_order = ("method", "received_on", "fit", "amount", "reference")


class CashForm(FitForm):
    """Money counted at the desk today."""

    reference = NameField(
        label=_("Nomor bon loket (tidak wajib)"),
        max_length=60,
        required=False,
        help_text=_("Uang kedua pada hari yang sama perlu nomor bon, supaya tidak tertukar."),
    )

    def clean(self) -> dict[str, Any]:
        return {
            **super().clean(),
            "method": PaymentMethod.CASH,
            "received_on": timezone.localdate(),
        }


class ProofsForm(forms.Form):
    """One line of the bank for each of several proofs; the amount is what its bill still wants."""

    method = forms.ChoiceField(
        label=_("Cara bayar"),
        choices=[choice for choice in TYPED if choice[0] != PaymentMethod.CASH],
        initial=PaymentMethod.TRANSFER,
    )

    def __init__(self, *args: Any, proofs: list[DuesProof], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proofs = proofs
        for proof in proofs:
            number = proof.invoice.number
            self.fields[f"hari_{proof.pk}"] = DateField(
                label=_("Tanggal uang masuk untuk %s") % number,
                initial=timezone.localdate(proof.uploaded_at),
            )
            self.fields[f"referensi_{proof.pk}"] = NameField(
                label=_("Referensi bank untuk %s") % number,
                max_length=60,
                initial=proof.reference_end or number,
            )

    def rows(self) -> list[tuple[DuesProof, forms.BoundField, forms.BoundField]]:
        """Each proof with its two fields."""
        return [
            (proof, self[f"hari_{proof.pk}"], self[f"referensi_{proof.pk}"])
            for proof in self.proofs
        ]

    def lines(self) -> list[tuple[DuesProof, date, str]]:
        """Each proof with the bank's day and reference that were typed for it."""
        values = self.cleaned_data
        return [
            (proof, values[f"hari_{proof.pk}"], values[f"referensi_{proof.pk}"])
            for proof in self.proofs
        ]


class RefundForm(forms.Form):
    """Money that went back to its owner."""

    amount = RupiahField(label=_("Jumlah yang dikembalikan"), more_than_zero=True)
    reason = TextField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Dibaca pemilik usaha. Sebut juga ke mana uangnya dikirim."),
        error_messages={"required": _("Tulis alasannya.")},
    )


class CorrectionForm(forms.Form):
    """The line of the statement as it should have been typed."""

    method = forms.ChoiceField(label=_("Cara bayar"), choices=TYPED)
    received_on = DateField(label=_("Tanggal uang masuk"))
    amount = RupiahField(label=_("Jumlah yang masuk"))
    reference = NameField(label=_("Referensi bank"), max_length=60)
    reason = TextField(
        label=_("Apa yang salah"),
        max_length=300,
        help_text=_("Dibaca pemilik usaha. Kuitansi lama tidak berlaku lagi."),
        error_messages={"required": _("Tulis alasannya.")},
    )


class AssignForm(forms.Form):
    """Which bill the held money was for."""

    invoice = NameField(
        label=_("Nomor tagihan"), max_length=24, help_text=_("Contoh INV-KJS-2026-000123.")
    )

    def clean_invoice(self) -> DuesInvoice:
        number = self.cleaned_data["invoice"].upper()
        found = DuesInvoice.objects.filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("Tagihan dengan nomor itu tidak ada."))
        return found
