import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Make database, cache table and static files fit this version; fill an empty demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--static", action="store_true", help="static files only")

    def handle(self, *args: Any, **options: Any) -> None:
        collect_static()
        if not options["static"]:
            self.prepare_database()

    def prepare_database(self) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if settings.DEMO and not get_user_model()._default_manager.exists():
            self.stdout.write("Basis data kosong: mengisi data contoh …")
            call_command("seed_demo", stdout=self.stdout)


def collect_static() -> bool:
    """Collect, hash and compress the static files, unless nothing changed; True when done.

    Takes seconds, so it is done only when a source, or the way to store it, is another.
    """
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".collected"
    state = static_state()
    if stamp.exists() and stamp.read_text() == state:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)
    return True


def static_state() -> str:
    """A digest of every source's name, size and time of change."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: str(found[0])):
            path = Path(storage.path(name))
            found = path.stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
