from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from members.choices import LineState, PaymentMethod
from members.models.document import private_storage
from members.models.payment import DuesPayment, HeldPayment
from members.models.person import User
from members.statement_rows import Columns

# Nobody decided about the line yet.
WAITING = Q(payment=None, held=None, ignored_because="")


class ColumnMapping(models.Model):
    """Where one bank writes what in its file; known again by the head of its table."""

    name = models.CharField(_("nama"), max_length=60, unique=True)
    header = ArrayField(models.CharField(max_length=200), verbose_name=_("kepala tabel"))
    header_row = models.SmallIntegerField(_("baris kepala"))
    date_column = models.PositiveSmallIntegerField(_("kolom tanggal"))
    amount_column = models.PositiveSmallIntegerField(_("kolom jumlah"))
    description_columns = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("kolom berita"), default=list
    )
    direction_column = models.PositiveSmallIntegerField(_("kolom CR/DB"), null=True, blank=True)
    method = models.CharField(_("cara bayar"), max_length=10, choices=PaymentMethod)
    changed_at = models.DateTimeField(_("diubah"), auto_now=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("susunan kolom mutasi")
        verbose_name_plural = _("susunan kolom mutasi")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="mapping_named"),
            models.CheckConstraint(
                condition=Q(method__in=PaymentMethod.values), name="mapping_method_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def columns(self) -> Columns:
        return Columns(
            self.header_row,
            self.date_column,
            self.amount_column,
            tuple(self.description_columns),
            self.direction_column,
        )


class BankStatementQuerySet(models.QuerySet["BankStatement"]):
    def with_waiting(self) -> Self:
        """Adds `lines_waiting`: how many lines nobody decided about yet."""
        return self.annotate(
            lines_waiting=Count(
                "lines",
                filter=Q(lines__payment=None, lines__held=None, lines__ignored_because=""),
            )
        )


class BankStatement(models.Model):
    """A file of the bank, kept privately. uploaded → read (its columns were told), once."""

    name = models.CharField(_("nama berkas"), max_length=200)
    file = models.FileField(_("berkas"), storage=private_storage, max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    uploaded_at = models.DateTimeField(_("diunggah"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        User, verbose_name=_("oleh"), on_delete=models.PROTECT, related_name="+"
    )
    mapping = models.ForeignKey(
        ColumnMapping,
        verbose_name=_("susunan kolom"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
    )
    method = models.CharField(_("cara bayar"), max_length=10, choices=PaymentMethod, blank=True)
    read_at = models.DateTimeField(_("dibaca"), null=True, blank=True)
    added = models.PositiveIntegerField(_("baris baru"), default=0)
    known = models.PositiveIntegerField(_("sudah ada"), default=0)
    outgoing = models.PositiveIntegerField(_("uang keluar"), default=0)
    others = models.PositiveIntegerField(_("bukan transaksi"), default=0)

    objects = BankStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("mutasi bank")
        verbose_name_plural = _("mutasi bank")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at=None, mapping=None, method="")
                | Q(read_at__isnull=False, mapping__isnull=False, method__in=PaymentMethod.values),
                name="statement_read_iff_mapped",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StatementLineQuerySet(models.QuerySet["StatementLine"]):
    def waiting(self) -> Self:
        return self.filter(WAITING).order_by("on", "statement", "row")

    def in_state(self, state: str | None) -> Self:
        """An unknown word narrows nothing."""
        conditions = {
            LineState.WAITING: WAITING,
            LineState.BOOKED: Q(payment__isnull=False),
            LineState.HELD: Q(held__isnull=False),
            LineState.IGNORED: ~Q(ignored_because=""),
        }
        if state is None or state not in LineState.values:
            return self
        return self.filter(conditions.get(LineState(state), Q()))

    def counts(self) -> dict[str, int]:
        """How many lines of each state, and the rupiah that still wait."""
        return self.aggregate(
            all=Count("pk"),
            waiting=Count("pk", filter=WAITING),
            booked=Count("pk", filter=Q(payment__isnull=False)),
            set_aside=Count("pk", filter=Q(held__isnull=False)),
            ignored=Count("pk", filter=~Q(ignored_because="")),
            waiting_sum=Coalesce(Sum("amount", filter=WAITING), 0),
        )


class StatementLine(models.Model):
    """Money in by the bank's own word. waiting → booked | held | ignored; ignored → waiting.

    The digest is the same in every file that holds this line, so it is here once.
    """

    statement = models.ForeignKey(
        BankStatement, verbose_name=_("mutasi"), on_delete=models.PROTECT, related_name="lines"
    )
    row = models.PositiveIntegerField(_("baris"))
    on = models.DateField(_("tanggal"))
    amount = models.BigIntegerField(_("jumlah (Rp)"))
    description = models.CharField(_("berita"), max_length=300, blank=True)
    occurrence = models.PositiveIntegerField(_("kali"), default=1)
    digest = models.CharField(max_length=64, unique=True)
    payment = models.OneToOneField(
        DuesPayment,
        verbose_name=_("penerimaan"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statement_line",
    )
    held = models.OneToOneField(
        HeldPayment,
        verbose_name=_("uang tertahan"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statement_line",
    )
    ignored_because = models.CharField(_("bukan iuran karena"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("diputuskan oleh"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = StatementLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("baris mutasi")
        verbose_name_plural = _("baris mutasi")
        ordering = ["on", "statement", "row"]
        indexes = [
            models.Index(
                fields=["on", "statement", "row"],
                condition=WAITING,
                name="statement_line_waiting",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="statement_line_is_money_in"),
            models.CheckConstraint(
                condition=Q(payment=None, held=None)
                | Q(payment=None, ignored_because="")
                | Q(held=None, ignored_because=""),
                name="statement_line_one_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.description[:40]}"

    @property
    def state(self) -> LineState:
        if self.payment_id:
            return LineState.BOOKED
        if self.held_id:
            return LineState.HELD
        return LineState.IGNORED if self.ignored_because else LineState.WAITING

    @property
    def reference(self) -> str:
        """What the ledger calls this line; no two lines of a day and an amount share it.

        Not the bank's words: they name the payer, and a row of the ledger can never forget.
        """
        return f"MUTASI {self.digest[:12].upper()}"
