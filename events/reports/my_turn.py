"""What a seller reads of her turn: why she is in or not, her lot, and when she is likely next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from events.choices import STANDING, PlaceStatus
from events.models import AllocationRun, BoothPlace
from events.reports.explaining import door_sentence, reasons, turn_sentence
from events.turns import Outcome

WITHOUT_A_SEAT = (PlaceStatus.WAITLISTED, PlaceStatus.CLOSED)


@dataclass(frozen=True)
class Lot:
    """Whoever knows these can work out herself how ties were drawn."""

    code: int
    seed: str
    result: str


@dataclass(frozen=True)
class MyTurn:
    """`next_turn` is an estimate, and empty for who has a seat."""

    sentence: str
    door: str
    lot: Lot | None
    next_turn: str


def my_turn(place: BoothPlace, *, position: int | None) -> MyTurn | None:
    """None as long as nobody worked out the turns; three queries at most. `position` is today's."""
    why: Mapping[str, Any] | None = place.explanation
    if not why:
        return None
    run = AllocationRun.objects.filter(day=place.day_id).order_by("-pk").first()
    return MyTurn(
        sentence=_sentence(place, why, position),
        door="" if _came_from_the_list(place, why) else door_sentence(why),
        lot=Lot(place.business_id, run.seed, why["draw"]) if run else None,
        next_turn=_next_turn(place, why) if place.status in WITHOUT_A_SEAT else "",
    )


def _came_from_the_list(place: BoothPlace, why: Mapping[str, Any]) -> bool:
    return place.status in STANDING and why["outcome"] == Outcome.WAITLISTED


def _sentence(place: BoothPlace, why: Mapping[str, Any], position: int | None) -> str:
    if _came_from_the_list(place, why):
        words = {"place": why["position"], "reasons": ", ".join(reasons(why))}
        return _("Dari daftar tunggu, urutan %(place)d, karena: %(reasons)s.") % words
    return turn_sentence({**why, "position": position} if position else why)


def _next_turn(place: BoothPlace, why: Mapping[str, Any]) -> str:
    """As if all who asked this time asked again for as many seats: one edition, or how many."""
    seats = why["of"]
    if not seats:
        return ""
    ahead = _ahead(place, why)
    editions = ahead // seats + 1
    words = {"ahead": ahead, "seats": seats, "editions": editions}
    if not ahead:
        return _(
            "Bila mendaftar lagi, kemungkinan besar Anda mendapat tempat di edisi berikutnya: "
            "tidak ada yang menunggu di depan Anda."
        )
    if editions == 1:
        return (
            _(
                "Bila mendaftar lagi, kemungkinan besar Anda mendapat tempat di edisi berikutnya: "
                "%(ahead)d penjual di depan Anda untuk %(seats)d tempat."
            )
            % words
        )
    return (
        _(
            "Perkiraan giliran Anda: sekitar %(editions)d edisi lagi, dengan %(ahead)d penjual di "
            "depan Anda untuk %(seats)d tempat tiap edisi."
        )
        % words
    )


def _ahead(place: BoothPlace, why: Mapping[str, Any]) -> int:
    """Those of her queue who wait before her, and who are before her even with one place more."""
    line = BoothPlace.objects.filter(day=place.day_id, explanation__isnull=False)
    line = line.filter(explanation__queue=why["queue"])
    if why["queue"] == "cell":
        line = line.filter(explanation__cell=why["cell"])
    mine = why["places"] + why["no_shows"]
    waiting = line.filter(status__in=WITHOUT_A_SEAT, rank__lt=place.rank or 0).count()
    seated = line.filter(status__in=STANDING).values_list("explanation", flat=True)
    before = [had for had in seated if had and had["places"] + had["no_shows"] + 1 < mine]
    return waiting + len(before)
