"""Questions without an answer are counted by digest; the texts kept until now go."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0021_marks_found")]

    operations = [
        migrations.DeleteModel("SearchMiss"),
        migrations.CreateModel(
            name="SearchMiss",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                (
                    "text",
                    models.CharField(blank=True, max_length=60, verbose_name="kata yang dicari"),
                ),
                (
                    "hours",
                    models.PositiveIntegerField(default=1, verbose_name="jam yang berbeda"),
                ),
                (
                    "count",
                    models.PositiveIntegerField(default=1, verbose_name="berapa kali"),
                ),
                ("first_at", models.DateTimeField(verbose_name="pertama kali")),
                ("last_at", models.DateTimeField(verbose_name="terakhir")),
            ],
            options={
                "verbose_name": "pencarian tanpa hasil",
                "verbose_name_plural": "pencarian tanpa hasil",
                "ordering": ["-count", "text"],
                "indexes": [models.Index(fields=["last_at"], name="search_miss_last")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), ("hours__gte", 3), _connector="OR"),
                        name="search_miss_named_after_three_hours",
                    )
                ],
            },
        ),
    ]
