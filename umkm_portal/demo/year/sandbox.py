"""A database that exists only as long as it is needed, beside the portal's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

NAME = "umkm_simulasi_{pid}"


@contextmanager
def own_database(*, prepared: bool = True) -> Iterator[str]:
    """All queries of this process go to a new, migrated database, which is dropped at the end.

    The portal's own is only asked to make and drop it; no row of it is read or written.
    """
    home, name = connection.settings_dict["NAME"], NAME.format(pid=os.getpid())
    quoted = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0")
    connection.close()
    try:
        _go_to(name)
        if prepared:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        yield name
    finally:
        _go_to(home)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")


def _go_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
