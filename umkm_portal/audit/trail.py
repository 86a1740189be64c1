"""A line of the trail as the desk reads it: what happened, and the names of what changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from umkm_portal.audit.words import VERBS

_NAMES = {
    "accepted": _("diterima"),
    "added": _("ditambah"),
    "after": _("sesudah"),
    "amount": _("jumlah (Rp)"),
    "before": _("sebelum"),
    "booth": _("lapak"),
    "business": _("usaha"),
    "changed": _("berubah"),
    "count": _("banyaknya"),
    "created": _("baru"),
    "date": _("tanggal"),
    "day": _("hari"),
    "days": _("hari"),
    "event": _("acara"),
    "fields": _("isian"),
    "file": _("berkas"),
    "kind": _("jenis"),
    "method": _("cara bayar"),
    "name": _("nama"),
    "new": _("menjadi"),
    "note": _("catatan"),
    "number": _("nomor"),
    "numbers": _("nomor"),
    "old": _("semula"),
    "organiser": _("penyelenggara"),
    "period": _("masa"),
    "price": _("harga"),
    "product": _("produk"),
    "proof": _("bukti"),
    "purpose": _("keperluan"),
    "rank": _("urutan"),
    "reason": _("alasan"),
    "reasons": _("alasan"),
    "receipt": _("kuitansi"),
    "received_on": _("uang masuk"),
    "reference": _("referensi"),
    "refused": _("ditolak"),
    "removed": _("dihapus"),
    "rights": _("hak"),
    "rule": _("aturan"),
    "seats": _("tempat"),
    "seed": _("angka acak"),
    "sellers": _("penjual"),
    "size": _("ukuran"),
    "source": _("sumber"),
    "stage": _("langkah"),
    "title": _("judul"),
    "unchanged": _("tetap"),
    "until": _("sampai"),
    "updated": _("diperbarui"),
    "version": _("versi"),
    "waitlisted": _("daftar tunggu"),
    "was": _("semula"),
}
_STATES = ("new", "old", "was", "before")


def verb_words(verb: str) -> str:
    noun, _dot, past = verb.partition(".")
    return str(VERBS.get(noun, {}).get(past, verb))


def data_words(data: Mapping[str, Any], model: type[models.Model] | None) -> list[tuple[str, Any]]:
    """Names and values; a status of the model as people read it. Empty values are left out."""
    states = _states_of(model)
    return [
        (str(_NAMES.get(name, name)), _value(value, states if name in _STATES else {}))
        for name, value in data.items()
        if value not in ("", None, [], {})
    ]


def _value(value: Any, states: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return states.get(value, value) if isinstance(value, str) else value


def _states_of(model: type[models.Model] | None) -> dict[str, Any]:
    fields = model._meta.fields if model else []
    return {
        value: label
        for field in fields
        if field.name == "status"
        for value, label in field.flatchoices
    }
