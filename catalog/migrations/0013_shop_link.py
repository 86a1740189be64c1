from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0012_public_marks_kept'),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='shop_url',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='tautan marketplace'),
        ),
    ]
