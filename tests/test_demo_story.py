"""The demo's story, told once by the real actions: it takes a good part of a minute."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from catalog.actions.product_import_undo import may_undo
from catalog.choices import ProductStatus
from catalog.models import Product, ProductImport
from events.choices import EventKind, EventState, PlaceStatus, RegistrationStatus
from events.models import (
    AllocationRun,
    BoothPlace,
    Certificate,
    Event,
    EventDay,
    EventProposal,
    EventSeries,
    Registration,
    SalesReport,
)
from events.models.sales import to_report, without_report
from events.reports.results import published_sums
from members.choices import ApplicationStatus, InvoiceStatus, MembershipState
from members.models import Business, DuesInvoice, DuesProof, KadinMembership, User
from tests.commands import run
from umkm_portal.demo.cast import ACCOUNTS, PASSWORD, SITI
from umkm_portal.demo.clock import FRIDAY, coming_friday

JAKARTA = ZoneInfo("Asia/Jakarta")


def test_the_story_shows_every_state_and_moves_on_with_the_days(
    db, settings, client, time_machine
) -> None:
    settings.DEMO = True
    run("seed_demo")

    check_story(client)
    check_second_run()
    check_move(time_machine)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 12, 4, 10, 30, tzinfo=JAKARTA),
        datetime(2026, 12, 5, 9, tzinfo=JAKARTA),
        datetime(2026, 12, 31, 22, tzinfo=JAKARTA),
        datetime(2028, 2, 29, 8, tzinfo=JAKARTA),
    ],
    ids=["friday market", "saturday after it", "last of the year", "leap day"],
)
def test_the_story_is_whole_whatever_day_it_is_told_on(
    db, settings, client, time_machine, moment
) -> None:
    settings.DEMO = True
    time_machine.move_to(moment)
    run("seed_demo")

    check_story(client)


def check_story(client) -> None:
    check_businesses_and_products()
    check_dues()
    check_a_training_that_is_over()
    check_agenda()
    check_accounts(client)


def check_a_training_that_is_over() -> None:
    """Siti's paper lies in her page; others have answered, she still may."""
    mine = Certificate.objects.standing().get(registration__business__owner__email=SITI)
    seats = Registration.objects.registered().filter(event=mine.registration.event)
    there = seats.filter(attendances__isnull=False)

    assert there.count() == Certificate.objects.count() == seats.count() - 2
    assert mine.registration.business.evidence.standing().filter(stage__code="P2").exists()
    assert mine.registration.event.feedback.count() == 5
    assert not hasattr(mine.registration, "feedback_given")
    assert {material.extension for material in mine.registration.event.materials.all()} == {
        "pdf",
        "",
    }


def check_businesses_and_products() -> None:
    statuses = Counter(Business.objects.values_list("status", flat=True))
    products = Counter(Product.objects.values_list("status", flat=True))

    assert Business.objects.verified().count() == 40
    assert set(statuses) == set(ApplicationStatus.values)
    assert statuses[ApplicationStatus.SUBMITTED] == 3
    assert Product.objects.count() == 120
    assert set(products) == set(ProductStatus.values)
    assert Product.objects.visible().count() > 100
    assert Product.objects.filter(sold_out=True).exists()
    assert not Product.objects.filter(photos=None).exists()
    assert len(set(Product.objects.values_list("photos__name", flat=True))) == 120 + 24
    assert Product.objects.filter(photos__position=2).count() == 12
    sheet = ProductImport.objects.get(business__owner__email=SITI)
    assert (sheet.updated, sheet.refused) == (2, 1)
    assert may_undo(sheet, at=timezone.now())
    late = Business.objects.exclude(decided_at=None).order_by("-decided_at").first()
    assert late is not None
    assert late.decided_at is not None
    assert late.decided_at < timezone.now()


def check_dues() -> None:
    today = timezone.localdate()
    members = KadinMembership.objects.prefetch_related("terms")
    states = Counter(membership.state(on=today) for membership in members)
    bills = Counter(DuesInvoice.objects.values_list("status", flat=True))

    assert set(states) == set(MembershipState)
    assert KadinMembership.objects.waiting().count() == 3
    assert set(bills) == set(InvoiceStatus.values)
    assert DuesInvoice.objects.overdue(on=today).exists()
    assert DuesProof.objects.waiting().count() == 2


def check_agenda() -> None:
    now = timezone.now()
    jbl = Event.objects.public().jbl()
    first = EventDay.objects.next_jbl_day(at=now)
    states = {
        event.state(at=now, seats_taken=event.registrations.registered().count())
        for event in Event.objects.with_days()
    }

    assert jbl.past(at=now).count() in {3, 4}
    assert jbl.past(at=now).exclude(result_omzet=None).count() == 1
    check_sales(jbl.past(at=now).with_days(), now)
    assert jbl.filter(series=None).count() == 5
    weekly = EventSeries.objects.get(template__kind=EventKind.JBL)
    assert weekly.events.filter(published=True).count() == 9
    assert len(weekly.dates(today=timezone.localdate())) == 9
    assert set(EventProposal.objects.values_list("status", flat=True)) == {"waiting", "refused"}
    assert Event.objects.public().filter(tags__contains=["Persiapan G20"]).count() == 2
    assert first is not None
    assert first.date.weekday() == FRIDAY
    assert first.places.standing().count() >= 12
    # By night the exhibition is not on.
    assert states | {EventState.ONGOING} == set(EventState)
    assert set(Event.objects.values_list("kind", flat=True)) == set(EventKind.values)
    assert set(Registration.objects.values_list("status", flat=True)) == set(
        RegistrationStatus.values
    )
    assert set(BoothPlace.objects.values_list("status", flat=True)) == set(PlaceStatus.values)
    check_turns(now)


def check_turns(now) -> None:
    """Quotas, seats shared out by turn, one out of turn, and an offer that waits for Siti."""
    run = AllocationRun.objects.get()
    offer = BoothPlace.objects.owned_by(User.objects.get(email=SITI)).get(day=run.day)
    quotas = run.day.event.quotas.all()
    taken = run.day.places.seated()

    assert offer.status == PlaceStatus.OFFERED
    assert offer.offer_until > now
    assert offer.explanation["position"] == 1
    assert run.day.event.edition.seats() - 1 <= taken.count() <= run.day.event.edition.seats()
    assert {quota.kecamatan is None for quota in quotas} == {True, False}
    assert {quota.office is None for quota in quotas} == {True, False}
    assert taken.exclude(override_reason="").count() == 1
    assert run.day.places.filter(status=PlaceStatus.WAITLISTED).count() > 10
    assert not run.day.places.undecided().filter(offer_until__lte=now).exists()


def check_sales(past, now) -> None:
    """One edition is locked, with a corrected report, and public; one still waits for some."""
    sums = published_sums(past, at=now)
    assert len(sums) == 1
    locked = past.get(pk=next(iter(sums)))
    there = BoothPlace.objects.present().filter(day__event=locked)
    reports = SalesReport.objects.filter(day__event=locked)
    assert 0 < reports.count() < there.count()
    assert reports.filter(corrections__reason__gt="").count() == 1
    assert {bool(said) for said in reports.values_list("booth_bracket", flat=True)} == {True, False}
    assert without_report(to_report(at=now)).exists()
    assert SalesReport.objects.exclude(day__event=locked).count() >= 15


def check_accounts(client) -> None:
    table = run("demo_accounts")

    for account in ACCOUNTS:
        assert account.email in table
    assert client.login(email=SITI, password=PASSWORD)
    siti = User.objects.get(email=SITI)
    coming = coming_friday(timezone.localdate())
    business = Business.objects.owned_by(siti).get()
    assert business.kadin.state(on=timezone.localdate()) == MembershipState.ACTIVE
    assert BoothPlace.objects.owned_by(siti).filter(day__date=coming).exists()
    assert Product.objects.owned_by(siti).visible().exists()


def check_second_run() -> None:
    before = (User.objects.count(), Product.objects.count(), Event.objects.count())

    assert "sudah ada" in run("seed_demo")
    assert (User.objects.count(), Product.objects.count(), Event.objects.count()) == before


def check_move(time_machine) -> None:
    friday = coming_friday(timezone.localdate())
    gaps = days_of_jbl(friday)
    for later in (timedelta(days=10), timedelta(days=28)):
        day = friday + later
        noon = timezone.now().replace(hour=5) + (day - timezone.localdate())
        time_machine.move_to(noon, tick=False)
        assert "maju" in run("seed_demo", "--move")
        assert "sesuai" in run("seed_demo", "--move")
        target = coming_friday(timezone.localdate())
        first = EventDay.objects.next_jbl_day(at=timezone.now())
        assert first is not None
        assert first.date == target
        assert days_of_jbl(target) == gaps
        check_dues()


def days_of_jbl(since) -> list[timedelta]:
    return [day - since for day in EventDay.objects.jbl().in_order().values_list("date", flat=True)]
