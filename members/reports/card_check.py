"""What a card's code answers today: one word, colour and picture for each thing it can be."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from members.choices import MembershipState
from members.models import RevokedCard
from members.reports.standing import Standing
from umkm_portal.lib.dates import tanggal_polos


@dataclass(frozen=True)
class Verdict:
    """`kind` is the colour (ok, wait, bad), `name` the picture, `more` a second sentence."""

    name: str
    kind: str
    words: str
    more: str = ""

    @property
    def picture(self) -> str:
        return f"members/card_icons/{self.name}.svg"


def verdict_of(standing: Standing | None, revoked: RevokedCard | None) -> Verdict:
    """The answer for a card, for one that was replaced, or for a code that is nobody's."""
    if standing:
        return _of_member(standing)
    if revoked:
        day = tanggal_polos(revoked.revoked_at)
        more = _("Diganti %s. Minta pemiliknya menunjukkan kartu yang baru.") % day
        return Verdict("revoked", "bad", _("Kartu ini sudah diganti."), more)
    words = _("Kode tidak ditemukan. Periksa lagi 10 huruf dan angkanya.")
    return Verdict("unknown", "bad", words)


def _of_member(standing: Standing) -> Verdict:
    state = standing.state
    kind, words = {
        MembershipState.ACTIVE: ("ok", _("Kartu ini berlaku hari ini.")),
        MembershipState.SOON: ("ok", _("Kartu ini berlaku hari ini.")),
        MembershipState.GRACE: ("wait", _("Kartu ini masih berlaku, dalam masa tenggang.")),
        MembershipState.LAPSED: (
            "bad",
            _("Kartu ini tidak berlaku lagi: keanggotaan sudah berakhir."),
        ),
        MembershipState.SUSPENDED: (
            "bad",
            _("Kartu ini tidak berlaku: keanggotaan sedang ditangguhkan."),
        ),
        MembershipState.NONE: ("wait", _("Kartu ini belum berlaku: keanggotaan belum aktif.")),
    }[state]
    return Verdict(state.value, kind, words, standing.kadin_line)


JAKPRENEUR_PICTURES = {"ok": "active", "wait": "none", "bad": "suspended"}


def jakpreneur_picture(standing: Standing) -> str:
    return f"members/card_icons/{JAKPRENEUR_PICTURES[standing.jakpreneur_kind]}.svg"
