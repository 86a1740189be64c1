"""One answer of each who was there, and nobody can tell whose."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions.feedback import Answer, give_feedback
from events.models import Feedback, FeedbackGiven
from events.reports.feedback import result_of
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

ANSWER = Answer(5, "Contoh fotonya", "Waktunya kurang")


@pytest.fixture
def training(db):
    return make.training()


def seat(training, number: int = 1):
    made = make.registration(training, name=f"Tamu {number}", phone=f"+6281200000{number:03}")
    make.attendance(made)
    return made


def say(registration, answer: Answer = ANSWER):
    return give_feedback(registration, answer=answer, by=None, via="tautan")


def test_it_counts_once(training) -> None:
    mine = seat(training)
    say(mine)
    say(mine, Answer(1))

    kept = Feedback.objects.get()
    assert (kept.score, kept.most_useful, kept.missing) == (
        5,
        "Contoh fotonya",
        "Waktunya kurang",
    )
    assert FeedbackGiven.objects.get().registration == mine


def test_nothing_leads_from_the_answer_to_the_person(training, siti, batik) -> None:
    mine = make.registration(training, business=batik)
    make.attendance(mine)
    give_feedback(mine, answer=ANSWER, by=siti, via="tautan")

    entry = AuditEntry.objects.get(verb="feedback.given")
    assert (entry.by, entry.data, entry.subject) == (None, {}, training)
    names = {field.name for field in Feedback._meta.get_fields()}
    assert names == {"id", "event", "score", "most_useful", "missing"}
    assert {field.name for field in FeedbackGiven._meta.get_fields()} == {"registration"}


class TestRefused:
    def test_who_was_not_there(self, training) -> None:
        with pytest.raises(ActionRefused, match="tercatat hadir"):
            say(make.registration(training, name="Ani", phone="+628120000001"))

    def test_before_it_is_over(self, db) -> None:
        training = make.training(days=[timezone.localdate() + timedelta(days=1)])
        with pytest.raises(ActionRefused, match="setelah pelatihan selesai"):
            say(seat(training))

    def test_when_it_is_closed_or_no_training(self, training) -> None:
        training.training.feedback_open = False
        training.training.save()
        for event in (training, make.event(days=[timezone.localdate() - timedelta(days=1)])):
            with pytest.raises(ActionRefused, match="tidak dibuka"):
                say(seat(event))
        assert not Feedback.objects.exists()


def test_sums_and_sentences_from_three_answers_on(training, django_assert_num_queries) -> None:
    seats = [seat(training, number) for number in range(5)]
    for registration, answer in zip(
        seats, [Answer(5, "Foto"), Answer(4, "", "Waktu")], strict=False
    ):
        say(registration, answer)
    few = result_of(training)
    assert (few.answers, few.attendees, few.is_enough, few.most_useful) == (2, 5, False, [])

    say(seats[2], Answer(2, "Bertemu pelatih"))

    with django_assert_num_queries(2):
        result = result_of(training)
    assert (result.answers, result.percent_answered, round(result.mean, 1)) == (3, 60, 3.7)
    assert [(bar.score, bar.count, bar.percent) for bar in result.bars] == [
        (5, 1, 33),
        (4, 1, 33),
        (3, 0, 0),
        (2, 1, 33),
        (1, 0, 0),
    ]
    assert result.most_useful == ["Bertemu pelatih", "Foto"]
    assert result.missing == ["Waktu"]


@pytest.mark.django_db(transaction=True)
def test_a_double_tap_counts_once() -> None:
    training = make.training()
    mine = seat(training)

    assert all_at_once(lambda _n: say(mine), range(4)) == ["done"] * 4
    assert Feedback.objects.count() == 1
