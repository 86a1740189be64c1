"""The demo: drawn pictures, one story told by the real actions, dates that move on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from PIL import Image, ImageStat

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
from umkm_portal.demo import craft, keepsakes
from umkm_portal.demo.cast import ACCOUNTS, PASSWORD, SITI
from umkm_portal.demo.clock import FRIDAY, Timeline, coming_friday, moment
from umkm_portal.demo.people import rows
from umkm_portal.demo.pictures import draw_picture, motif_for, picture_file
from umkm_portal.environment import ROOT

JAKARTA = ZoneInfo("Asia/Jakarta")
NAMES = [row["product"] for row in rows("demo_products.csv")]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


# Pictures


def test_a_picture_is_as_large_as_the_advice_to_sellers() -> None:
    photo = Image.open(BytesIO(picture_file("Bir Pletok Botol 500 ml")))

    assert (photo.format, photo.size) == ("JPEG", (1200, 900))


def test_no_two_pictures_are_alike_and_none_is_a_plain_box() -> None:
    seen = set()
    for name in NAMES[::4]:
        small = draw_picture(name).resize((80, 60))
        commonest = max(count for count, _colour in small.getcolors(80 * 60) or [(0, 0)])

        assert commonest < 0.75 * 80 * 60, name
        assert max(ImageStat.Stat(small).stddev) > 20, name
        seen.add(small.tobytes())
    assert len(seen) == len(NAMES[::4])


def test_every_product_of_the_list_has_a_motif_of_its_own_kind() -> None:
    boxes = [name for name in NAMES if motif_for(name) is keepsakes.gift_box]

    assert boxes == ["Kotak Hampers Kertas"]
    assert motif_for("Vas Bunga Mini") is craft.vase
    assert motif_for("Sepatu Kanvas Lukis") is not craft.vase


def test_the_same_name_gives_the_same_picture() -> None:
    assert picture_file("Kain Batik Cap") == picture_file("Kain Batik Cap")


# The clock of the story


def test_steps_happen_in_order_each_at_its_moment(db) -> None:
    seen = []
    timeline = Timeline(timezone.now())
    timeline.ago(1, lambda: seen.append(("later", timezone.localdate())))
    timeline.ago(5, lambda: seen.append(("first", timezone.localdate())))

    assert timeline.run() == 2
    assert [name for name, _day in seen] == ["first", "later"]
    assert seen[0][1] == timezone.localdate() - timedelta(days=5)


def test_the_real_clock_comes_back_after_a_step_that_fails() -> None:
    before = timezone.now
    with pytest.raises(ZeroDivisionError), moment(timezone.now()):
        raise ZeroDivisionError

    assert timezone.now is before


def test_the_coming_friday_may_be_today() -> None:
    today = timezone.localdate()
    days = [coming_friday(today + timedelta(days=i)) for i in range(7)]

    assert {day.weekday() for day in days} == {FRIDAY}
    assert coming_friday(days[0]) == days[0]


# Who may have it


@pytest.mark.parametrize("arguments", [["seed_demo"], ["seed_demo", "--move"]])
def test_a_real_portal_refuses_demo_data(db, settings, arguments) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=1"):
        call_command(*arguments)
    assert not User.objects.exists()


def test_a_real_portal_shows_no_demo_accounts(db, settings) -> None:
    settings.DEMO = False

    assert run("demo_accounts") == ""


def test_a_demo_without_its_story_shows_no_accounts_and_moves_nothing(db, settings) -> None:
    settings.DEMO = True

    assert run("demo_accounts") == ""
    assert "sesuai" in run("seed_demo", "--move")


@pytest.mark.parametrize(
    ("given", "totp"),
    [
        ({"DEMO": "1"}, "off"),
        ({"DEMO": "1", "STAFF_TOTP": "on"}, "on"),
        ({"DEMO": "0"}, ""),
    ],
)
def test_only_a_demo_lets_staff_in_without_a_code(tmp_path, given, totp) -> None:
    bare = {k: v for k, v in os.environ.items() if k not in {"DEMO", "STAFF_TOTP"}}
    show = "import os; print(os.environ.get('STAFF_TOTP', ''))"
    seen = subprocess.run(
        [sys.executable, "-m", "umkm_portal.environment", sys.executable, "-c", show],
        env=bare | given | {"DATA_DIR": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert seen.stdout.strip() == totp


# The story, told once: it takes a good part of a minute


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
