from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0024_people_and_companions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('short_name', models.CharField(max_length=20, unique=True, verbose_name='singkatan')),
                ('name', models.CharField(max_length=120, verbose_name='nama lengkap')),
                ('is_active', models.BooleanField(default=True, verbose_name='masih mengampu')),
            ],
            options={
                'verbose_name': 'dinas pengampu',
                'verbose_name_plural': 'dinas pengampu',
                'ordering': ['short_name'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('short_name', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='office_named')],
            },
        ),
    ]
