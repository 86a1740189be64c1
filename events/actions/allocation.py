"""Who gets a seat of a market day: all at once by turn, or one by one by staff."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.place_letters import tell_before_the_end
from events.actions.turn_letters import tell_turns_later
from events.allocation import allocate
from events.choices import EventStatus, PlaceStatus
from events.demand import TO_BE_GIVEN, demand_of
from events.models import AllocationRun, BoothPlace, Edition, Event, EventDay
from events.models.day import still_to_come
from events.turns import Allocation, Demand, Outcome, Turn
from members.models import User
from umkm_portal.audit.models import record, record_many
from umkm_portal.lib.errors import ActionRefused

LONGEST_SEED = 40
WRITTEN = ["status", "placed_at", "rank", "explanation"]


class Preview(NamedTuple):
    demand: Demand
    result: Allocation


def preview_day(day: EventDay, *, seed: str) -> Preview:
    """What `allocate_day` would do now; nothing is written."""
    demand = demand_of(day, edition=_edition(day), seed=seed, at=timezone.now())
    return Preview(demand, allocate(demand))


@transaction.atomic
def allocate_day(day: EventDay, *, seed: str, by: User | None, via: str) -> AllocationRun:
    """Give the day's seats by turn; who has one keeps it. The seed is published with the result.

    The event is locked first, then the day, so that nobody is placed meanwhile. Once more with
    the same seed nothing changes, as long as nobody asked, left or was given more seats.
    """
    day = _lock(day)
    seed = seed.strip()
    if not seed or len(seed) > LONGEST_SEED:
        raise ActionRefused(_("Tulis angka acak, paling panjang 40 huruf atau angka."))
    preview = preview_day(day, seed=seed)
    places = {place.business_id: place for place in day.places.filter(status__in=TO_BE_GIVEN)}
    changed = [turn for turn in preview.result.turns if _differs(turn, places)]
    last = day.allocations.first()
    if last and last.seed == seed and not changed:
        return last
    _write(changed, places, by=by, via=via)
    return _keep_run(day, preview, by=by, via=via)


@transaction.atomic
def open_pool(day: EventDay, *, by: User | None, via: str) -> EventDay:
    """From H-5 on all wait in one line, by the seed published before; offers follow that order.

    A day whose seats nobody has shared out yet is left alone; so is one opened before.
    """
    day = _lock(day)
    last = day.allocations.first()
    if last is None or last.pool_was_open or day.event.status == EventStatus.CANCELLED:
        return day
    preview = preview_day(day, seed=last.seed)
    if not preview.demand.pool_open:
        return day
    waiting = day.places.filter(status=PlaceStatus.WAITLISTED)
    places = {place.business_id: place for place in waiting}
    line = [turn for turn in preview.result.turns if turn.applicant.business in places]
    # Who would be let in by a cell that still has room stands before the one line for all.
    line.sort(key=lambda turn: turn.turn if turn.pooled else 0)
    for position, turn in enumerate(line, 1):
        place = places[turn.applicant.business]
        place.rank = position
        place.explanation = turn.why() | {
            "outcome": Outcome.WAITLISTED.value,
            "door": None,
            "position": position,
        }
    BoothPlace.objects.bulk_update(places.values(), ["rank", "explanation"], batch_size=500)
    _keep_run(day, preview, by=by, via=via, waiting_only=True)
    return day


def open_due_pools(*, at: datetime) -> int:
    """The minute's work: days that reached H-5 and were not opened yet. Return how many waited."""
    opened = AllocationRun.objects.filter(pool_was_open=True).values("day")
    waiting = EventDay.objects.filter(places__status=PlaceStatus.WAITLISTED)
    due = waiting.filter(still_to_come(at), allocations__isnull=False).exclude(pk__in=opened)
    days = list(due.exclude(event__status=EventStatus.CANCELLED).distinct().order_by("pk"))
    for day in days:
        open_pool(day, by=None, via="jadwal")
    return len(days)


@transaction.atomic
def accept_place(
    place: BoothPlace, *, reason: str = "", beyond_quota: bool = False, by: User, via: str
) -> BoothPlace:
    """Staff let one seller in. Out of her turn that takes a reason, beyond the quota a will too.

    More than the day's seats are never given, and the reason stands in the recap.
    """
    place, is_new = let_in(place, reason=reason, beyond_quota=beyond_quota, by=by, via=via)
    if is_new:
        tell_before_the_end(place, "jbl_accepted")
    return place


@transaction.atomic
def let_in(
    place: BoothPlace, *, reason: str, beyond_quota: bool, by: User | None, via: str
) -> tuple[BoothPlace, bool]:
    """The same without a letter; with whether she had no place before."""
    day = _lock(place.day)
    place = BoothPlace.objects.select_for_update(of=("self",)).get(pk=place.pk)
    place.day = day
    if place.status == PlaceStatus.ACCEPTED:
        return place, False
    if place.status not in TO_BE_GIVEN:
        raise ActionRefused(_("Pengajuan ini tidak sedang menunggu keputusan."))
    last = day.allocations.first()
    seed = last.seed if last else str(day.pk)
    result = preview_day(day, seed=seed).result
    turn = next((one for one in result.turns if one.applicant.business == place.business_id), None)
    if turn is None:
        raise ActionRefused(_("%s belum boleh berjualan.") % place.business)
    if turn.outcome != Outcome.ACCEPTED:
        _refuse_out_of_turn(day, result, turn, reason=reason, beyond_quota=beyond_quota)
        place.override_reason = reason
    was, place.status, place.placed_at = place.status, PlaceStatus.ACCEPTED, timezone.now()
    place.rank, place.explanation = turn.turn, turn.why() | {"outcome": "accepted", "position": 0}
    place.save(update_fields=[*WRITTEN, "override_reason"])
    record("place.accepted", place, by=by, via=via, was=was, reason=place.override_reason)
    return place, True


def _refuse_out_of_turn(
    day: EventDay, result: Allocation, turn: Turn, *, reason: str, beyond_quota: bool
) -> None:
    """`result` is what would be given now: its seats that were held already say what is left."""
    seats = _edition(day).seats()
    if sum(one.applicant.holds for one in result.turns) >= seats:
        raise ActionRefused(_("Semua %d tempat hari ini sudah terisi.") % seats)
    fill = next(fill for fill in result.fills if fill.key == turn.cell)
    if fill.kept >= fill.seats and not turn.pooled and not beyond_quota:
        raise ActionRefused(
            _("Kuotanya penuh (%(taken)d dari %(seats)d). Centang lewat kuota bila memang perlu.")
            % {"taken": fill.kept, "seats": fill.seats}
        )
    if not reason:
        raise ActionRefused(_("Belum gilirannya. Tulis alasan menerima di luar urutan."))


def _lock(day: EventDay) -> EventDay:
    event = Event.objects.select_for_update(of=("self",)).get(pk=day.event_id)
    day = EventDay.objects.select_for_update(of=("self",)).get(pk=day.pk)
    day.event = event
    if event.status == EventStatus.CANCELLED:
        raise ActionRefused(_("Acara ini sudah dibatalkan."))
    if day.is_over(at=timezone.now()):
        raise ActionRefused(_("Hari ini sudah lewat."))
    return day


def _edition(day: EventDay) -> Edition:
    edition = Edition.objects.filter(event=day.event_id).select_related("event").first()
    if edition is None:
        raise ActionRefused(_("Edisi ini tidak menerima pendaftaran, jadi tidak ada giliran."))
    return edition


def _status(turn: Turn) -> PlaceStatus:
    return PlaceStatus.ACCEPTED if turn.has_seat else PlaceStatus.WAITLISTED


def _rank(turn: Turn) -> int:
    """Her number on the waiting list, or how many came before her to a seat, and herself."""
    return turn.position or turn.turn


def _differs(turn: Turn, places: dict[int, BoothPlace]) -> bool:
    place = places.get(turn.applicant.business)
    if place is None or turn.outcome == Outcome.KEPT:
        return False
    return (place.status, place.rank, place.explanation) != (
        _status(turn),
        _rank(turn),
        turn.why(),
    )


def _write(
    turns: Iterable[Turn], places: dict[int, BoothPlace], *, by: User | None, via: str
) -> None:
    now = timezone.now()
    written, news = [], []
    for turn in turns:
        place = places[turn.applicant.business]
        was, place.status = place.status, _status(turn)
        place.rank, place.explanation = _rank(turn), turn.why()
        if turn.has_seat:
            place.placed_at = now
        written.append(place)
        if was != place.status:
            news.append((place, was))
    BoothPlace.objects.bulk_update(written, WRITTEN, batch_size=500)
    for status, verb in [
        (PlaceStatus.ACCEPTED, "place.accepted"),
        (PlaceStatus.WAITLISTED, "place.waitlisted"),
    ]:
        lines = [(place, {"was": was}) for place, was in news if place.status == status]
        record_many(verb, lines, by=by, via=via)
    tell_turns_later([place.pk for place, _was in news])


def _keep_run(
    day: EventDay, preview: Preview, *, by: User | None, via: str, waiting_only: bool = False
) -> AllocationRun:
    demand, result = preview
    run = AllocationRun.objects.create(
        day=day,
        seed=demand.seed,
        by=by,
        seats=demand.seats,
        newcomers_percent=demand.newcomers_percent,
        pool_was_open=demand.pool_open,
        accepted=0 if waiting_only else len(result.accepted),
        waitlisted=len(result.waiting) + (len(result.accepted) if waiting_only else 0),
    )
    verb = "day.pool_opened" if waiting_only else "day.allocated"
    counts = {"accepted": run.accepted, "waitlisted": run.waitlisted}
    record(verb, day, by=by, via=via, seed=run.seed, seats=run.seats, **counts)
    return run
