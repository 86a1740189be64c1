"""Calling off, moving, showing: whoever is concerned hears of it."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.utils import timezone

from events.actions.editions import (
    Hours,
    cancel_event,
    close_event,
    hide_event,
    move_day,
    open_event,
    publish_event,
)
from events.actions.registration import cancel_registration
from events.choices import EventStatus
from tests import make
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.dates import tanggal
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice


def test_sellers_and_members_hear_that_it_is_called_off_once(batik, budi, petugas) -> None:
    day = make.jbl_day()
    make.place(day, batik)
    make.place(make.jbl_day(day.date + timedelta(days=1), edition=day.event), batik)

    cancel_event(day.event, reason="Hujan lebat.", by=petugas, via="admin")
    cancel_event(day.event, reason="Lain.", by=petugas, via="admin")

    notice = Notice.objects.get()
    assert notice.recipient == batik.owner
    assert notice.subject == "PERUBAHAN: Jumat Beli Lokal dibatalkan"
    assert f"{tanggal(day.date)}" in notice.body.splitlines()[0]
    assert "Hujan lebat." in notice.body
    assert AuditEntry.objects.filter(verb="event.cancelled").count() == 1


def test_who_left_hears_nothing_more(batik, petugas) -> None:
    event = make.event()
    cancel_registration(make.registration(event, business=batik), by=batik.owner, via="tautan")

    cancel_event(event, reason="Hujan.", by=petugas, via="admin")

    assert Notice.objects.get().purpose == "event_place_cancelled"


def test_calling_off_needs_a_reason_and_a_coming_day(petugas) -> None:
    with pytest.raises(ActionRefused, match="Tulis alasan"):
        cancel_event(make.event(), reason="", by=petugas, via="admin")
    with pytest.raises(ActionRefused, match="sudah selesai"):
        cancel_event(
            make.event(days=[timezone.localdate() - timedelta(days=1)]),
            reason="Hujan.",
            by=petugas,
            via="admin",
        )


def test_a_moved_day_keeps_its_first_date_and_tells_each_time(batik, petugas) -> None:
    day = make.jbl_day()
    first = day.date
    make.place(day, batik)
    to = [Hours(first + timedelta(days=days), time(9), time(16)) for days in (7, 14)]

    moved = move_day(day, to=to[0], by=petugas, via="admin")
    assert moved.moved_from == first
    move_day(day, to=to[0], by=petugas, via="admin")
    moved = move_day(day, to=to[1], by=petugas, via="admin")

    assert (moved.date, moved.moved_from, moved.revision) == (to[1].date, first, 2)
    assert Notice.objects.count() == 2
    assert f"{tanggal(first)} 09.00–16.00 → {tanggal(to[0].date)}" in Notice.objects.last().body
    back = move_day(day, to=Hours(first, time(9), time(16)), by=petugas, via="admin")
    assert back.moved_from is None


def test_a_break_outside_the_new_hours_is_dropped(petugas) -> None:
    day = make.jbl_day()

    moved = move_day(day, to=Hours(day.date, time(7), time(12)), by=petugas, via="admin")

    assert moved.break_from is None
    assert moved.set_up_at is None
    assert moved.moved_from is None


def test_impossible_moves_are_refused(petugas) -> None:
    day = make.jbl_day()
    other = make.jbl_day(day.date + timedelta(days=1), edition=day.event)
    with pytest.raises(ActionRefused, match="sudah ada"):
        move_day(day, to=Hours(other.date, time(9), time(16)), by=petugas, via="admin")
    with pytest.raises(ActionRefused, match="Jam tutup"):
        move_day(day, to=Hours(day.date, time(9), time(9)), by=petugas, via="admin")
    yesterday = make.jbl_day(timezone.localdate() - timedelta(days=1))
    with pytest.raises(ActionRefused, match="sudah lewat"):
        move_day(yesterday, to=Hours(day.date, time(9), time(16)), by=petugas, via="admin")


def test_an_event_without_days_is_not_shown(petugas) -> None:
    event = make.event(days=[], published=False)
    with pytest.raises(ActionRefused, match="satu hari"):
        publish_event(event, by=petugas, via="admin")


def test_an_event_people_signed_up_for_is_not_hidden(batik, petugas) -> None:
    event = make.event()
    make.registration(event, business=batik)
    with pytest.raises(ActionRefused, match="Sudah ada pendaftar"):
        hide_event(event, by=petugas, via="admin")


def test_a_second_press_writes_no_second_line(petugas) -> None:
    event = make.event(published=False, status=EventStatus.PLANNED)
    for _press in range(2):
        publish_event(event, by=petugas, via="admin")
        open_event(event, by=petugas, via="admin")
    close_event(event, by=petugas, via="admin")
    cancel_event(event, reason="Hujan.", by=petugas, via="admin")

    with pytest.raises(ActionRefused, match="tidak dibuka lagi"):
        open_event(event, by=petugas, via="admin")
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["event.published", "event.opened", "event.closed", "event.cancelled"]
