import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# The function came with the ledger of dues.
FORWARD = """
CREATE TRIGGER fee_rows_never_change BEFORE UPDATE OR DELETE ON events_feeentry
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
"""
BACK = "DROP TRIGGER fee_rows_never_change ON events_feeentry;"


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0012_forgotten_guests'),
        ('members', '0016_ledger_rows_never_change'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='boothplace',
            name='fee',
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name='biaya lapak (Rp)'),
        ),
        migrations.AddField(
            model_name='edition',
            name='fee_how',
            field=models.CharField(blank=True, db_default='', max_length=300, verbose_name='cara membayar biaya'),
        ),
        migrations.CreateModel(
            name='FeeEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('receipt', 'Uang masuk'), ('waiver', 'Pembebasan'), ('refund', 'Pengembalian'), ('reversal', 'Pembatalan catatan')], max_length=10, verbose_name='jenis')),
                ('amount', models.IntegerField(verbose_name='jumlah (Rp)')),
                ('method', models.CharField(blank=True, choices=[('cash', 'Tunai di meja panitia'), ('transfer', 'Transfer atau QRIS')], max_length=10, verbose_name='cara bayar')),
                ('moved_on', models.DateField(verbose_name='tanggal')),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='referensi')),
                ('number', models.CharField(max_length=24, unique=True, verbose_name='nomor')),
                ('code', models.CharField(max_length=10, unique=True)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='alasan')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='dicatat')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fee_entries', to='events.boothplace', verbose_name='tempat')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh')),
                ('takes_back', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='events.feeentry', verbose_name='membatalkan')),
            ],
            options={
                'verbose_name': 'catatan biaya lapak',
                'verbose_name_plural': 'buku biaya lapak',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('kind', 'receipt'), ('takes_back', None), ('method__in', ['cash', 'transfer'])), models.Q(('amount', 0), ('kind', 'waiver'), ('method', ''), ('takes_back', None), models.Q(('reason', ''), _negated=True)), models.Q(('amount__lte', 0), ('kind__in', ('refund', 'reversal')), ('takes_back__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='fee_entry_kind_fits'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'receipt'), ('method', 'transfer'), _negated=True), models.Q(('reference', ''), _negated=True), _connector='OR'), name='fee_entry_transfer_referenced')],
            },
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
