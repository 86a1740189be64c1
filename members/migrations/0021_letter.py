from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("members", "0020_programme_info"),
        ("notices", "0002_whatsapp_by_hand"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[],
            options={
                "verbose_name": "pesan WhatsApp",
                "verbose_name_plural": "pesan WhatsApp",
                "permissions": [
                    ("see_kadin_letters", "Pesan tentang Kadin dan iuran"),
                    ("see_pemkot_letters", "Pesan tentang pendaftaran, produk, dan acara"),
                ],
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("notices.notice",),
        ),
    ]
