"""One page beside the bare view: requests a second, processor, latencies, queries, bytes."""

from __future__ import annotations

import re
import statistics
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import brotli

from tests.performance.pages import Page
from tests.performance.servers import Server

UNITS = {"us": 0.001, "ms": 1, "s": 1000}


class Round(NamedTuple):
    rate: float
    cpu: float
    p50: float
    p99: float


@dataclass
class Measured:
    """`ratio` is to B; times in milliseconds, `cpu` per request and with the database's."""

    name: str
    ratio: float
    spread: float
    rate: float
    cpu: float
    bare_cpu: float
    p50: float
    p99: float
    queries: int
    raw: int
    packed: int
    peer: str
    goal: str

    def asdict(self) -> dict[str, Any]:
        return asdict(self)


def measure(page: Page, bare: Server, server: Server, *, rounds: int, seconds: int) -> Measured:
    body, etag = server.fetch(page.path)
    headers = {"If-None-Match": etag} if page.known else {}
    load(server, page.path, 1, headers, crowd=page.crowd)
    pairs = [
        (
            load(bare, "/", max(1, seconds // 2), {}),
            load(server, page.path, seconds, headers, crowd=page.crowd),
        )
        for _round in range(rounds)
    ]
    ratios = [one.rate / base.rate for base, one in pairs]
    ours = [one for _base, one in pairs]
    return Measured(
        page.name,
        ratio=statistics.median(ratios),
        spread=max(ratios) - min(ratios),
        rate=statistics.median(one.rate for one in ours),
        cpu=statistics.median(one.cpu for one in ours),
        bare_cpu=statistics.median(base.cpu for base, _one in pairs),
        p50=statistics.median(one.p50 for one in ours),
        p99=statistics.median(one.p99 for one in ours),
        queries=0 if page.kept else queries(page.path)[0],
        raw=len(body),
        packed=len(brotli.compress(body, quality=5)),
        peer=page.peer,
        goal=page.goal,
    )


def load(
    server: Server, path: str, seconds: int, headers: dict[str, str], *, crowd: bool = False
) -> Round:
    """A new connection per request, as visitors come; `crowd`: each from another address."""
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "--latency", "-H", "Connection: close"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    if crowd:
        command += ["-s", str(Path(__file__).with_name("visitors.lua"))]
    used = server.cpu()
    text = subprocess.run(
        [*command, f"http://127.0.0.1:{server.port}{path}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    used = server.cpu() - used
    if "Non-2xx" in text and not headers:
        raise SystemExit(f"{path} was not answered with 200:\n{text}")
    done = int(re.search(r"(\d+) requests in", text)[1])
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    return Round(rate, used / max(done, 1) * 1000, _percentile(text, 50), _percentile(text, 99))


def _percentile(text: str, which: int) -> float:
    number, unit = re.search(rf"{which}%\s+([\d.]+)(us|ms|s)", text).groups()
    return float(number) * UNITS[unit]


def queries(path: str, *, user: Any = None) -> tuple[int, float]:
    """Of a second visit in this process: how many, and how long it took in milliseconds."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    if user is not None:
        client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        began = time.perf_counter()
        answer = client.get(path)
        took = (time.perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{path} was answered with {answer.status_code}")
    return len(seen), took
