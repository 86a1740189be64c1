"""Being there shows a step of Jakpreneur: noted at the door, taken back when that was a mistake."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from events.models import BoothPlace, Registration, Training
from members.actions.programme import record_evidence, remove_evidence
from members.choices import ApplicationStatus, EvidenceKind
from members.models import Business, Office, ProgrammeStage, StageEvidence, User

MARKET_SHOWS = "P5"
"""The step that a day in the market shows."""
LONGEST_LABEL = 120


@transaction.atomic
def note_training(
    registration: Registration, *, on: date, by: User | None, via: str
) -> StageEvidence | None:
    """The business was at the training; None when that shows nothing, as for a guest.

    Once for each training, however many days it has.
    """
    training = Training.objects.select_related("office").filter(event=registration.event_id).first()
    if training is None or registration.business is None:
        return None
    return _note(
        registration.business,
        training.stage,
        EvidenceKind.TRAINING,
        _training_source(registration),
        on=on,
        office=training.office,
        label=registration.event.name,
        by=by,
        via=via,
    )


@transaction.atomic
def take_back_training(
    registration: Registration, *, reason: str, by: User | None, via: str
) -> StageEvidence | None:
    """The business was not there after all; None when nothing had been noted."""
    return _take_back(
        registration.business, _training_source(registration), reason=reason, by=by, via=via
    )


@transaction.atomic
def note_market(place: BoothPlace, *, by: User | None, via: str) -> StageEvidence | None:
    """The business stood in the market on the day of this place: call it at the check-in.

    Each day counts once; None when it shows nothing, as for a business that was given up since.
    """
    return _note(
        place.business,
        MARKET_SHOWS,
        EvidenceKind.MARKET,
        _market_source(place),
        on=place.day.date,
        office=place.sponsor,
        label=place.day.event.name,
        by=by,
        via=via,
    )


@transaction.atomic
def take_back_market(
    place: BoothPlace, *, reason: str, by: User | None, via: str
) -> StageEvidence | None:
    """The check-in of this place was a mistake; None when nothing had been noted."""
    return _take_back(place.business, _market_source(place), reason=reason, by=by, via=via)


def _training_source(registration: Registration) -> str:
    return f"training:{registration.event_id}"


def _market_source(place: BoothPlace) -> str:
    return f"market:{place.day_id}"


def _note(  # noqa: PLR0913  what one line of evidence says
    business: Business,
    stage: str,
    kind: EvidenceKind,
    source: str,
    *,
    on: date,
    office: Office | None,
    label: str,
    by: User | None,
    via: str,
) -> StageEvidence | None:
    """Whoever stands at the door is noted as there, whatever that shows: so nothing is refused."""
    takes = ProgrammeStage.objects.filter(code=stage, kinds__contains=[kind.value]).exists()
    if not takes or business.status != ApplicationStatus.APPROVED:
        return None
    return record_evidence(
        business,
        stage,
        kind=kind,
        source=source,
        on=on,
        office=office,
        label=label[:LONGEST_LABEL],
        by=by,
        via=via,
    )


def _take_back(
    business: Business | None, source: str, *, reason: str, by: User | None, via: str
) -> StageEvidence | None:
    found = StageEvidence.objects.standing().filter(business=business, source=source).first()
    if business is None or found is None:
        return None
    return remove_evidence(found, reason=reason, by=by, via=via)
