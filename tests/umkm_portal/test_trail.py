"""The trail says in Indonesian what happened, at every place that shows it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from catalog.models import Product
from members.models import Business
from tests import make
from umkm_portal.audit.models import record
from umkm_portal.audit.trail import data_words, verb_words
from umkm_portal.audit.words import VERBS

APPS = ["members", "catalog", "events", "support", "umkm_portal"]
# "members." begins permissions too.
NOUNS = VERBS.keys() - {"members"}
WRITERS = {"record", "record_many", "note_row", "_note", "_decide"}


def verbs_in(source: str) -> set[str]:
    """What is written as a verb: the first text of a call that writes, and what looks like one."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            noun, dot, past = node.value.partition(".")
            if dot and noun in NOUNS and past.isidentifier():
                found.add(node.value)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in WRITERS:
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            found |= {text for text in texts[:1] if isinstance(text, str) and "." in text}
    return found


def test_every_verb_that_is_written_has_words() -> None:
    files = [path for app in APPS for path in (Path(settings.BASE_DIR) / app).rglob("*.py")]
    used = set().union(*(verbs_in(path.read_text()) for path in files))

    assert len(used) > 150
    assert {verb for verb in used if verb_words(verb) == verb} == set()


def test_a_status_and_its_names_are_read_as_people_say_them() -> None:
    said = data_words({"old": "submitted", "new": "approved", "note": ""}, Business)

    assert [(name, str(value)) for name, value in said] == [
        ("semula", "Diajukan"),
        ("menjadi", "Disetujui"),
    ]


def test_what_has_no_words_is_shown_as_it_is() -> None:
    assert verb_words("comet.seen") == "comet.seen"
    assert data_words({"tail": ["long", "blue"]}, None) == [("tail", "long, blue")]
    assert data_words({"new": "live"}, Product)[0][1] == "Tayang"


@pytest.mark.django_db
class TestTheDesk:
    def test_an_application_tells_its_story_in_indonesian(self, client, petugas, batik) -> None:
        place = make.application(make.jbl_day(), batik)
        record(
            "place.returned", place, by=petugas, via="admin", reason="Foto buram.", was="applied"
        )
        client.force_login(petugas)

        page = client.get(reverse("admin:events_boothplace_change", args=[place.pk]))

        text = page.content.decode()
        assert "Diminta melengkapi" in text
        assert "alasan: Foto buram." in text
        assert "semula: Diajukan" in text
        assert "place.returned" not in text

    def test_so_does_the_list_of_all_lines_and_one_of_them(self, client, admin, batik) -> None:
        line = record("business.approved", batik, by=admin, via="admin", old="submitted")
        client.force_login(admin)

        listed = client.get(reverse("admin:audit_auditentry_changelist")).content.decode()
        one = client.get(reverse("admin:audit_auditentry_change", args=[line.pk])).content.decode()

        assert "Usaha disetujui" in listed
        assert "semula: Diajukan" in one
