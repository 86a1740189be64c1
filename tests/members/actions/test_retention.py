"""What is kept only for a while goes by itself, and not a day too soon."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from members.actions.retention import (
    drop_old_codes,
    drop_statement_files,
    forget_gone,
    forget_rejected,
)
from members.choices import ApplicationStatus, PaymentMethod
from members.models import AccessCode, BankStatement, ColumnMapping
from tests import make
from umkm_portal.audit.models import AuditEntry
from umkm_portal.management.commands import tick
from umkm_portal.retention import tidy, tidy_once_a_day

TODAY = timezone.localdate
LONG_AGO = timedelta(days=3 * 365)


def rejected(owner, *, days: int):
    when = timezone.now() - timedelta(days=days)
    return make.business(owner, status=ApplicationStatus.REJECTED, decided_at=when)


@pytest.mark.parametrize(("days", "gone"), [(90, 0), (91, 1)])
def test_a_refused_application_goes_after_90_days(siti, days, gone) -> None:
    business = rejected(siti, days=days)

    assert forget_rejected(on=TODAY(), by=None, via="jadwal") == gone
    assert forget_rejected(on=TODAY(), by=None, via="jadwal") == 0

    business.refresh_from_db()
    assert (business.name == "Data dihapus") == bool(gone)
    assert AuditEntry.objects.filter(verb="business.retention_ended").count() == gone


def gone_person(**values):
    then = timezone.now() - LONG_AGO
    siti = make.user("siti", date_joined=then, last_login=then)
    business = make.business(siti, status=ApplicationStatus.CANCELLED, **values)
    type(business).objects.filter(pk=business.pk).update(created_at=then)
    return siti, business


def test_who_has_nothing_running_for_two_years_is_forgotten(db) -> None:
    siti, _business = gone_person()

    assert forget_gone(on=TODAY(), by=None, via="jadwal") == 1
    assert forget_gone(on=TODAY(), by=None, via="jadwal") == 0

    siti.refresh_from_db()
    assert siti.email == ""


def test_who_came_back_stays(db) -> None:
    siti, _business = gone_person()
    siti.last_login = timezone.now()
    siti.save()

    assert forget_gone(on=TODAY(), by=None, via="jadwal") == 0


def test_who_is_approved_by_pemkot_stays(db) -> None:
    siti, business = gone_person()
    make.business(siti, name="Kopi Siti")

    assert forget_gone(on=TODAY(), by=None, via="jadwal") == 0
    business.refresh_from_db()
    assert business.name == "Batik Siti"


def test_old_codes_go_after_a_year(siti, petugas) -> None:
    for days in (300, 400):
        AccessCode.objects.create(
            user=siti,
            code_digest=f"{days}",
            issued_by=petugas,
            expires_at=timezone.now() - timedelta(days=days),
        )

    assert drop_old_codes(on=TODAY(), by=None, via="jadwal") == 1
    assert AccessCode.objects.get().code_digest == "300"


def test_the_banks_file_goes_after_90_days_and_its_lines_stay(
    bendahara, django_capture_on_commit_callbacks
) -> None:
    file = ContentFile(b"tanggal;jumlah", name="mutasi/ab/x.csv")
    statement = BankStatement.objects.create(
        name="mutasi.csv",
        file=file,
        digest="a" * 64,
        uploaded_by=bendahara,
        read_at=timezone.now(),
        method=PaymentMethod.TRANSFER,
        mapping=ColumnMapping.objects.create(
            name="Bank Contoh",
            header=["tanggal", "jumlah"],
            header_row=0,
            date_column=0,
            amount_column=1,
            method=PaymentMethod.TRANSFER,
            changed_by=bendahara,
        ),
    )
    storage, name = statement.file.storage, statement.file.name
    assert drop_statement_files(on=TODAY() + timedelta(days=90), by=None, via="jadwal") == 0

    with django_capture_on_commit_callbacks(execute=True):
        late = TODAY() + timedelta(days=91)
        assert drop_statement_files(on=late, by=None, via="jadwal") == 1
        assert drop_statement_files(on=late, by=None, via="jadwal") == 0

    assert not storage.exists(name)


def test_it_is_done_once_a_day_and_says_what_went(siti, fresh_limits, caplog) -> None:
    rejected(siti, days=100)

    with caplog.at_level("INFO", logger="umkm_portal.retention"):
        first = tidy_once_a_day(timezone.now())

    assert first["rejected applications"] == 1
    assert "1 rejected applications" in caplog.text
    assert tidy_once_a_day(timezone.now()) == {}
    assert tidy(timezone.now())["rejected applications"] == 0


def test_one_failing_step_does_not_keep_the_others(db, monkeypatch) -> None:
    done = []

    def fails(now):
        raise RuntimeError("no")

    monkeypatch.setattr(tick, "STEPS", (fails, done.append))

    with pytest.raises(CommandError, match="1 of 2"):
        call_command("tick")

    assert len(done) == 1


def test_the_tick_runs_every_step(db) -> None:
    cache.clear()

    call_command("tick")
