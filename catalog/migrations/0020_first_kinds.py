"""More names and the first kinds of things, which staff edit from here on."""

import csv
from pathlib import Path

from django.db import migrations
from django.utils import timezone

DATA = Path(__file__).resolve().parents[2] / "data"
FILES = (("search_synonyms_id.csv", "sama"), ("search_kinds_id.csv", "termasuk"))


def fill(apps, schema_editor):
    synonyms = apps.get_model("catalog", "Synonym")
    rows = []
    for name, relation in FILES:
        with (DATA / name).open(encoding="utf-8", newline="") as lines:
            pairs = [tuple(row[:2]) for row in csv.reader(lines)][1:]
        rows += [
            synonyms(variant=variant, relation=relation, canonical=canonical)
            for variant, canonical in pairs
        ]
    synonyms.objects.bulk_create(rows, ignore_conflicts=True)
    if apps.get_model("catalog", "Product").objects.exists():
        now = timezone.now()
        # The minute's tick finds the open run and queues it.
        apps.get_model("catalog", "SearchReindex").objects.get_or_create(
            finished_at=None, defaults={"asked_at": now, "touched_at": now}
        )


class Migration(migrations.Migration):
    dependencies = [("catalog", "0019_kinds_of_things")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
