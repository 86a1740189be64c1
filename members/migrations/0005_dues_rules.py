from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0004_invoice_joining_fee'),
    ]

    operations = [
        migrations.CreateModel(
            name='DuesRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(unique=True, verbose_name='berlaku mulai')),
                ('mode', models.CharField(choices=[('rolling_12_months', '12 bulan sejak dibayar'), ('calendar_year', 'Sampai 31 Desember')], max_length=18, verbose_name='masa berlaku')),
                ('grace_days', models.PositiveSmallIntegerField(verbose_name='masa tenggang (hari)')),
                ('window_days', models.PositiveSmallIntegerField(help_text='Selama hari-hari ini keanggotaan disebut segera berakhir.', verbose_name='bisa diperpanjang sebelum berakhir (hari)')),
            ],
            options={
                'verbose_name': 'aturan masa berlaku',
                'verbose_name_plural': 'aturan masa berlaku',
                'ordering': ['-starts_on'],
            },
        ),
        migrations.AddConstraint(
            model_name='duesrules',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['rolling_12_months', 'calendar_year'])), name='dues_rules_mode_known'),
        ),
        migrations.AddConstraint(
            model_name='duesrules',
            constraint=models.CheckConstraint(condition=models.Q(('grace_days__lte', 366), ('window_days__lte', 366)), name='dues_rules_days_sane'),
        ),
    ]
