from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0003_rates_by_size'),
    ]

    operations = [
        migrations.AddField(
            model_name='duesinvoice',
            name='joining_fee',
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name='termasuk uang pangkal (Rp)'),
        ),
        migrations.AddConstraint(
            model_name='duesinvoice',
            constraint=models.CheckConstraint(condition=models.Q(('joining_fee__lt', models.F('amount'))), name='dues_invoice_has_dues'),
        ),
    ]
