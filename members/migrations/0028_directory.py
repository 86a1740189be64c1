"""What an owner lets shoppers see, and a directory that is one index."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0027_merged_businesses")]
    operations = [
        migrations.AddField(
            "business",
            "show_phone",
            models.BooleanField(
                db_default=False, default=False, verbose_name="nomor boleh tampil"
            ),
        ),
        migrations.AddField(
            "business",
            "opening_hours",
            models.CharField(blank=True, db_default="", max_length=120, verbose_name="jam buka"),
        ),
        migrations.AddField(
            "business",
            "instagram",
            models.CharField(blank=True, db_default="", max_length=30, verbose_name="Instagram"),
        ),
        migrations.AddField(
            "business",
            "shop_url",
            models.CharField(blank=True, db_default="", max_length=300, verbose_name="toko daring"),
        ),
        migrations.AddField(
            "business",
            "is_listed",
            models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RemoveIndex("business", "business_directory"),
        migrations.AddIndex(
            "business",
            models.Index(
                condition=models.Q(("is_listed", True)),
                fields=["sort_key", "id"],
                name="business_directory",
            ),
        ),
        migrations.AddIndex(
            "business",
            django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("is_listed", True)),
                fields=["sort_key"],
                name="business_name_trigram",
                opclasses=["gin_trgm_ops"],
            ),
        ),
    ]
