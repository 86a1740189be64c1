"""Words are also found by their consonants: "krpk" is "keripik"."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0023_product_import")]

    operations = [
        migrations.AddIndex(
            model_name="searchword",
            index=models.Index(
                models.Func(
                    "word", models.Value("aeiou"), models.Value(""), function="translate"
                ),
                name="search_word_bones",
            ),
        ),
    ]
