import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0014_invoice_closed_because")]
    operations = [
        migrations.RemoveConstraint(
            model_name='membershipterm',
            name='term_one_paid_at_a_time',
        ),
        migrations.AddField(
            model_name='membershipterm',
            name='given_because',
            field=models.CharField(blank=True, db_default='', default='', help_text='Terisi bila masa ini diberikan tanpa uang.', max_length=300, verbose_name='alasan dibebaskan'),
        ),
        migrations.AddField(
            model_name='membershipterm',
            name='revoked_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='dicabut'),
        ),
        migrations.AddField(
            model_name='membershipterm',
            name='revoked_because',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='alasan dicabut'),
        ),
        migrations.AlterField(
            model_name='membershipterm',
            name='invoice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='members.duesinvoice'),
        ),
        migrations.AddConstraint(
            model_name='membershipterm',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('revoked_at', None)), expressions=[('membership', '='), ('period', '&&')], name='term_one_paid_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='membershipterm',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('invoice',), name='term_one_per_invoice'),
        ),
        migrations.AddConstraint(
            model_name='membershipterm',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_because', '')), models.Q(('revoked_at__isnull', False), models.Q(('revoked_because', ''), _negated=True)), _connector='OR'), name='term_revoked_with_reason'),
        ),
    ]
