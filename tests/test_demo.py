"""The demo: the clock of its story, and who may have it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from members.models import User
from tests.commands import run
from umkm_portal.demo.clock import FRIDAY, Timeline, coming_friday, moment
from umkm_portal.environment import ROOT


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
