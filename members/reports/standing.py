"""What an owner, or whoever holds a card, may know about a business' two memberships today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, Subquery
from django.utils.translation import gettext as _

from members.choices import ApplicationStatus, MembershipState
from members.models import (
    Business,
    DuesInvoice,
    DuesRules,
    KadinMembership,
    Kecamatan,
    Kelurahan,
    MembershipTerm,
    User,
)
from members.reports.history import Stretch, history_of, member_since
from umkm_portal.lib.compiled import CompiledQuery
from umkm_portal.lib.dates import tanggal_polos

VALID = (MembershipState.ACTIVE, MembershipState.SOON, MembershipState.GRACE)


@dataclass(frozen=True)
class Standing:
    """One business on one day, by the rules of that day; no `kadin` when its owner never asked."""

    business: Business
    kadin: KadinMembership | None
    on: date
    rules: DuesRules

    @property
    def state(self) -> MembershipState:
        return (
            self.kadin.state(on=self.on, rules=self.rules) if self.kadin else MembershipState.NONE
        )

    @property
    def last_day(self) -> date | None:
        """The last paid day, a year paid in advance counted in."""
        end = self.kadin.paid_until(on=self.on) if self.kadin else None
        return end - timedelta(days=1) if end else None

    @property
    def grace_ends_on(self) -> date | None:
        day = self.last_day
        return day + timedelta(days=self.rules.grace_days) if day else None

    @property
    def is_valid(self) -> bool:
        return self.state in VALID

    @property
    def history(self) -> list[Stretch]:
        return history_of(self.kadin) if self.kadin else []

    @property
    def member_since(self) -> date | None:
        return member_since(self.kadin) if self.kadin else None

    @property
    def invoices(self) -> list[DuesInvoice]:
        return list(self.kadin.invoices.all()) if self.kadin else []

    @property
    def may_ask(self) -> bool:
        return self.kadin is None and self.business.status not in {
            ApplicationStatus.DRAFT,
            ApplicationStatus.CANCELLED,
        }

    @property
    def may_pay(self) -> bool:
        """The next year may be billed now: the paid time ends soon, has ended or never began."""
        if self.kadin is None or self.kadin.status != ApplicationStatus.APPROVED:
            return False
        if self.kadin.suspended_at or any(invoice.is_open for invoice in self.invoices):
            return False
        day = self.last_day
        return day is None or self.on >= day - timedelta(days=self.rules.window_days)

    @property
    def open_invoice(self) -> DuesInvoice | None:
        return next((invoice for invoice in self.invoices if invoice.is_open), None)

    @property
    def kadin_line(self) -> str:
        """The membership in one sentence, for the card's public page."""
        day = tanggal_polos(self.last_day) if self.last_day else ""
        grace = tanggal_polos(self.grace_ends_on) if self.grace_ends_on else ""
        return {
            MembershipState.NONE: _("Kadin: belum aktif"),
            MembershipState.ACTIVE: _("Kadin: aktif s.d. %s") % day,
            MembershipState.SOON: _("Kadin: aktif s.d. %s, segera berakhir") % day,
            MembershipState.GRACE: _("Kadin: masa tenggang s.d. %(grace)s, iuran sampai %(day)s")
            % {"grace": grace, "day": day},
            MembershipState.LAPSED: _("Kadin: berakhir %s") % day,
            MembershipState.SUSPENDED: _("Kadin: ditangguhkan"),
        }[self.state]

    @property
    def jakpreneur_line(self) -> str:
        if self.business.suspended_at:
            return _("Anggota Jakpreneur: ditangguhkan")
        if self.business.is_verified:
            return _("Anggota Jakpreneur: aktif")
        return _("Anggota Jakpreneur: belum terdaftar")

    @property
    def jakpreneur_kind(self) -> str:
        """ "ok", "wait" or "bad": the colour and icon of that line."""
        if self.business.suspended_at:
            return "bad"
        return "ok" if self.business.is_verified else "wait"


def standings_of(user: User | AnonymousUser, *, on: date) -> list[Standing]:
    """Every business of the owner with its memberships; a cancelled one only if Kadin has it."""
    memberships = KadinMembership.objects.prefetch_related("terms", "invoices__payments")
    businesses = (
        Business.objects.owned_by(user)
        .exclude(status=ApplicationStatus.CANCELLED, kadin=None)
        .select_related("kelurahan__kecamatan", "owner__owner")
        .prefetch_related(Prefetch("kadin", queryset=memberships))
    )
    rules = DuesRules.objects.in_force(on=on)
    return [Standing(b, getattr(b, "kadin", None), on, rules) for b in businesses]


def _card(code: str, on: date) -> Any:
    rules = DuesRules.objects.filter(starts_on__lte=on).order_by("-starts_on")
    terms = MembershipTerm.objects.filter(membership=OuterRef("pk")).order_by("period")
    return (
        KadinMembership.objects.filter(card_code=code)
        .annotate(
            periods=ArraySubquery(terms.values("period")),
            grace_days=Subquery(rules.values("grace_days")[:1]),
            window_days=Subquery(rules.values("window_days")[:1]),
        )
        .values_list(
            "number",
            "status",
            "suspended_at",
            "business__name",
            "business__sector",
            "business__status",
            "business__suspended_at",
            "business__kelurahan__kecamatan__name",
            "periods",
            "grace_days",
            "window_days",
        )
    )


# The page is asked for at every door of a market.
_cards = CompiledQuery(_card, code=str, on=date)


def standing_of_card(code: str, *, on: date) -> Standing | None:
    """The standing behind a card's code, or None when no card has it; one query."""
    row = next(iter(_cards(code=code, on=on)), None)
    if row is None:
        return None
    kecamatan = Kecamatan(name=row.business__kelurahan__kecamatan__name)
    business = Business(
        name=row.business__name,
        sector=row.business__sector,
        status=row.business__status,
        suspended_at=row.business__suspended_at,
        kelurahan=Kelurahan(kecamatan=kecamatan),
    )
    membership = KadinMembership(
        number=row.number, status=row.status, suspended_at=row.suspended_at, business=business
    )
    membership.known_periods = row.periods
    rules = DuesRules.initial()
    if row.grace_days is not None:
        rules = DuesRules(grace_days=row.grace_days, window_days=row.window_days)
    return Standing(business, membership, on, rules)


def standings_for(memberships: list[KadinMembership], *, on: date) -> list[Standing]:
    """Of these memberships, each with its business and terms already fetched."""
    rules = DuesRules.objects.in_force(on=on)
    return [Standing(m.business, m, on, rules) for m in memberships]
