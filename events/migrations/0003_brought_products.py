"""Which products a seller brings to a day of an edition."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0004_lead_days'),
        ('events', '0002_day_revision'),
    ]

    operations = [
        migrations.CreateModel(
            name='BroughtProduct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('listed_at', models.DateTimeField(auto_now_add=True, verbose_name='dicatat')),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='brought', to='events.eventday', verbose_name='hari')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='brought', to='catalog.product', verbose_name='produk')),
            ],
            options={
                'verbose_name': 'produk yang dibawa',
                'verbose_name_plural': 'produk yang dibawa',
                'constraints': [models.UniqueConstraint(fields=('day', 'product'), name='product_brought_once_a_day')],
            },
        ),
    ]
