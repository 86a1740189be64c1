import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0011_document_vault")]
    operations = [
        migrations.CreateModel(
            name='HeldPayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.PositiveIntegerField(verbose_name='jumlah (Rp)')),
                ('received_on', models.DateField(verbose_name='tanggal uang masuk')),
                ('reference', models.CharField(max_length=60, verbose_name='referensi')),
                ('method', models.CharField(choices=[('transfer', 'Transfer bank'), ('qris', 'QRIS'), ('cash', 'Tunai di loket'), ('gateway', 'Pembayaran daring')], max_length=10, verbose_name='cara bayar')),
                ('reason', models.CharField(max_length=300, verbose_name='mengapa ditahan')),
                ('held_at', models.DateTimeField(auto_now_add=True, verbose_name='dicatat')),
                ('status', models.CharField(choices=[('waiting', 'Menunggu keputusan'), ('assigned', 'Dipakai untuk tagihan'), ('returned', 'Dikembalikan')], default='waiting', max_length=10, verbose_name='status')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='diputuskan')),
                ('decision_reason', models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='alasan')),
            ],
            options={
                'verbose_name': 'uang tertahan',
                'verbose_name_plural': 'uang tertahan',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='heldpayment',
            name='about',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='held', to='members.duesinvoice', verbose_name='tagihan yang dimaksud'),
        ),
        migrations.AddField(
            model_name='heldpayment',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diputuskan oleh'),
        ),
        migrations.AddField(
            model_name='heldpayment',
            name='held_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh'),
        ),
        migrations.AddConstraint(
            model_name='heldpayment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='held_positive'),
        ),
        migrations.AddConstraint(
            model_name='heldpayment',
            constraint=models.CheckConstraint(condition=models.Q(('reference', ''), _negated=True), name='held_referenced'),
        ),
        migrations.AddConstraint(
            model_name='heldpayment',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='held_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='heldpayment',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'assigned', 'returned'])), name='held_status_known'),
        ),
        migrations.AddConstraint(
            model_name='heldpayment',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['transfer', 'qris', 'cash', 'gateway'])), name='held_method_known'),
        ),
        migrations.AddConstraint(
            model_name='heldpayment',
            constraint=models.CheckConstraint(condition=models.Q(('held_by__isnull', False), ('method', 'gateway'), _connector='OR'), name='held_by_person_or_gateway'),
        ),
        migrations.AddConstraint(
            model_name='heldpayment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('status', 'waiting')), models.Q(models.Q(('status', 'waiting'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='held_decided_iff_stamped'),
        ),
        migrations.AddConstraint(
            model_name='heldpayment',
            constraint=models.UniqueConstraint(fields=('method', 'reference', 'received_on', 'amount', 'about'), name='held_once', nulls_distinct=False),
        ),
    ]
