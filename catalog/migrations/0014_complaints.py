import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0013_shop_link'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('tidak_benar', 'Foto, harga, atau keterangannya tidak benar'), ('larangan', 'Barang ini tidak boleh dijual'), ('tiruan', 'Memakai foto, merek, atau nama orang lain'), ('penjual', 'Penjual tidak menjawab atau menipu')], max_length=12, verbose_name='alasan')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='cerita pelapor')),
                ('filed_at', models.DateTimeField(auto_now_add=True, verbose_name='dilaporkan')),
                ('status', models.CharField(choices=[('waiting', 'Menunggu kurator'), ('dismissed', 'Tidak terbukti'), ('upheld', 'Produk diturunkan')], default='waiting', max_length=10, verbose_name='status')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='diputuskan')),
                ('decision_note', models.CharField(blank=True, max_length=500, verbose_name='alasan putusan')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='complaints', to='catalog.product', verbose_name='produk')),
            ],
            options={
                'verbose_name': 'laporan produk',
                'verbose_name_plural': 'laporan produk',
                'ordering': ['filed_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('status', 'waiting')), fields=['filed_at'], name='complaint_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['tidak_benar', 'larangan', 'tiruan', 'penjual'])), name='complaint_reason_known'), models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'dismissed', 'upheld'])), name='complaint_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('status', 'waiting')), models.Q(models.Q(('status', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='complaint_decided_iff_stamped'), models.UniqueConstraint(condition=models.Q(('status', 'waiting')), fields=('product', 'reason', 'text'), name='complaint_same_words_once')],
            },
        ),
    ]
