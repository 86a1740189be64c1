from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0005_dues_rules'),
    ]

    operations = [
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='berlaku mulai')),
                ('bank_name', models.CharField(max_length=80, verbose_name='bank')),
                ('number', models.CharField(max_length=40, verbose_name='nomor rekening')),
                ('holder', models.CharField(max_length=120, verbose_name='atas nama')),
            ],
            options={
                'verbose_name': 'rekening bank',
                'verbose_name_plural': 'rekening bank',
                'ordering': ['-starts_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='QrisCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='berlaku mulai')),
                ('payload', models.CharField(max_length=512, verbose_name='isi kode QRIS')),
                ('merchant_name', models.CharField(max_length=99, verbose_name='nama merchant')),
                ('nmid', models.CharField(blank=True, max_length=99, verbose_name='NMID')),
            ],
            options={
                'verbose_name': 'kode QRIS',
                'verbose_name_plural': 'kode QRIS',
                'ordering': ['-starts_at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('bank_name', ''), _negated=True), models.Q(('number', ''), _negated=True), models.Q(('holder', ''), _negated=True)), name='bank_account_complete'),
        ),
        migrations.AddConstraint(
            model_name='qriscode',
            constraint=models.CheckConstraint(condition=models.Q(('payload__startswith', '00')), name='qris_code_is_a_payload'),
        ),
    ]
