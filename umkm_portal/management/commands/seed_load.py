from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from members.models import Business
from umkm_portal.demo.load import Load, Untrue
from umkm_portal.demo.load_agenda import fill_agenda
from umkm_portal.demo.load_rows import NUMBER
from umkm_portal.demo.load_words import COMMON, MISTYPED, RARE


class Command(BaseCommand):
    help = "Add invented businesses and products up to a number, to see how the portal bears them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--products", type=int, required=True)
        parser.add_argument("--businesses", type=int, required=True)
        parser.add_argument("--events", type=int, default=0, help="a month, this and the next")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        """In a demo, or where nothing but such data is: never beside real businesses."""
        products, businesses = options["products"], options["businesses"]
        if not settings.DEMO and Business.objects.exclude(number__startswith=NUMBER).exists():
            raise CommandError(
                "Portal ini bukan peragaan dan sudah berisi usaha. Pakai portal lain (DEMO=1)."
            )
        if min(products, businesses, options["events"]) < 0 or (products and not businesses):
            raise CommandError("Tulis jumlah yang benar; produk perlu setidaknya satu usaha.")
        try:
            Load(seed=options["seed"], say=self._say).fill(products=products, businesses=businesses)
        except Untrue as difference:
            raise CommandError(f"Data uji tidak sama dengan tulisan portal. {difference}") from None
        if options["events"]:
            today = timezone.localdate()
            added = fill_agenda(options["events"], today=today, seed=options["seed"])
            self._say(f"{added} acara uji ditambahkan.")
        self._say(f"Kata di 60 % produk: {COMMON}. Di 0,5 %: {RARE}. Salah ketik: {MISTYPED}.")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
