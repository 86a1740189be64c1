import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0025_offices'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProgrammeStage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=4, unique=True, verbose_name='kode')),
                ('position', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('name', models.CharField(max_length=60, verbose_name='nama')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='keterangan')),
                ('hint', models.CharField(blank=True, help_text='Apa yang bisa dikerjakan pemilik untuk mencapai langkah ini.', max_length=300, verbose_name='langkah berikut')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('registered', 'Terdaftar di Jakpreneur'), ('training', 'Hadir di pelatihan'), ('mentoring', 'Catatan pendampingan'), ('licence', 'NIB, P-IRT, atau halal yang sah'), ('market', 'Hadir di Jumat Beli Lokal'), ('sales', 'Laporan penjualan sebulan'), ('referral', 'Rujukan pembiayaan diterima'), ('staff', 'Dicatat petugas')], max_length=12), default=list, size=None, verbose_name='bukti yang diterima')),
                ('needed', models.PositiveSmallIntegerField(default=1, help_text='Dari satu jenis. Catatan petugas selalu cukup satu.', verbose_name='banyaknya bukti')),
            ],
            options={
                'verbose_name': 'langkah Jakpreneur',
                'verbose_name_plural': 'langkah Jakpreneur',
                'ordering': ['position', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('needed__gte', 1)), name='stage_needs_something'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='stage_named')],
            },
        ),
        migrations.CreateModel(
            name='StageEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('registered', 'Terdaftar di Jakpreneur'), ('training', 'Hadir di pelatihan'), ('mentoring', 'Catatan pendampingan'), ('licence', 'NIB, P-IRT, atau halal yang sah'), ('market', 'Hadir di Jumat Beli Lokal'), ('sales', 'Laporan penjualan sebulan'), ('referral', 'Rujukan pembiayaan diterima'), ('staff', 'Dicatat petugas')], max_length=12, verbose_name='jenis bukti')),
                ('source', models.CharField(max_length=80)),
                ('on', models.DateField(verbose_name='tanggal')),
                ('label', models.CharField(blank=True, max_length=120, verbose_name='keterangan untuk pemilik')),
                ('note', models.TextField(blank=True, verbose_name='catatan petugas')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='dicatat')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='dicabut')),
                ('removed_because', models.CharField(blank=True, max_length=300, verbose_name='alasan dicabut')),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='members.business', verbose_name='usaha')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.office', verbose_name='dinas pengampu')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh')),
                ('stage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='members.programmestage', verbose_name='langkah')),
            ],
            options={
                'verbose_name': 'bukti langkah',
                'verbose_name_plural': 'bukti langkah',
                'ordering': ['-on', '-pk'],
                'indexes': [models.Index(condition=models.Q(('removed_at', None)), fields=['stage', 'kind', 'business'], name='evidence_standing')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('business', 'stage', 'source'), name='evidence_once_per_source'), models.CheckConstraint(condition=models.Q(('kind__in', ['registered', 'training', 'mentoring', 'licence', 'market', 'sales', 'referral', 'staff']), models.Q(('kind__in', ('registered', 'licence')), _negated=True)), name='evidence_kind_is_recorded'), models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_because', '')), models.Q(('removed_at__isnull', False), models.Q(('removed_because', ''), _negated=True)), _connector='OR'), name='evidence_removed_with_reason')],
            },
        ),
    ]
