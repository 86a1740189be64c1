"""How many days ahead a made-to-order product is asked for."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0003_food_facts'),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='lead_days',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name='lama pesan (hari)'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('lead_days__lte', 60)), name='product_lead_days_in_range'),
        ),
    ]
