"""Why a seller is where she is in the line, as sentences; made of the codes kept with her place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from umkm_portal.lib.dates import tanggal


def turn_sentence(why: Mapping[str, Any] | None) -> str:
    """Such as “Anda di urutan 4 karena: 0 kali ikut dalam 12 bulan, berkas lengkap.”"""
    if not why:
        return ""
    place = why["position"] or why["turn"]
    return _("Anda di urutan %(place)d karena: %(reasons)s.") % {
        "place": place,
        "reasons": ", ".join(reasons(why)),
    }


def reasons(why: Mapping[str, Any]) -> list[str]:
    """What decided, in the order in which it is looked at."""
    said = [_("%d kali ikut dalam 12 bulan") % why["places"]]
    if why["no_shows"]:
        said.append(_("%d kali tidak datang tanpa kabar (dihitung ikut)") % why["no_shows"])
    if why["newcomer"]:
        said.append(_("belum pernah ikut"))
    since = date.fromisoformat(why["since"])
    # Who has a later place already waits for nothing: her wait begins on the day itself.
    if since <= timezone.localdate():
        said.append(_("menunggu sejak %s") % tanggal(since))
    if why["complete"] >= 100:
        said.append(_("berkas lengkap"))
    else:
        said.append(_("berkas %d %% lengkap") % why["complete"])
    return said


def door_sentence(why: Mapping[str, Any] | None) -> str:
    """By which way she has her seat, or in which line she waits."""
    if not why:
        return ""
    if why["door"] is None:
        return _line(why)
    sentences: dict[str, str] = {
        "quota": _("Masuk lewat kuota (%(of)d tempat)."),
        "share": _("Masuk lewat bagian peserta baru."),
        "free": _("Masuk lewat tempat tanpa kuota (%(of)d tempat)."),
        "pool": _("Masuk lewat sisa kuota yang dibuka bersama."),
        "kept": _("Sudah diterima sebelumnya."),
        "override": _("Diterima petugas di luar urutan."),
    }
    return sentences[why["door"]] % {"of": why["of"]}


def _line(why: Mapping[str, Any]) -> str:
    if why["queue"] == "pool":
        return _("Di satu antrean bersama.")
    if why["queue"] == "free":
        return str(_("Di antrean umum, tanpa kuota (%d tempat).") % why["of"])
    return str(_("Di antrean kuota Anda (%d tempat).") % why["of"])
