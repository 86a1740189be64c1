import datetime

from django.db import migrations, models
from django.db.models import F, Q

NIGHT = Q(closes_at__lt=F("opens_at"))


class Migration(migrations.Migration):
    """Wider than before, so nothing that stands is refused."""

    dependencies = [("events", "0004_editions")]

    operations = [
        migrations.RemoveConstraint("eventday", "event_day_closes_after_opening"),
        migrations.RemoveConstraint("eventday", "event_day_break_within_hours"),
        migrations.AddConstraint(
            "eventday",
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at"))
                | Q(closes_at__lt=F("opens_at"), closes_at__lte=datetime.time(6)),
                name="event_day_closes_after_opening",
                violation_error_message="Jam tutup harus sesudah jam buka, "
                "atau paling lambat 06.00 esok paginya.",
            ),
        ),
        migrations.AddConstraint(
            "eventday",
            models.CheckConstraint(
                condition=Q(break_from__isnull=True, break_to__isnull=True)
                | Q(break_from__isnull=False, break_to__isnull=False)
                & (
                    Q(break_from__gte=F("opens_at"))
                    & Q(break_from__lt=F("break_to"))
                    & Q(break_to__lte=F("closes_at"))
                    | NIGHT
                    & (
                        Q(break_from__gte=F("opens_at")) & Q(break_from__lt=F("break_to"))
                        | Q(break_from__lt=F("break_to")) & Q(break_to__lte=F("closes_at"))
                        | Q(break_from__gte=F("opens_at")) & Q(break_to__lte=F("closes_at"))
                    )
                ),
                name="event_day_break_within_hours",
                violation_error_message="Isi awal dan akhir istirahat, "
                "di antara jam buka dan tutup.",
            ),
        ),
    ]
