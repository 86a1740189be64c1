import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0012_held_payments")]
    operations = [
        migrations.AddField(
            model_name='duespayment',
            name='corrects',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='members.duespayment'),
        ),
        migrations.AddField(
            model_name='duespayment',
            name='kind',
            field=models.CharField(choices=[('receipt', 'Uang masuk'), ('refund', 'Pengembalian'), ('reversal', 'Pembatalan catatan'), ('credit', 'Pemindahan lebih bayar')], db_default='receipt', default='receipt', max_length=10, verbose_name='jenis'),
        ),
        migrations.AddField(
            model_name='duespayment',
            name='method',
            field=models.CharField(choices=[('transfer', 'Transfer bank'), ('qris', 'QRIS'), ('cash', 'Tunai di loket'), ('gateway', 'Pembayaran daring')], db_default='transfer', default='transfer', max_length=10, verbose_name='cara bayar'),
        ),
        migrations.AddField(
            model_name='duespayment',
            name='reason',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='alasan'),
        ),
        migrations.AddField(
            model_name='duespayment',
            name='refunds',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refunded_by', to='members.duespayment'),
        ),
        migrations.AddField(
            model_name='duespayment',
            name='reverses',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='members.duespayment'),
        ),
        migrations.AlterField(
            model_name='duespayment',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='duespayment',
            name='invoice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='members.duesinvoice', verbose_name='tagihan'),
        ),
        migrations.AddField(
            model_name='duespayment',
            name='held',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payment', to='members.heldpayment'),
        ),
        migrations.AddConstraint(
            model_name='duespayment',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', False), ('method', 'gateway'), _connector='OR'), name='dues_payment_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='duespayment',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['transfer', 'qris', 'cash', 'gateway'])), name='dues_payment_method_known'),
        ),
        migrations.AddConstraint(
            model_name='duespayment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('kind', 'receipt'), ('refunds', None), ('reverses', None)), models.Q(('amount__lt', 0), ('kind', 'refund'), ('refunds__isnull', False), models.Q(('reason', ''), _negated=True)), models.Q(('amount__lt', 0), ('kind', 'reversal'), ('reverses__isnull', False), models.Q(('reason', ''), _negated=True)), models.Q(('kind', 'credit'), ('refunds', None), ('reverses', None)), _connector='OR'), name='dues_payment_kind_fits'),
        ),
        migrations.AddConstraint(
            model_name='duespayment',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'receipt'), ('method', 'gateway')), fields=('reference',), name='dues_gateway_money_once'),
        ),
    ]
