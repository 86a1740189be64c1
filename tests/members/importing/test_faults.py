"""A fault in mid-import leaves nothing behind, and trying again completes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from members.actions.import_batch import confirm_import, hold_writing, upload_members
from members.actions.numbering import draw_number
from members.choices import ImportState, Role
from members.import_job import requeue_stalled_imports
from members.member_import import work_on
from members.member_resource import MemberResource
from members.models import Business, ImportBatch, KadinMembership, Owner, User
from tests import make
from tests.members.importing.sheets import ANI, check, counts, csv, xlsx
from tests.race import all_at_once
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.setup import load_after_migrate

MANY = 1_200
PLAIN = {**ANI, "nik": "", "nib": "", "kadin_number": ""}


def many() -> bytes:
    return csv(*({**PLAIN, "full_name": f"Pemilik {n}", "name": f"Usaha {n}"} for n in range(MANY)))


@pytest.fixture
def boss(transactional_db) -> User:
    load_after_migrate()
    return make.staff("boss", Role.ADMIN)


def confirmed(content: bytes, by: User) -> ImportBatch:
    batch = check(content, by)
    assert batch.state == ImportState.CHECKED, batch.problems[:3]
    return confirm_import(batch, tell_owners=False, by=by, via="admin")


def nothing_written() -> bool:
    return not any(model.objects.exists() for model in (Business, KadinMembership, Owner))


def test_the_database_restarted_in_mid_import_leaves_nothing_and_the_next_try_all(
    boss, monkeypatch
) -> None:
    """A restart ends every connection of the server; so does this, to ours alone."""
    batch = confirmed(many(), boss)
    take = MemberResource.take
    taken = []

    def cut_after_the_first_chunk(self, dataset, *, dry_run):
        taken.append(dataset)
        if len(taken) == 2:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                (pid,) = cursor.fetchone()
            other = connection.copy()
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
            other.close()
        take(self, dataset, dry_run=dry_run)

    monkeypatch.setattr(MemberResource, "take", cut_after_the_first_chunk)
    with pytest.raises(DatabaseError):
        work_on(batch.pk)
    connections.close_all()
    monkeypatch.undo()

    assert nothing_written()
    batch.refresh_from_db()
    assert batch.state == ImportState.WRITING
    assert batch.rows_done == 500, "what was said beside the transaction stays"

    later = timezone.now() + timedelta(minutes=3)
    assert requeue_stalled_imports(at=later) == 1
    assert requeue_stalled_imports(at=later) == 0, "once a stall"
    work_on(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, counts(batch)) == (ImportState.DONE, (MANY, 0, 0, 0))
    assert Business.objects.count() == MANY


def test_a_job_that_comes_second_finds_nothing_to_do(boss) -> None:
    batch = confirmed(xlsx(ANI), boss)
    work_on(batch.pk)

    assert work_on(batch.pk) is None
    assert Business.objects.count() == 1


def test_the_clock_queues_what_stalled(boss) -> None:
    batch = confirmed(xlsx(ANI), boss)
    ImportBatch.objects.update(touched_at=timezone.now() - timedelta(minutes=3))
    DBTaskResult.objects.all().delete()

    call_command("tick")

    assert DBTaskResult.objects.filter(task_path="members.import_job.import_job").count() == 1
    assert batch.pk


def test_a_file_that_fails_again_and_again_is_given_up(boss) -> None:
    batch = check(xlsx(ANI), boss)
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.TO_WRITE, tries=5)

    work_on(batch.pk)

    batch.refresh_from_db()
    assert batch.state == ImportState.REFUSED
    assert "Gangguan" in batch.refusal


def test_two_imports_at_once_are_one_after_the_other(boss) -> None:
    one, two = (
        check(xlsx({**PLAIN, "full_name": name, "name": f"Usaha {name}"}), boss)
        for name in ("Satu", "Dua")
    )

    outcomes = all_at_once(
        lambda batch: confirm_import(batch, tell_owners=False, by=boss, via="admin"), [one, two]
    )

    assert outcomes == ["done", "refused"]
    with pytest.raises(ActionRefused):
        confirm_import(
            ImportBatch.objects.get(state=ImportState.CHECKED),
            tell_owners=False,
            by=boss,
            via="admin",
        )


def test_the_same_file_sent_twice_at_once_is_one_batch(boss) -> None:
    content = xlsx(ANI)

    outcomes = all_at_once(
        lambda name: upload_members(content, name=name, by=boss, via="admin"), ["a", "b", "c"]
    )

    assert outcomes == ["done"] * 3
    assert ImportBatch.objects.count() == 1


def test_two_workers_write_a_file_once(boss) -> None:
    batch = confirmed(xlsx(ANI), boss)

    outcomes = all_at_once(work_on, [batch.pk, batch.pk])

    assert outcomes == ["done", "done"]
    assert Business.objects.count() == 1
    batch.refresh_from_db()
    assert batch.state == ImportState.DONE


def test_a_running_import_keeps_nobody_waiting_who_registers(boss, monkeypatch) -> None:
    """The numbers of an import are of other series than those of everybody else."""
    batch = confirmed(xlsx(ANI), boss)
    take = MemberResource.take
    seen = []

    def register_meanwhile(self, dataset, *, dry_run):
        take(self, dataset, dry_run=dry_run)
        seen.extend(all_at_once(lambda series: draw_number(series, year=2026), ["JKP", "JSP-KDN"]))

    monkeypatch.setattr(MemberResource, "take", register_meanwhile)
    work_on(batch.pk)

    assert seen == ["done", "done"]


def test_only_one_may_write(boss) -> None:
    from django.db import transaction

    outcomes = []
    with transaction.atomic():
        assert hold_writing()
        all_at_once(lambda _n: outcomes.append(hold_writing()), [1])
    assert outcomes == [False]


def test_what_changed_since_the_check_refuses_the_whole_file(boss) -> None:
    batch = confirmed(
        xlsx({**PLAIN, "full_name": "Beni", "name": "Roti Beni"}, {**ANI, "nik": ""}), boss
    )
    other = make.user("siti")
    make.business(other, nib=ANI["nib"])

    work_on(batch.pk)

    batch.refresh_from_db()
    assert batch.state == ImportState.REFUSED
    assert "berubah sejak" in batch.refusal
    assert [line for line, _said in batch.problems] == [3]
    assert Business.objects.count() == 1
