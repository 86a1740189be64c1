import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

NIGHT = Q(closes_at__lt=F("opens_at"))


class Migration(migrations.Migration):
    dependencies = [("events", "0007_attendance_of_the_registered")]

    operations = [
        migrations.AddField(
            "event",
            "series_date",
            models.DateField("tanggal dalam seri", blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            "event",
            "series_print",
            models.CharField(blank=True, db_default="", editable=False, max_length=64),
        ),
        migrations.CreateModel(
            name="EventSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField("nama", max_length=120)),
                ("rule", models.CharField("aturan", max_length=200)),
                ("first_date", models.DateField("mulai")),
                (
                    "exceptions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="kecuali",
                    ),
                ),
                ("set_up_at", models.TimeField("penjual datang", blank=True, null=True)),
                ("opens_at", models.TimeField("buka", default=datetime.time(9))),
                ("closes_at", models.TimeField("tutup", default=datetime.time(16))),
                ("break_from", models.TimeField("istirahat dari", blank=True, null=True)),
                ("break_to", models.TimeField("istirahat sampai", blank=True, null=True)),
                ("created_at", models.DateTimeField("dibuat", auto_now_add=True)),
                (
                    "template",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeated_by",
                        to="events.event",
                        verbose_name="acara contoh",
                    ),
                ),
            ],
            options={
                "verbose_name": "acara berulang",
                "verbose_name_plural": "acara berulang",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(rule__regex="^FREQ=[A-Z]+(;[A-Z]+=[-0-9A-Z,]+)*$"),
                        name="series_rule_written",
                    ),
                    models.CheckConstraint(
                        condition=Q(opens_at__lt=F("closes_at"))
                        | Q(closes_at__lt=F("opens_at"), closes_at__lte=datetime.time(6)),
                        name="series_closes_after_opening",
                        violation_error_message="Jam tutup harus sesudah jam buka, "
                        "atau paling lambat 06.00 esok paginya.",
                    ),
                    models.CheckConstraint(
                        condition=Q(set_up_at__isnull=True) | Q(set_up_at__lte=F("opens_at")),
                        name="series_set_up_before_opening",
                        violation_error_message="Penjual datang sebelum jam buka.",
                    ),
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
                                | Q(break_from__lt=F("break_to"))
                                & Q(break_to__lte=F("closes_at"))
                                | Q(break_from__gte=F("opens_at"))
                                & Q(break_to__lte=F("closes_at"))
                            )
                        ),
                        name="series_break_within_hours",
                        violation_error_message="Isi awal dan akhir istirahat, "
                        "di antara jam buka dan tutup.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            "event",
            "series",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="events.eventseries",
                verbose_name="acara berulang",
            ),
        ),
        migrations.AddConstraint(
            "event",
            models.UniqueConstraint(
                fields=["series", "series_date"], name="event_series_date_once"
            ),
        ),
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(
                condition=Q(series__isnull=True, series_date__isnull=True)
                | Q(series__isnull=False, series_date__isnull=False),
                name="event_series_with_its_date",
            ),
        ),
    ]
