"""What staff write about a training, and what is handed out with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.actions.training import (
    MOST_MATERIALS,
    Handout,
    add_material,
    keep_training,
    remove_material,
)
from events.models import Material, Training
from events.reports.trainings import materials_for
from tests import make
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

DESK = {"via": "admin"}
SLIDES = Handout("Lembar tayang", b"%PDF-1.7 isi", "pdf")


def test_details_are_kept_and_a_second_save_says_nothing(petugas) -> None:
    event = make.event()
    training = Training(
        event=event,
        topic="ekspor",
        trainer="Ibu Rahma",
        hours=4,
        signer_name="Dra. Contoh",
        signer_office="Kepala Sudin",
    )

    keep_training(training, changed=["topic", "hours"], by=petugas, **DESK)
    keep_training(training, changed=[], by=petugas, **DESK)

    assert Training.objects.get().stage == "P2"
    entry = AuditEntry.objects.about(event).get()
    assert (entry.verb, entry.data) == ("training.kept", {"fields": ["hours", "topic"]})


def test_only_trainings_have_them(petugas) -> None:
    fair = make.event(kind="pameran")
    with pytest.raises(ActionRefused, match="Hanya pelatihan"):
        keep_training(Training(event=fair), changed=["hours"], by=petugas, **DESK)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"hours": 0}, "training_has_hours"),
        ({"topic": "masak"}, "training_topic_known"),
        ({"signer_name": ""}, "training_taught_and_signed"),
    ],
)
def test_the_database_refuses_half_a_training(db, values, rule) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        make.training_details(make.event(), **values)


class TestMaterials:
    def test_a_file_lies_in_the_private_place_and_goes_with_its_row(
        self, petugas, settings, django_capture_on_commit_callbacks
    ) -> None:
        event = make.event()
        kept = add_material(event, handout=SLIDES, by=petugas, **DESK)
        again = add_material(event, handout=SLIDES, by=petugas, **DESK)

        assert kept == again
        assert (kept.size, kept.extension, kept.kilobytes) == (12, "pdf", 1)
        assert str(kept.file.path).startswith(str(settings.PRIVATE_ROOT))
        storage, name = kept.file.storage, kept.file.name
        with django_capture_on_commit_callbacks(execute=True):
            for _press in range(2):
                remove_material(kept, by=petugas, **DESK)
        assert not storage.exists(name)
        verbs = AuditEntry.objects.about(event).order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["material.added", "material.removed"]

    def test_not_more_than_one_can_read(self, petugas) -> None:
        event = make.event()
        for number in range(MOST_MATERIALS):
            make.material(event, title=f"Materi {number}")
        with pytest.raises(ActionRefused, match="Paling banyak 20"):
            add_material(event, handout=SLIDES, by=petugas, **DESK)

    def test_it_is_a_file_or_a_link(self, db) -> None:
        for values in ({"url": ""}, {"url": "https://a.example", "file": "ab/x.pdf", "size": 3}):
            with pytest.raises(IntegrityError, match="file_or_link"), transaction.atomic():
                make.material(make.event(), **values)

    @pytest.mark.parametrize("done", [False, True])
    @pytest.mark.parametrize("takes_part", [False, True])
    def test_who_gets_what_when(self, db, done, takes_part) -> None:
        day = timezone.localdate() + timedelta(days=-1 if done else 1)
        event = make.event(days=[day])
        for after in (False, True):
            for mine in (False, True):
                make.material(event, title=f"{after}{mine}", after_event=after, attendees_only=mine)

        found = {m.title for m in materials_for(event, takes_part=takes_part, at=timezone.now())}

        expected = {"FalseFalse"} | ({"TrueFalse"} if done else set())
        if takes_part:
            expected |= {"FalseTrue"} | ({"TrueTrue"} if done else set())
        assert found == expected
        assert Material.objects.count() == 4
