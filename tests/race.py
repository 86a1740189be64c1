"""Run the same thing in several database connections at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from umkm_portal.lib.errors import ActionRefused


def all_at_once(do: Callable[[Any], object], things: Iterable[Any]) -> list[str]:
    """Return what became of each call: "done", "refused", or the name of an error.

    The barrier makes the calls meet; without it they follow one another and pass without a lock.
    """
    things = list(things)
    start = threading.Barrier(len(things))
    outcomes: list[str] = []

    def run(thing: Any) -> None:
        connection.ensure_connection()
        start.wait()
        try:
            do(thing)
            outcomes.append("done")
        except ActionRefused:
            outcomes.append("refused")
        except Exception as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[thing]) for thing in things]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)
