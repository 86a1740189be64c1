from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.models import BoothPlace
from events.reports.fairness import gini
from umkm_portal.demo.year.checks import Broken
from umkm_portal.demo.year.play import Year
from umkm_portal.demo.year.sandbox import own_database


class Command(BaseCommand):
    help = "Play a year of markets and trainings in a database of its own, and check every week."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--businesses", type=int, default=3000)
        parser.add_argument("--weeks", type=int, default=52)
        parser.add_argument("--trainings", type=int, default=60)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        """The exit code is 1 when anything that must hold does not."""
        if min(options["businesses"], options["weeks"]) < 1 or options["trainings"] < 0:
            raise CommandError("Tulis paling sedikit satu usaha dan satu minggu.")
        year = Year(
            businesses=options["businesses"],
            weeks=options["weeks"],
            trainings=options["trainings"],
            seed=options["seed"],
            say=self._say,
        )
        with own_database() as name:
            self._say(f"Basis data sementara {name}; data portal tidak disentuh.")
            try:
                year.play()
            except Broken as broken:
                for sentence in broken.sentences:
                    self.stderr.write(sentence)
                raise CommandError("Ada yang tidak boleh terjadi; lihat di atas.") from None
            self._sum_up(year)

    def _sum_up(self, year: Year) -> None:
        ours = dict.fromkeys(year.first_come, 0)
        for business in BoothPlace.objects.standing().values_list("business_id", flat=True):
            ours[business] += 1
        for name, number in sorted(year.tallies.items()):
            self._say(f"{name}: {number}")
        for label, counts in [
            ("Giliran adil", ours),
            ("Siapa cepat dia dapat", year.first_come),
        ]:
            without = sum(not count for count in counts.values())
            self._say(
                f"{label}: Gini {gini(counts.values()):.3f}, {without} dari {len(counts)} yang "
                f"meminta tidak pernah dapat, paling banyak {max(counts.values(), default=0)} kali"
            )
        self._say("Semua aturan terpenuhi.")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
