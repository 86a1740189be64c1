"""Words are indexed as a vector; their text was never written and never read.

The portal stands still while it is migrated (deploy/README.md), so no older code asks for it.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalog", "0025_stale_words")]

    operations = [migrations.RemoveField(model_name="product", name="search_text")]
