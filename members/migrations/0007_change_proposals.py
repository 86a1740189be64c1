import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0006_bank_account_and_qris'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangeProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('fee', 'Tarif iuran'), ('rules', 'Aturan masa berlaku'), ('bank', 'Rekening bank'), ('qris', 'Kode QRIS')], max_length=8, verbose_name='yang diubah')),
                ('payload', models.JSONField(verbose_name='isi')),
                ('reason', models.CharField(max_length=300, verbose_name='alasan')),
                ('proposed_at', models.DateTimeField(verbose_name='diusulkan')),
                ('expires_at', models.DateTimeField(verbose_name='disahkan paling lambat')),
                ('status', models.CharField(choices=[('proposed', 'Menunggu orang kedua'), ('confirmed', 'Disahkan'), ('refused', 'Ditolak'), ('withdrawn', 'Ditarik kembali'), ('expired', 'Lewat waktu')], default='proposed', max_length=10, verbose_name='status')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='diputuskan')),
                ('refusal_reason', models.CharField(blank=True, max_length=300, verbose_name='alasan penolakan')),
            ],
            options={
                'verbose_name': 'usulan perubahan',
                'verbose_name_plural': 'usulan perubahan',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='changeproposal',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diputuskan oleh'),
        ),
        migrations.AddField(
            model_name='changeproposal',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diusulkan oleh'),
        ),
        migrations.AddIndex(
            model_name='changeproposal',
            index=models.Index(condition=models.Q(('status', 'proposed')), fields=['proposed_at'], name='proposal_waiting'),
        ),
        migrations.AddConstraint(
            model_name='changeproposal',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', models.F('proposed_by')), _negated=True), name='proposal_decided_by_another'),
        ),
        migrations.AddConstraint(
            model_name='changeproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', False), ('status__in', ('confirmed', 'refused'))), models.Q(models.Q(('status__in', ('confirmed', 'refused')), _negated=True), ('decided_by__isnull', True)), _connector='OR'), name='proposal_decider_iff_decided'),
        ),
        migrations.AddConstraint(
            model_name='changeproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('status', 'proposed')), models.Q(models.Q(('status', 'proposed'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='proposal_end_stamped'),
        ),
        migrations.AddConstraint(
            model_name='changeproposal',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('proposed', 'confirmed', 'refused', 'withdrawn'))), name='proposal_status_known'),
        ),
        migrations.AddConstraint(
            model_name='changeproposal',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['fee', 'rules', 'bank', 'qris'])), name='proposal_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='changeproposal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='proposal_has_reason'),
        ),
    ]
