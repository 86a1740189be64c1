"""What is in a dish, how long it keeps and what its seller says about halal."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0002_draft_key_and_times'),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='food_mark',
            field=models.CharField(blank=True, choices=[('halal', 'Halal'), ('nonhalal', 'Non-halal'), ('belum', 'Belum bersertifikat halal')], db_default='', default='', max_length=8, verbose_name='tanda halal'),
        ),
        migrations.AddField(
            model_name='product',
            name='ingredients',
            field=models.TextField(blank=True, db_default='', default='', max_length=1000, verbose_name='bahan'),
        ),
        migrations.AddField(
            model_name='product',
            name='allergens',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('gluten', 'Gluten (gandum, tepung terigu)'), ('krustasea', 'Udang, kepiting, lobster'), ('telur', 'Telur'), ('ikan', 'Ikan'), ('kacang', 'Kacang tanah'), ('kedelai', 'Kedelai'), ('susu', 'Susu'), ('kacang_pohon', 'Kacang pohon (mete, almon, kenari)'), ('sulfit', 'Sulfit'), ('tidak_ada', 'Tidak ada dari daftar ini')], max_length=12), blank=True, db_default=[], default=list, size=None, verbose_name='alergen'),
        ),
        migrations.AddField(
            model_name='product',
            name='other_allergens',
            field=models.CharField(blank=True, db_default='', default='', max_length=120, verbose_name='alergen lain'),
        ),
        migrations.AddField(
            model_name='product',
            name='shelf_life_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='masa simpan (hari)'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('food_mark', ''), models.Q(('category', 'kuliner'), ('food_mark__in', ['halal', 'nonhalal', 'belum'])), _connector='OR'), name='product_food_mark_on_food_only'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('allergens__contained_by', ['gluten', 'krustasea', 'telur', 'ikan', 'kacang', 'kedelai', 'susu', 'kacang_pohon', 'sulfit', 'tidak_ada'])), name='product_allergens_known'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('allergens__contains', ['tidak_ada']), _negated=True), ('allergens__len', 1), _connector='OR'), name='product_no_allergen_stands_alone'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('shelf_life_days__isnull', True), ('shelf_life_days__range', (1, 3650)), _connector='OR'), name='product_shelf_life_in_range'),
        ),
    ]
