"""The end of a paid year is spoken of four times, once each; what was not sent says why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import DateRange

from members.actions.consents import give_consents
from members.actions.dues import submit_proof
from members.actions.membership import suspend_membership
from members.actions.reminders import BATCH, remind_due
from members.choices import ConsentPurpose, InvoiceStatus, ReminderOutcome, ReminderRule
from members.models import (
    DuesInvoice,
    KadinMembership,
    MembershipTerm,
    ReminderLog,
    User,
)
from tests import make
from tests.members import money
from tests.race import all_at_once
from umkm_portal.notices.models import Notice

ALL = list(ReminderRule)


def noon(day: date) -> str:
    return f"{day}T12:00:00+07:00"


@pytest.fixture
def paid(batik, sekretariat, bendahara) -> MembershipTerm:
    """Siti paid on 1 July 2026: her year's last day is 30 June 2027."""
    with time_machine.travel(noon(date(2026, 7, 1)), tick=False):
        member = money.member(batik, by=sekretariat)
        money.pay(member.invoices.get(), by=bendahara)
    return member.terms.get()


def on(day: date) -> int:
    with time_machine.travel(noon(day), tick=False):
        return remind_due(on=day, by=None, via="jadwal")


def letters(owner: User) -> list[str]:
    kinds = ["dues_reminder", "dues_lapsed"]
    return list(
        Notice.objects.of(owner)
        .filter(purpose__in=kinds)
        .order_by("pk")
        .values_list("key", flat=True)
    )


def test_two_years_of_days_run_twice_each_speak_of_each_year_once(paid, siti, bendahara) -> None:
    """The second year is spoken of again; she renews ten days after its first end."""
    member, day = paid.membership, date(2027, 5, 1)
    while day < date(2029, 2, 1):
        with time_machine.travel(noon(day), tick=False):
            remind_due(on=day, by=None, via="jadwal")
            remind_due(on=day, by=None, via="jadwal")
            if day == date(2027, 7, 10):
                money.pay(money.bill(member), by=bendahara, on=day)
        day += timedelta(days=1)

    first, second = member.terms.order_by("pk")
    assert (first.last_day, second.last_day) == (date(2027, 6, 30), date(2028, 6, 30))
    assert letters(siti) == ["H-30", "H-7", "H+1", "H-30", "H-7", "H+1", "H+30"]
    last = ReminderLog.objects.get(term=first, rule=ReminderRule.AFTER_30)
    assert last.line == "H+30 tidak dikirim: sudah diperpanjang"
    assert ReminderLog.objects.count() == 8


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        (ReminderRule.BEFORE_30, date(2027, 5, 31)),
        (ReminderRule.BEFORE_7, date(2027, 6, 23)),
        (ReminderRule.AFTER_1, date(2027, 7, 1)),
        (ReminderRule.AFTER_30, date(2027, 7, 30)),
    ],
)
def test_each_rule_has_its_day(paid, rule, day) -> None:
    on(day - timedelta(days=1))
    assert not ReminderLog.objects.filter(rule=rule).exists()
    on(day)
    assert ReminderLog.objects.get(rule=rule).outcome == ReminderOutcome.SENT


def test_the_letter_says_how_much_until_when_and_what_is_lost(paid, siti) -> None:
    on(date(2027, 5, 31))

    letter = Notice.objects.of(siti).get(purpose="dues_reminder")
    assert letter.subject == "Keanggotaan berakhir 30 Juni 2027"
    for said in [
        "Rp120.000",
        "Rabu, 30 Juni 2027",
        "kartu anggota tidak berlaku",
        "/t/",
        "otomatis",
    ]:
        assert said in letter.body
    assert len(letter.body.splitlines()) <= 20


def test_the_letter_after_the_end_says_how_long_grace_lasts(paid, siti) -> None:
    on(date(2027, 7, 1))
    letter = Notice.objects.of(siti).get(purpose="dues_lapsed")
    assert letter.subject == "Keanggotaan sudah berakhir 30 Juni 2027"
    assert "Masa tenggang sampai Jumat, 30 Juli 2027" in letter.body


def reason(rule: ReminderRule = ReminderRule.BEFORE_30) -> str:
    log = ReminderLog.objects.get(rule=rule)
    assert log.outcome == ReminderOutcome.SKIPPED
    return log.reason


def test_a_suspended_member_is_not_reminded(paid, siti, sekretariat) -> None:
    suspend_membership(paid.membership, reason="Alamat palsu.", by=sekretariat, via="admin")
    on(date(2027, 5, 31))
    assert reason() == "keanggotaan ditangguhkan"
    assert letters(siti) == []


def test_who_paid_early_is_not_reminded(paid, siti, bendahara) -> None:
    with time_machine.travel(noon(date(2027, 6, 10)), tick=False):
        money.pay(money.bill(paid.membership), by=bendahara)
    on(date(2027, 6, 23))
    assert reason(ReminderRule.BEFORE_7) == "sudah diperpanjang"


def test_a_closed_account_is_not_reminded(paid, siti) -> None:
    User.objects.filter(pk=siti.pk).update(is_active=False)
    on(date(2027, 5, 31))
    assert reason() == "akun pemilik tidak aktif atau sudah dihapus"


def test_who_took_the_consent_back_is_not_reminded(paid, siti) -> None:
    give_consents(siti, purposes=[ConsentPurpose.MEMBERSHIP], by=siti, via="web")
    siti.consents.update(withdrawn_at="2027-01-01T00:00:00+07:00")
    on(date(2027, 5, 31))
    assert reason() == "persetujuan keanggotaan ditarik"


def test_who_left_kadin_is_not_reminded(paid) -> None:
    KadinMembership.objects.update(status="cancelled")
    on(date(2027, 5, 31))
    assert reason() == "tidak lagi tercatat di Kadin"


def test_whose_proof_is_being_checked_is_not_pressed(paid, siti) -> None:
    with time_machine.travel(noon(date(2027, 6, 10)), tick=False):
        submit_proof(money.bill(paid.membership), money.picture(), by=siti, via="web")
    on(date(2027, 6, 23))
    assert reason(ReminderRule.BEFORE_7) == "bukti pembayaran sedang diperiksa"


def test_what_was_missed_is_not_sent_in_a_heap(paid, siti) -> None:
    """The portal stood still from May to 5 July: one letter, not three."""
    on(date(2027, 7, 4))
    assert letters(siti) == ["H+1"]
    assert reason(ReminderRule.BEFORE_7) == "terlewat 11 hari, layanan sempat berhenti"


def test_who_has_no_address_finds_it_in_the_inbox(paid, siti) -> None:
    User.objects.filter(pk=siti.pk).update(email="", phone="+6281200000001")
    on(date(2027, 5, 31))
    log = ReminderLog.objects.get()
    assert (log.outcome, log.reason) == (ReminderOutcome.INBOX, "pemilik tidak punya e-mail")
    assert letters(siti) == ["H-30"]


def test_history_from_elsewhere_is_left_alone(paid) -> None:
    assert on(paid.last_day + timedelta(days=500)) == 0


def test_the_clock_reminds_by_day_and_not_by_night(paid, siti) -> None:
    with time_machine.travel("2027-05-31T05:00:00+07:00"):
        call_command("tick")
    assert letters(siti) == []
    with time_machine.travel("2027-05-31T08:00:00+07:00"):
        call_command("tick")
    assert letters(siti) == ["H-30"]


def many(count: int) -> None:
    """Members whose year ends on 30 June 2027, made row by row as an import would."""
    for n in range(count):
        business = make.business(make.user(f"anggota{n}"), name=f"Usaha {n}")
        member = KadinMembership.objects.create(
            business=business,
            number=f"JSP-KDN-2026-9{n:05d}",
            status="approved",
            card_code=f"KARTU{n:05d}",
            requested_at="2026-07-01T00:00:00+07:00",
        )
        invoice = DuesInvoice.objects.create(
            membership=member,
            number=f"INV-KJS-2026-9{n:05d}",
            amount=120_000,
            issued_on=date(2026, 7, 1),
            due_on=date(2026, 7, 15),
            status=InvoiceStatus.PAID,
        )
        MembershipTerm.objects.create(
            membership=member,
            invoice=invoice,
            period=DateRange(date(2026, 7, 1), date(2027, 7, 1)),
        )


@pytest.mark.parametrize("count", [1, 3])
def test_looking_costs_the_same_for_one_and_three(db, count, django_assert_max_num_queries) -> None:
    many(count)
    KadinMembership.objects.update(suspended_at="2027-01-01T00:00:00+07:00")
    with django_assert_max_num_queries(40):
        assert on(date(2027, 6, 23)) == 2 * count
    with django_assert_max_num_queries(6):
        assert on(date(2027, 6, 23)) == 0


def test_a_big_crowd_is_taken_in_portions(db) -> None:
    many(BATCH + 2)
    assert [on(date(2027, 5, 31)) for _run in range(3)] == [BATCH, 2, 0]


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_send_one_letter() -> None:
    many(3)
    day = date(2027, 5, 31)

    outcomes = all_at_once(lambda n: remind_due(on=day, by=None, via="jadwal"), range(4))

    assert outcomes == ["done"] * 4
    remind_due(on=day, by=None, via="jadwal")
    assert Notice.objects.filter(purpose="dues_reminder").count() == 3
    assert ReminderLog.objects.count() == 3
