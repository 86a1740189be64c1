from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from umkm_portal.demo.moving import move_to_today
from umkm_portal.demo.story import is_told, tell


class Command(BaseCommand):
    help = "Fill an empty portal with invented businesses, or move their dates on to today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--move", action="store_true", help="only move the dates on")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Data contoh hanya untuk peragaan. Jalankan dengan DEMO=1.")
        if options["move"]:
            days = move_to_today()
            self.stdout.write(
                f"Tanggal data contoh maju {days} hari." if days else "Tanggal sudah sesuai."
            )
        elif is_told():
            self.stdout.write("Data contoh sudah ada; tidak ada yang ditambahkan.")
        else:
            tell(self._say)

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
