"""Whole stories in a real Chromium: a phone with and without JavaScript, and a staff desk.

def test_siti_…(phone_page, desk, live_server, siti):
    sign_in(phone_page, siti)
    phone_page.goto("/saya/")
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from members.models import User
from tests.journeys.signal import Signal

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds. A busy machine answers late; only what never comes is a failure.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """The portal alone: built files under their hashed names and photos come by our own code."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = lambda files: files.application
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def browser_args() -> list[str]:
    """A module that needs more of Chromium, such as a camera, has its own."""
    return QUIET


@pytest.fixture(scope="module")
def browser(browser_args: list[str]) -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread while it runs; Django's ORM refuses to work
    # beside one unless told. Per module, so that no other test runs under it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(executable_path=CHROMIUM, args=browser_args)
            yield opened
            opened.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open a page of somebody's own browser: `new_page(viewport=PHONE, javascript=False)`."""
    opened = []

    def open_page(*, viewport: dict[str, int], javascript: bool = True, url: str = "") -> Page:
        context = browser.new_context(
            base_url=url or live_server.url,
            viewport=viewport,
            java_script_enabled=javascript,
            has_touch=viewport == PHONE,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()


@pytest.fixture
def signal(live_server) -> Iterator[Signal]:
    """`new_page(url=signal.url)`, and then `signal.cut()` and `signal.mend()`."""
    wire = Signal(live_server.url)
    yield wire
    wire.close()


@pytest.fixture(params=[False, True], ids=["without JavaScript", "with JavaScript"])
def phone_page(new_page, request) -> Page:
    """An owner's phone, 360 px wide."""
    return new_page(viewport=PHONE, javascript=request.param)


@pytest.fixture
def desk(new_page) -> Page:
    """A staff desk, 1280 px wide."""
    return new_page(viewport=DESK)


def sign_in(page: Page, user: User) -> None:
    """Give this browser a session of the user, without the sign-in page."""
    client = Client()
    client.force_login(user)
    page.goto("/sehat/")
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": page.url.removesuffix("sehat/"),
            }
        ]
    )


def fits(page: Page) -> bool:
    """Nothing sticks out sideways, once the page is there whole."""
    page.wait_for_load_state()  # a click returns when the next page has begun, still empty
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the whole page in SHOTS, when that names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
