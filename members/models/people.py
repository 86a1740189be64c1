"""Who else works for a business: staff whom its owner invited, and nobody's money."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.choices import Right
from members.models.business import Business
from members.models.person import User

INVITATION_LIFE = timedelta(days=7)


class BusinessPersonQuerySet(models.QuerySet["BusinessPerson"]):
    def standing(self) -> Self:
        """Invited or working; a revoked row stays only as history."""
        return self.filter(revoked_at=None)

    def working(self) -> Self:
        return self.standing().exclude(accepted_at=None)

    def of(self, user: User | AnonymousUser) -> Self:
        return self.working().filter(user_id=user.pk)


class BusinessPerson(models.Model):
    """A member of staff (karyawan) of one business, with the rights its owner gave.

    invited → accepted → revoked; invited → revoked, or of no use after `INVITATION_LIFE`. The
    right to money, papers, consents or other people cannot be given (product 1.1). The owner is
    never a row here: the actions refuse it.
    """

    business = models.ForeignKey(
        Business, verbose_name=_("usaha"), on_delete=models.CASCADE, related_name="people"
    )
    user = models.ForeignKey(
        User,
        verbose_name=_("karyawan"),
        on_delete=models.CASCADE,
        null=True,
        related_name="workplaces",
    )
    # Whom the invitation is for, as stored for accounts: "+62…" or an address in small letters.
    contact = models.CharField(_("nomor HP atau e-mail"), max_length=254)
    may_catalogue = models.BooleanField(_("katalog"))
    may_market = models.BooleanField(_("bazar"))
    invited_at = models.DateTimeField(_("diundang"))
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(_("diterima"), null=True)
    revoked_at = models.DateTimeField(_("dicabut"), null=True)

    objects = BusinessPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("karyawan")
        verbose_name_plural = _("karyawan")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["business", "user"],
                condition=Q(revoked_at=None) & ~Q(user=None),
                name="person_once_per_business",
            ),
            models.UniqueConstraint(
                fields=["business", "contact"],
                condition=Q(revoked_at=None),
                name="person_invited_once_per_business",
            ),
            models.CheckConstraint(
                condition=Q(may_catalogue=True) | Q(may_market=True),
                name="person_has_a_right",
            ),
            models.CheckConstraint(
                condition=Q(user=None, accepted_at=None)
                | Q(user__isnull=False, accepted_at__isnull=False),
                name="person_known_iff_accepted",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user or self.contact)

    @property
    def rights(self) -> list[Right]:
        given = {Right.CATALOGUE: self.may_catalogue, Right.MARKET: self.may_market}
        return [right for right in Right if given[right]]

    @property
    def rights_line(self) -> str:
        return ", ".join(str(right.label).lower() for right in self.rights)

    @property
    def expires_at(self) -> datetime:
        """After this an invitation nobody accepted opens nothing."""
        return self.invited_at + INVITATION_LIFE

    def is_expired(self, *, at: datetime) -> bool:
        return self.accepted_at is None and self.expires_at <= at
