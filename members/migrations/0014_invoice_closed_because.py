from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0013_ledger_rows")]
    operations = [
        migrations.AddField(
            model_name='duesinvoice',
            name='closed_because',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='alasan ditutup'),
        ),
    ]
