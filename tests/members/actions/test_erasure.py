"""Siti asks to be forgotten, or to have something mended; 72 hours run."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from catalog.models import Product
from events.choices import PlaceStatus
from members.actions.data_requests import (
    ask_correction,
    ask_erasure,
    close_correction,
    refuse_request,
    withdraw_request,
)
from members.actions.documents import keep_ktp
from members.actions.erasure import carry_out_due_erasures, carry_out_erasure
from members.choices import DataRequestStatus
from members.models import BusinessPerson, DataRequest, DuesPayment, DuesProof, Owner, User
from tests import make
from tests.members import money
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

TRACES = ["siti@example.id", "81234567890", "Batik Siti", "Jl. Contoh No. 1", "Siti Aminah"]


@pytest.fixture
def asked(siti) -> DataRequest:
    return ask_erasure(siti, by=siti, via="web")


def test_she_asks_and_the_clock_says_72_hours(siti, asked) -> None:
    assert asked.due_at - asked.asked_at == timedelta(hours=72)
    assert Notice.objects.of(siti).get().purpose == "data_request_asked"


def test_asking_twice_is_one_request(siti, asked) -> None:
    assert ask_erasure(siti, by=siti, via="web") == asked


def test_she_may_think_again_until_it_is_done(siti, batik, asked) -> None:
    withdraw_request(asked, by=siti, via="web")
    withdraw_request(asked, by=siti, via="web")

    with time_machine.travel(asked.due_at + timedelta(minutes=1)):
        assert carry_out_due_erasures(at=timezone.now()) == 0
    batik.refresh_from_db()
    assert batik.name == "Batik Siti"


def test_staff_are_not_forgotten_this_way(petugas) -> None:
    with pytest.raises(ActionRefused, match="admin"):
        ask_erasure(petugas, by=petugas, via="web")


def test_nothing_names_her_any_more(
    siti, budi, batik, admin, bendahara, sekretariat, django_capture_on_commit_callbacks
) -> None:
    siti.name = "Siti Aminah"
    siti.save()
    make.owner(siti)
    keep_ktp(batik, content=b"\xff\xd8\xff scan", by=siti, via="web")
    product = make.product(batik)
    day = make.jbl_day()
    place = make.place(day, batik)
    payment = money.pay(money.bill(money.member(batik, by=sekretariat)), by=bendahara)
    Owner.objects.filter(user=siti).update(full_name="Siti Aminah")
    make.owner(budi, phone="+6281399998888")
    elsewhere = make.business(budi, name="Kopi Budi", order_phone="", street="Jl. Lain 2")
    for business, contact in [(elsewhere, "siti@example.id"), (batik, "81234567890")]:
        BusinessPerson.objects.create(
            business=business,
            user=siti if business == elsewhere else None,
            contact=contact,
            may_catalogue=True,
            may_market=False,
            invited_at=timezone.now(),
            accepted_at=timezone.now() if business == elsewhere else None,
            invited_by=budi,
        )
    asked = ask_erasure(siti, by=siti, via="web")

    with django_capture_on_commit_callbacks(execute=True):
        carry_out_erasure(asked, by=admin, via="admin")

    assert not Product.objects.filter(pk=product.pk).exists()
    place.refresh_from_db()
    assert place.status == PlaceStatus.CANCELLED
    assert DuesPayment.objects.get(pk=payment.pk).amount == 120_000
    assert list(_where_named()) == []


def _where_named():
    """Every text of every table but the trail and Django's own."""
    for model in apps.get_models():
        if model is AuditEntry or model.__module__.startswith(("django_tasks", "allauth")):
            continue
        texts = [
            f.attname
            for f in model._meta.concrete_fields
            if isinstance(f, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._default_manager.values(*texts) if texts else []:
            for name, value in row.items():
                if any(trace in str(value) for trace in TRACES):
                    yield f"{model.__name__}.{name}: {value}"


def test_the_files_are_gone_too(
    siti, batik, admin, sekretariat, django_capture_on_commit_callbacks
) -> None:
    scan = keep_ktp(batik, content=b"\xff\xd8\xff scan", by=siti, via="web")
    invoice = money.bill(money.member(batik, by=sekretariat))
    proof = DuesProof.objects.create(
        invoice=invoice, file=ContentFile(b"x", name="bukti/ab/x.jpg"), size=1, uploaded_by=siti
    )
    storage, names = scan.file.storage, [scan.file.name, proof.file.name]

    with django_capture_on_commit_callbacks(execute=True):
        carry_out_erasure(ask_erasure(siti, by=siti, via="web"), by=admin, via="admin")

    assert not any(storage.exists(name) for name in names)


def test_she_cannot_sign_in_and_her_page_is_gone(client, siti, batik, admin, asked) -> None:
    address = batik.get_absolute_url()
    client.force_login(siti)

    carry_out_erasure(asked, by=admin, via="admin")

    assert client.get("/saya/").status_code == 302
    assert client.get(address).status_code == 404


def test_done_twice_is_once(siti, admin, asked) -> None:
    carry_out_erasure(asked, by=admin, via="admin")
    carry_out_erasure(asked, by=admin, via="admin")

    assert AuditEntry.objects.filter(verb="person.erased").count() == 1


def test_the_last_letter_goes_to_her_address(
    siti, admin, asked, django_capture_on_commit_callbacks
) -> None:
    from umkm_portal.notices.letters import mail_account

    queued = []
    with django_capture_on_commit_callbacks(execute=True):
        carry_out_erasure(asked, by=admin, via="admin")
    for task in _queued(mail_account):
        mail_account.func(*task)
        queued.append(task[0])

    assert queued == ["siti@example.id"]
    assert mail.outbox[-1].subject == "Data Anda sudah dihapus"


def _queued(task):
    from django_tasks_db.models import DBTaskResult

    path = f"{task.func.__module__}.{task.func.__qualname__}"
    return [row.args_kwargs["args"] for row in DBTaskResult.objects.filter(task_path=path)]


def test_when_nobody_decides_the_schedule_does_it_at_the_end_of_the_clock(siti, asked) -> None:
    assert carry_out_due_erasures(at=asked.due_at - timedelta(seconds=1)) == 0
    assert carry_out_due_erasures(at=asked.due_at) == 1

    siti.refresh_from_db()
    assert (siti.name, siti.email, siti.is_active) == ("Data dihapus", "", False)


def test_the_admin_may_refuse_with_a_reason_and_she_is_told(siti, admin, asked) -> None:
    with pytest.raises(ActionRefused, match="jawabannya"):
        refuse_request(asked, answer=" ", by=admin, via="admin")

    refuse_request(asked, answer="Masih ada sengketa pembayaran.", by=admin, via="admin")

    assert Notice.objects.of(siti).filter(purpose="data_request_answered").exists()
    assert carry_out_due_erasures(at=asked.due_at) == 0
    with pytest.raises(ActionRefused, match="sudah selesai"):
        carry_out_erasure(asked, by=admin, via="admin")


def test_nobody_decides_about_himself(siti, asked) -> None:
    with pytest.raises(ActionRefused, match="petugas lain"):
        carry_out_erasure(asked, by=siti, via="admin")


def test_two_officers_at_once_erase_once(transactional_db) -> None:
    siti, admin = make.user("siti"), make.user("admin", is_staff=True)
    make.business(siti)
    asked = ask_erasure(siti, by=siti, via="web")

    told = all_at_once(lambda _turn: carry_out_erasure(asked, by=admin, via="admin"), range(3))

    assert told == ["done"] * 3

    assert AuditEntry.objects.filter(verb="person.erased").count() == 1


def test_asked_twice_at_once_is_one_request(transactional_db) -> None:
    siti = make.user("siti")

    told = all_at_once(lambda _turn: ask_erasure(siti, by=siti, via="web"), range(4))

    assert told == ["done"] * 4

    assert DataRequest.objects.count() == 1


def test_a_correction_waits_and_more_words_join_it(siti, admin) -> None:
    first = ask_correction(siti, text="Nama saya salah eja.", by=siti, via="web")
    again = ask_correction(siti, text="Alamat juga pindah.", by=siti, via="web")
    ask_correction(siti, text="Alamat juga pindah.", by=siti, via="web")

    assert again == first
    assert again.text == "Nama saya salah eja.\n\nAlamat juga pindah."
    closed = close_correction(again, answer="Nama sudah dibetulkan.", by=admin, via="admin")
    assert closed.status == DataRequestStatus.DONE
    with pytest.raises(ActionRefused, match="bukan permintaan penghapusan"):
        carry_out_erasure(closed, by=admin, via="admin")


def test_an_empty_correction_is_refused(siti) -> None:
    with pytest.raises(ActionRefused, match="data mana"):
        ask_correction(siti, text="  ", by=siti, via="web")


def test_the_database_keeps_the_clock(siti) -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError, match="due_after"), transaction.atomic():
        DataRequest.objects.create(user=siti, kind="erasure", asked_at=now, due_at=now)


def test_others_keep_their_data(siti, batik, budi, admin, asked) -> None:
    other = make.business(budi, name="Kopi Budi")
    kept = make.product(other)

    carry_out_erasure(asked, by=admin, via="admin")

    assert Product.objects.filter(pk=kept.pk).exists()
    assert User.objects.get(pk=budi.pk).email == "budi@example.id"
