"""What a sheet of goods changed is kept with it, so that it can be taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0026_no_search_text")]

    operations = [
        migrations.AddField(
            model_name="productimport",
            name="written",
            field=models.JSONField(
                blank=True,
                db_default=models.Value([], models.JSONField()),
                default=list,
                editable=False,
            ),
        ),
    ]
