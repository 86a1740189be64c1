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
    """The rows with a question; commas or semicolons, with or without a byte order mark."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}") from error
    lines = text.splitlines()
    heading = lines[0] if lines else ""
    sign = max(",;\t", key=heading.count)
    rows = list(csv.DictReader(lines, delimiter=sign))
    names = {str(name).strip().lower(): str(name) for name in (rows[0] if rows else COLUMNS)}
    if not set(names) >= COLUMNS:
        raise CommandError(f"{path}: the columns must be query,expected_product")
    pairs = [[(row[names[column]] or "").strip() for column in sorted(COLUMNS)] for row in rows]
    return [(query, expected) for expected, query in pairs if query]
