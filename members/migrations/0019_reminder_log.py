import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("members", "0018_import_tries"),
        ("notices", "0002_whatsapp_by_hand"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReminderLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(choices=[("H-30", "H-30"), ("H-7", "H-7"), ("H+1", "H+1"), ("H+30", "H+30")], max_length=4, verbose_name="aturan")),
                ("decided_at", models.DateTimeField(auto_now_add=True, verbose_name="diputuskan")),
                ("outcome", models.CharField(choices=[("sent", "Dikirim"), ("inbox", "Hanya di Pesan"), ("skipped", "Tidak dikirim")], max_length=7, verbose_name="hasil")),
                ("reason", models.CharField(blank=True, max_length=120, verbose_name="karena")),
                ("notice", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="notices.notice")),
                ("term", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="members.membershipterm", verbose_name="masa keanggotaan")),
            ],
            options={
                "verbose_name": "pengingat iuran",
                "verbose_name_plural": "pengingat iuran",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("term", "rule"), name="reminder_once_per_term_rule"),
                    models.CheckConstraint(condition=models.Q(("rule__in", ["H-30", "H-7", "H+1", "H+30"])), name="reminder_rule_known"),
                    models.CheckConstraint(condition=models.Q(models.Q(("outcome", "sent"), ("reason", "")), models.Q(("outcome__in", ["sent", "inbox", "skipped"]), models.Q(("outcome", "sent"), _negated=True), models.Q(("reason", ""), _negated=True)), _connector="OR"), name="reminder_reasoned_unless_sent"),
                ],
            },
        ),
    ]
