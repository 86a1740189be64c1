"""What staff write about a training, and what they hand out with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from events.choices import EventKind
from events.models import Event, Material, Training
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import random_name

MOST_MATERIALS = 20


@transaction.atomic
def keep_training(training: Training, *, changed: list[str], by: User | None, via: str) -> Training:
    """Save who teaches what, and who signs; certificates that were given stay as they are."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=training.event_id)
    if event.kind != EventKind.TRAINING:
        raise ActionRefused(_("Hanya pelatihan yang punya pelatih dan jam pelajaran."))
    is_new = not Training.objects.filter(event=event).exists()
    if not is_new and not changed:
        return training
    training.save(force_insert=is_new)
    record("training.kept", event, by=by, via=via, fields=sorted(changed))
    return training


@dataclass(frozen=True)
class Handout:
    """Something new to take home: `content` with its ending, or `url`."""

    title: str
    content: bytes = b""
    extension: str = ""
    url: str = ""
    after_event: bool = True
    attendees_only: bool = True


@transaction.atomic
def add_material(event: Event, *, handout: Handout, by: User | None, via: str) -> Material:
    """Keep a file or link beside the event. Raises StorageFull. The same title, size and link
    again is the same thing."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    known = {"title": handout.title, "size": len(handout.content), "url": handout.url}
    existing = event.materials.filter(**known).first()
    if existing:
        return existing
    if event.materials.count() >= MOST_MATERIALS:
        raise ActionRefused(_("Paling banyak %d materi untuk satu acara.") % MOST_MATERIALS)
    material = Material(
        event=event,
        added_by=by,
        after_event=handout.after_event,
        attendees_only=handout.attendees_only,
        **known,
    )
    if handout.content:
        name = random_name(handout.extension)
        material.file.save(name, ContentFile(handout.content), save=False)
    material.save()
    record("material.added", event, by=by, via=via, title=handout.title, size=material.size)
    return material


@transaction.atomic
def remove_material(material: Material, *, by: User | None, via: str) -> Event:
    """Nobody finds it any more, and its file goes."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=material.event_id)
    found = event.materials.filter(pk=material.pk).first()
    if found is None:
        return event
    if found.file:
        transaction.on_commit(partial(found.file.storage.delete, str(found.file.name)))
    found.delete()
    record("material.removed", event, by=by, via=via, title=material.title)
    return event
