from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, DateField, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from members.choices import ApplicationStatus, MembershipState
from members.models.business import Business
from members.models.person import User
from members.models.rules import DuesRules, rule_days

if TYPE_CHECKING:
    from members.models.dues import DuesInvoice


def _days_away(day: Any, sign: str, days: Any) -> Func:
    """A date so many days before ("-") or after ("+") a date, as PostgreSQL reckons."""
    start = Value(day, DateField()) if isinstance(day, date) else day
    return Func(
        start,
        days,
        template="(%(expressions)s)",
        arg_joiner=f" {sign} ",
        output_field=DateField(),
    )


def _ends_of_paid_time(on: date) -> models.QuerySet[MembershipTerm, Any]:
    """For a subquery: the end of the unbroken paid time that had begun by `on`.

    That is the first end, not before that of the last term begun, at which no other term starts.
    """
    terms = MembershipTerm.objects.filter(membership=OuterRef("pk"))
    next_one = MembershipTerm.objects.filter(
        membership=OuterRef("membership"), period__startswith=OuterRef("end")
    )
    begun = MembershipTerm.objects.filter(
        membership=OuterRef("membership"), period__startswith__lte=on
    )
    return (
        terms.annotate(end=Upper(F("period")))
        .filter(
            ~models.Exists(next_one),
            end__gte=Subquery(
                begun.annotate(end=Upper(F("period"))).order_by("-end").values("end")[:1]
            ),
        )
        .order_by("end")
        .values("end")[:1]
    )


class Upper(Func):
    """The end of a range, exclusive; Django's `endswith` cannot be selected."""

    function = "upper"
    output_field = DateField()


class KadinMembershipQuerySet(models.QuerySet["KadinMembership"]):
    def owned_by(self, user: User | AnonymousUser) -> Self:
        return self.filter(business__owner_id=user.pk)

    def waiting(self) -> Self:
        return self.filter(status=ApplicationStatus.SUBMITTED).order_by("requested_at")

    def in_good_standing(self, *, on: date) -> Self:
        """Paid for `on`, or within the grace after the last paid day; not suspended."""
        terms = MembershipTerm.objects.filter(
            membership=OuterRef("pk"),
            period__startswith__lte=on,
            period__endswith__gt=_days_away(on, "-", rule_days("grace_days", on=on)),
        )
        return self.filter(models.Exists(terms), suspended_at=None)

    def active(self, *, on: date) -> Self:
        return self.with_state(on=on).filter(state_then=MembershipState.ACTIVE)

    def ending_soon(self, *, on: date) -> Self:
        """Paid for `on`, and so near the end that the next year may be billed."""
        return self.with_state(on=on).filter(state_then=MembershipState.SOON)

    def in_grace(self, *, on: date) -> Self:
        return self.with_state(on=on).filter(state_then=MembershipState.GRACE)

    def lapsed(self, *, on: date) -> Self:
        """Once paid, and past the grace."""
        return self.with_state(on=on).filter(state_then=MembershipState.LAPSED)

    def suspended(self) -> Self:
        return self.exclude(suspended_at=None)

    def with_state(self, *, on: date) -> Self:
        """Adds `state_then`: what `state(on=on)` says, and `paid_end`, as of `paid_until`."""
        today = Value(on, DateField())
        soon_from = _days_away(F("paid_end"), "-", rule_days("window_days", on=on))
        grace_end = _days_away(F("paid_end"), "+", rule_days("grace_days", on=on))
        return self.annotate(
            paid_end=Subquery(_ends_of_paid_time(on), output_field=DateField()),
            state_then=Case(
                When(suspended_at__isnull=False, then=Value(MembershipState.SUSPENDED)),
                When(paid_end=None, then=Value(MembershipState.NONE)),
                When(GreaterThan(soon_from, today), then=Value(MembershipState.ACTIVE)),
                When(paid_end__gt=on, then=Value(MembershipState.SOON)),
                When(GreaterThan(grace_end, today), then=Value(MembershipState.GRACE)),
                default=Value(MembershipState.LAPSED),
            ),
        )

    def with_last_day(self) -> Self:
        """Adds `paid_until`: the first day no longer paid (upper bound), or None."""
        last = (
            MembershipTerm.objects.filter(membership=OuterRef("pk"))
            .annotate(end=Upper(F("period")))
            .order_by("-end")
            .values("end")[:1]
        )
        return self.annotate(paid_until=Subquery(last))


class KadinMembership(models.Model):
    """ "Anggota tercatat UMKM" of Kadin, independent of what Pemkot decides.

    submitted → approved | rejected | needs_repair; needs_repair → submitted.
    Active, in grace or lapsed is computed from the paid terms.
    """

    business = models.OneToOneField(Business, on_delete=models.PROTECT, related_name="kadin")
    number = models.CharField(_("nomor anggota"), max_length=20, unique=True, null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=ApplicationStatus, default=ApplicationStatus.SUBMITTED
    )
    card_code = models.CharField(_("kode kartu"), max_length=10, unique=True)
    requested_at = models.DateTimeField(_("diajukan"))
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("oleh"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decision_reason = models.TextField(_("alasan"), blank=True)
    repair_fields = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    suspended_at = models.DateTimeField(_("ditangguhkan"), null=True, blank=True)
    suspension_reason = models.CharField(max_length=300, blank=True)

    # For who has read the standing terms' periods together with the row.
    known_periods: list[DateRange] | None = None

    objects = KadinMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("anggota Kadin")
        verbose_name_plural = _("anggota Kadin")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ApplicationStatus.values), name="kadin_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=ApplicationStatus.APPROVED, number__isnull=False)
                | ~Q(status=ApplicationStatus.APPROVED),
                name="kadin_numbered_once_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or '–'} {self.business}"

    def state(self, *, on: date, rules: DuesRules | None = None) -> MembershipState:
        """What the paid terms say about that day; `rules` are those of `on`, to spare a query."""
        if self.suspended_at:
            return MembershipState.SUSPENDED
        end = self.paid_until(on=on)
        if end is None:
            return MembershipState.NONE
        rules = rules or DuesRules.objects.in_force(on=on)
        if on < end - timedelta(days=rules.window_days):
            return MembershipState.ACTIVE
        if on < end:
            return MembershipState.SOON
        if on < end + timedelta(days=rules.grace_days):
            return MembershipState.GRACE
        return MembershipState.LAPSED

    def paid_until(self, *, on: date) -> date | None:
        """The first day no longer paid, a year paid in advance counted in; None before any."""
        known = self.known_periods
        return paid_end([t.period for t in self.terms.all()] if known is None else known, on=on)


def paid_end(periods: list[DateRange], *, on: date) -> date | None:
    """The end of the unbroken time that had begun by `on`; None when none had."""
    begun = [period.upper for period in periods if period.lower <= on]
    if not begun:
        return None
    end: date = max(begun)
    for period in sorted(periods, key=lambda period: period.lower):
        if period.lower == end:
            end = period.upper
    return end


class StandingTerms(models.Manager["MembershipTerm"]):
    """Terms that count. A revoked one must never make a member active by being forgotten."""

    def get_queryset(self) -> models.QuerySet[MembershipTerm]:
        return super().get_queryset().filter(revoked_at=None)


class MembershipTerm(models.Model):
    """One year, paid or given, stored [start, end); shown inclusive. Never edited or stretched.

    standing → revoked (its money went back, or was never there); a revoked term stays as history,
    reached only through `with_revoked`.
    """

    membership = models.ForeignKey(KadinMembership, on_delete=models.PROTECT, related_name="terms")
    period = DateRangeField(_("masa"))
    invoice: models.ForeignKey[DuesInvoice, DuesInvoice] = models.ForeignKey(
        "members.DuesInvoice", on_delete=models.PROTECT, related_name="terms"
    )
    given_because = models.CharField(
        _("alasan dibebaskan"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text=_("Terisi bila masa ini diberikan tanpa uang."),
    )
    revoked_at = models.DateTimeField(_("dicabut"), null=True, blank=True)
    revoked_because = models.CharField(
        _("alasan dicabut"), max_length=300, blank=True, default="", db_default=""
    )

    objects = StandingTerms()
    with_revoked = models.Manager["MembershipTerm"]()

    class Meta:
        verbose_name = _("masa keanggotaan")
        verbose_name_plural = _("masa keanggotaan")
        constraints = [
            ExclusionConstraint(
                name="term_one_paid_at_a_time",
                expressions=[
                    ("membership", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(revoked_at=None),
            ),
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(revoked_at=None), name="term_one_per_invoice"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_because="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_because="")),
                name="term_revoked_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False, period__endswith__isnull=False),
                name="term_has_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period.lower}–{self.last_day}"

    @property
    def last_day(self) -> date:
        end: date = self.period.upper
        return end - timedelta(days=1)
