"""Market morning through nginx with deploy/nginx.conf, against nginx with a file of 20 KB.

    .venv/bin/python -m tests.performance.front

On the bench's own data; `make bench` ends with it. Writes front.md beside this. Plain HTTP, since a
handshake for each request would hide everything else.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from django.db import connection
from django.utils import timezone

from tests.front import Places, nginx_command, ours
from tests.performance import bench
from tests.performance.bare import PAGE
from tests.performance.servers import Server, _wait_until_up, gunicorn

if TYPE_CHECKING:
    from events.models import EventDay
    from tests.performance.measure import Round

BARE, PORTAL, FRONT, FILE = 18971, 18972, 18973, 18974
ROUNDS, SECONDS = 3, 3
SELLERS = 60
RESULTS = Path(__file__).with_name("front.md")
STATIC = """
server {
    listen 127.0.0.1:%d;
    location / { root %s; index b.html; }
}
"""
PACKED = {"Accept-Encoding": "gzip, deflate, br"}


def conf(folder: Path) -> str:
    """Our file without TLS, and a file to compare with."""
    text = ours(Places(folder, PORTAL, FRONT, FRONT + 9))
    text = re.sub(r"\n    ssl_[^\n]+", "", text).replace(" ssl http2;", ";")
    (folder / "b").mkdir()
    (folder / "b/b.html").write_text(PAGE)
    return text + STATIC % (FILE, folder / "b")


@contextmanager
def nginx() -> Iterator[tuple[Server, Server]]:
    """Our front, and nginx with the file: one program."""
    with tempfile.TemporaryDirectory(prefix="umkm-front-") as name:
        folder = Path(name)
        started = subprocess.Popen(nginx_command(folder, conf(folder)))
        try:
            process = psutil.Process(started.pid)
            front, file = Server(FRONT, process), Server(FILE, process)
            _wait_until_up(front)
            yield front, file
        finally:
            started.terminate()
            started.wait(20)


def measure(data_dir: Path) -> list[str]:
    from tests.performance.measure import load  # needs Django's set-up

    day = market()
    lines = ["| through nginx | ÷ nginx static | ÷ B | p50 ms | p99 ms |", "|---|---|---|---|---|"]
    settings = {"DJANGO_SETTINGS_MODULE": "tests.performance.bare"}
    own = {"DJANGO_SETTINGS_MODULE": "umkm_portal.settings", "TRUSTED_PROXIES": "127.0.0.1"}
    with (
        gunicorn("tests.performance.bare:application", BARE, **settings) as bare,
        gunicorn("umkm_portal.wsgi:application", PORTAL, data_dir=data_dir, **own) as portal,
        nginx() as (front, file),
    ):
        for page in ("/jumat/", "/katalog/"):
            known = {"If-None-Match": front.fetch(page)[1]}
            for name, headers in {"": {}, ", br": PACKED, ", 304": known}.items():
                load(front, page, 1, headers)
                rounds = []
                for _round in range(ROUNDS):
                    base = load(bare, "/", 2, {}), load(file, "/", 2, {})
                    rounds.append((*base, load(front, page, SECONDS, headers)))
                lines.append(line(f"`{page}`{name}", rounds))
                print(lines[-1], flush=True)
        with sellers_come(day) as ticked:
            rounds = [
                (load(bare, "/", 2, {}), load(file, "/", 2, {}), load(front, "/jumat/", 5, PACKED))
                for _round in range(ROUNDS)
            ]
        lines.append(line("`/jumat/`, br, while sellers come", rounds))
        print(lines[-1], flush=True)
        lines.append(f"\nMeanwhile {len(ticked)} sellers were ticked off, one a second.")
        lines.append(f"\nOf the portal behind it, {portal.memory():.0f} MB a worker.")
    return lines


def market() -> EventDay:
    """The next market day, with sellers: the bench's own data may have none."""
    from events.models import EventDay
    from members.models import Business
    from tests import make

    day = EventDay.objects.next_jbl_day(at=timezone.now()) or make.jbl_day()
    if not day.places.exists():
        for number, business in enumerate(Business.objects.order_by("pk")[:SELLERS], start=1):
            make.place(day, business, f"A{number:02}")
    return day


@contextmanager
def sellers_come(day: EventDay) -> Iterator[list[int]]:
    """Each second somebody is ticked off, and every worker throws its pages away."""
    places = list(day.places.values_list("pk", flat=True))
    ticked: list[int] = []
    ended = threading.Event()

    def tick() -> None:
        while not ended.wait(1):
            place = places[len(ticked) % len(places)]
            day.places.filter(pk=place).update(note=f"Datang ke-{len(ticked)}")
            ticked.append(place)
        connection.close()

    keeper = threading.Thread(target=tick)
    keeper.start()
    try:
        yield ticked
    finally:
        ended.set()
        keeper.join()


def line(name: str, rounds: list[tuple[Round, Round, Round]]) -> str:
    to_file = statistics.median(one.rate / file.rate for _bare, file, one in rounds)
    to_bare = statistics.median(one.rate / bare.rate for bare, _file, one in rounds)
    p50, p99 = (statistics.median(getattr(r[2], which) for r in rounds) for which in ("p50", "p99"))
    return f"| {name} | {to_file:.2f} | {to_bare:.2f} | {p50:.1f} | {p99:.1f} |"


def main() -> None:
    with bench.own_database() as data_dir:
        import django

        django.setup()
        bench.manage("prepare")
        lines = measure(data_dir)
    RESULTS.write_text("\n".join(["# Through deploy/nginx.conf, one run", "", *lines, ""]))


if __name__ == "__main__":
    main()
