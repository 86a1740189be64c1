from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("catalog", "0009_badges_kept"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="productphoto",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__lt", 8)), name="photo_one_of_eight_places"
            ),
        ),
    ]
