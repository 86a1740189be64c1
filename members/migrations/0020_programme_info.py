from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("members", "0019_reminder_log"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="wants_programme_info",
            field=models.BooleanField(db_default=True, default=True, editable=False, verbose_name="mau info program"),
        ),
    ]
