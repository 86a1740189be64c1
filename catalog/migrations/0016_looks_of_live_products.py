"""What is live now was approved as it stands."""

from django.db import migrations

FORWARD = """
INSERT INTO catalog_approvedlook (product_id, approved_at, facts, photos)
SELECT p.id, p.decided_at, jsonb_build_object(
    'name', p.name, 'category', p.category, 'description', p.description, 'price', p.price,
    'unit', p.unit, 'food_mark', p.food_mark, 'ingredients', p.ingredients,
    'allergens', to_jsonb(p.allergens), 'other_allergens', p.other_allergens,
    'shelf_life_days', p.shelf_life_days
  ), coalesce((
    SELECT array_agg(regexp_replace(f.name, '[.][^.]*$', '.webp') ORDER BY f.position)
    FROM catalog_productphoto f WHERE f.product_id = p.id
  ), '{}')
FROM catalog_product p WHERE p.status = 'live'
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0015_approved_look")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
