import datetime
import django.db.models.deletion
import events.models.registration
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0008_series"),
        ("members", "0029_directory_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EventProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=events.models.registration.new_token,
                        editable=False,
                        max_length=32,
                        unique=True,
                    ),
                ),
                ("organiser", models.CharField(max_length=120, verbose_name="penyelenggara")),
                ("contact_name", models.CharField(max_length=100, verbose_name="nama penghubung")),
                ("phone", models.CharField(max_length=16, verbose_name="nomor HP")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("jbl", "Jumat Beli Lokal"),
                            ("pelatihan", "Pelatihan"),
                            ("pameran", "Pameran"),
                            ("festival", "Festival"),
                            ("rapat", "Rapat koordinasi"),
                        ],
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nama acara")),
                (
                    "description",
                    models.TextField(blank=True, max_length=2000, verbose_name="keterangan"),
                ),
                ("venue", models.CharField(max_length=120, verbose_name="tempat")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="alamat")),
                ("date", models.DateField(verbose_name="tanggal")),
                ("opens_at", models.TimeField(verbose_name="mulai")),
                ("closes_at", models.TimeField(verbose_name="selesai")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu petugas"),
                            ("accepted", "Diterima"),
                            ("refused", "Ditolak"),
                            ("withdrawn", "Ditarik"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("sent_at", models.DateTimeField(auto_now_add=True, verbose_name="diusulkan")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="diputuskan"),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="alasan")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="oleh",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposal",
                        to="events.event",
                        verbose_name="acara",
                    ),
                ),
                (
                    "kecamatan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.kecamatan",
                        verbose_name="kecamatan",
                    ),
                ),
            ],
            options={
                "verbose_name": "usulan acara",
                "verbose_name_plural": "usulan acara",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("pelatihan", "pameran", "festival"))),
                        name="event_proposal_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["waiting", "accepted", "refused", "withdrawn"])
                        ),
                        name="event_proposal_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("phone__regex", "^\\+\\d{8,15}$")),
                        name="event_proposal_phone_e164",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at__lt", models.F("closes_at")),
                            models.Q(
                                ("closes_at__lt", models.F("opens_at")),
                                ("closes_at__lte", datetime.time(6, 0)),
                            ),
                            _connector="OR",
                        ),
                        name="event_proposal_closes_after_opening",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("status", "waiting")),
                            models.Q(
                                models.Q(("status", "waiting"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="event_proposal_decided_iff_stamped",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="event_proposal_refused_with_reason",
                    ),
                ],
            },
        ),
    ]
