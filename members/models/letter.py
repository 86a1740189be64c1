from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.choices import ApplicationStatus, InvoiceStatus
from members.models.business import Business
from members.models.dues import DuesInvoice, DuesProof
from members.models.membership import KadinMembership, MembershipTerm
from members.models.person import User
from umkm_portal.lib.phone import whatsapp_link
from umkm_portal.notices.choices import Office
from umkm_portal.notices.models import CLAIM_LASTS, Notice, NoticeQuerySet
from umkm_portal.notices.purposes import URGENT, purposes_of

NEWS_LASTS = timedelta(days=14)
"""What is older is no news any more: it stays in the inbox and is not sent by hand."""
LONGEST_TEXT = 700


def offices_of(staff: User) -> list[Office]:
    """Whose letters this person works with."""
    powers = {
        "members.see_kadin_letters": Office.KADIN,
        "members.see_pemkot_letters": Office.PEMKOT,
    }
    return [office for power, office in powers.items() if staff.has_perm(power)]


class LetterQuerySet(NoticeQuerySet):
    def within_reach_of(self, staff: User) -> Self:
        """Letters of the person's office, to owners and guests of the person's kecamatan."""
        mine = self.filter(purpose__in=purposes_of(*offices_of(staff)))
        if staff.is_superuser or staff.kecamatan_id is None:
            return mine
        near = Business.objects.filter(owner_id=OuterRef("recipient_id")).within_reach_of(staff)
        return mine.filter(Q(guest_district=staff.kecamatan_id) | Exists(near))

    def held_by(self, staff: User, *, at: datetime) -> Self:
        """Taken by this person within the hour."""
        return self.filter(wa_claimed_by_id=staff.pk, wa_claimed_at__gt=at - CLAIM_LASTS)

    def in_kecamatan(self, code: str) -> Self:
        """To owners of a business there, and to guests from there."""
        near = Business.objects.filter(kelurahan__kecamatan_id=code)
        hers = Exists(near.filter(owner_id=OuterRef("recipient_id")))
        return self.filter(Q(guest_district=code) | hers)

    def for_whatsapp(self, *, at: datetime) -> Self:
        """Fresh, unread, marked ✆, to somebody with a phone, and still true."""
        names = purposes_of(*Office, by_whatsapp=True)
        has_phone = ~Q(recipient__phone="") | Q(recipient__owner__phone__gt="")
        owner = has_phone & Q(recipient__is_active=True)
        # A guest with an address has the e-mail; without one she has nothing else.
        guest = Q(recipient=None, guest_email="", guest_phone__gt="")
        return (
            self.filter(owner | guest, purpose__in=names, wa_sent_at=None, read_at=None)
            .filter(Q(news_until=None) | Q(news_until__gt=at), created_at__gt=at - NEWS_LASTS)
            .exclude(_is_stale())
        )

    def urgent_first(self) -> Self:
        """What changes somebody's way today, then the oldest."""
        waits = Case(When(purpose__in=URGENT, then=0), default=1)
        return self.order_by(waits, "pk")


def _is_stale() -> Q:
    """What it asks for was done meanwhile: money came or is being looked at, data were sent."""
    wants_money = [InvoiceStatus.UNPAID, InvoiceStatus.PROOF_REFUSED, InvoiceStatus.UNDERPAID]
    done_bills = DuesInvoice.objects.exclude(status__in=wants_money)
    seen_again = DuesProof.objects.exclude(invoice__status=InvoiceStatus.PROOF_REFUSED)
    repaired = Business.objects.exclude(status=ApplicationStatus.NEEDS_REPAIR)
    mended = KadinMembership.objects.exclude(status=ApplicationStatus.NEEDS_REPAIR)
    return (
        Q(purpose__in=["dues_invoice", "dues_underpaid"], object_id__in=done_bills.values("pk"))
        | Q(purpose="proof_refused", object_id__in=seen_again.values("pk"))
        | Q(purpose="application_needs_repair", object_id__in=repaired.values("pk"))
        | Q(purpose="kadin_repair", object_id__in=mended.values("pk"))
        | Q(purpose="dues_reminder", object_id__in=_renewed_terms().values("pk"))
    )


def _renewed_terms() -> QuerySet[MembershipTerm]:
    """Years after which another one is paid, or whose next bill has a proof that waits."""
    later = MembershipTerm.objects.filter(
        membership=OuterRef("membership"), period__startswith__gte=OuterRef("period__endswith")
    )
    checked = DuesInvoice.objects.filter(
        membership=OuterRef("membership"), status=InvoiceStatus.CHECKING
    )
    return MembershipTerm.objects.filter(Exists(later) | Exists(checked))


class Letter(Notice):
    """A notice as staff of one office work with it: its log, sending again, WhatsApp by hand."""

    objects = LetterQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        proxy = True
        verbose_name = _("pesan WhatsApp")
        verbose_name_plural = _("pesan WhatsApp")
        permissions = [
            ("see_kadin_letters", _("Pesan tentang Kadin dan iuran")),
            ("see_pemkot_letters", _("Pesan tentang pendaftaran, produk, dan acara")),
        ]

    @property
    def phone(self) -> str:
        """As +62…: the account's number, else the owner's."""
        if self.recipient is None:
            return self.guest_phone
        owner = getattr(self.recipient, "owner", None)
        return str(self.recipient.phone or (owner.phone if owner else ""))

    @property
    def whatsapp_text(self) -> str:
        """Subject and letter in at most 700 characters; a longer one ends with its link."""
        whole = f"{self.subject}\n\n{self.body}"
        if len(whole) <= LONGEST_TEXT:
            return whole
        end = f"\n\n{settings.SITE_URL}{self.link or reverse('notices:inbox')}"
        cut = whole[: LONGEST_TEXT - len(end) - 2]
        return f"{cut[: cut.rfind(chr(10))].rstrip()}…{end}"

    @property
    def whatsapp_url(self) -> str:
        return whatsapp_link(self.phone, self.whatsapp_text)
