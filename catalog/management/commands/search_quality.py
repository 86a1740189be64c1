import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.reports.search_quality import measure

COLUMNS = {"query", "expected_product"}


class Command(BaseCommand):
    help = "How well the search finds: misses first, then recall@5, recall@10 and MRR."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pairs", type=Path, help="CSV with the columns query,expected_product")

    def handle(self, *args: Any, **options: Any) -> None:
        quality = measure(_pairs(options["pairs"]))
        for miss in quality.misses:
            self.stdout.write(f"miss: {miss}")
        self.stdout.write(f"recall@5 {quality.recall(5):.2f}")
        self.stdout.write(f"recall@10 {quality.recall(10):.2f}")
        self.stdout.write(f"MRR {quality.mrr:.2f}")


def _pairs(path: Path) -> list[tuple[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}") from error
    if rows and not set(rows[0]) >= COLUMNS:
        raise CommandError(f"{path}: the columns must be query,expected_product")
    return [(row["query"] or "", row["expected_product"] or "") for row in rows]
