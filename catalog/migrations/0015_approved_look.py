"""A product as it was last approved, for the curator who looks at it next."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0014_complaints'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApprovedLook',
            fields=[
                ('product', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='approved_look', serialize=False, to='catalog.product')),
                ('approved_at', models.DateTimeField(verbose_name='disetujui')),
                ('facts', models.JSONField(verbose_name='isi')),
                ('photos', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None, verbose_name='foto')),
            ],
            options={
                'verbose_name': 'tampilan yang disetujui',
                'verbose_name_plural': 'tampilan yang disetujui',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['photos'], name='approved_look_photos')],
            },
        ),
    ]
