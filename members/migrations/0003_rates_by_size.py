from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_member_import'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='duesrate',
            options={'ordering': ['-starts_on', 'size'], 'verbose_name': 'tarif iuran', 'verbose_name_plural': 'tarif iuran'},
        ),
        migrations.AddField(
            model_name='duesrate',
            name='joining_fee',
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name='uang pangkal (Rp)'),
        ),
        migrations.AddField(
            model_name='duesrate',
            name='size',
            field=models.CharField(choices=[('all', 'Semua ukuran'), ('mikro', 'Mikro'), ('kecil', 'Kecil'), ('menengah', 'Menengah'), ('besar', 'Besar')], db_default='all', default='all', max_length=10, verbose_name='untuk usaha'),
        ),
        migrations.AlterField(
            model_name='duesrate',
            name='starts_on',
            field=models.DateField(verbose_name='berlaku mulai'),
        ),
        migrations.AddConstraint(
            model_name='duesrate',
            constraint=models.UniqueConstraint(fields=('starts_on', 'size'), name='dues_rate_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='duesrate',
            constraint=models.CheckConstraint(condition=models.Q(('size__in', ['all', 'mikro', 'kecil', 'menengah', 'besar'])), name='dues_rate_size_known'),
        ),
    ]
