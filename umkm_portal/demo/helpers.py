"""Who helps the demo's owners: Siti's staff, and a companion with two businesses."""

from __future__ import annotations

from django.utils import timezone

from catalog.actions.listing import set_sold_out
from catalog.models import Product
from members.actions.companion import (
    Sheet,
    offer_access,
    record_companion_sheet,
    use_companion_code,
)
from members.actions.people import accept_invitation, invite_person
from members.choices import Right
from members.models import Business, User
from umkm_portal.audit.models import Help, helping
from umkm_portal.demo.cast import ACCOUNTS, KARYAWAN, SITI, make_account
from umkm_portal.demo.clock import Timeline
from umkm_portal.demo.people import UNFINISHED, People


class Helpers:
    def __init__(self, timeline: Timeline, people: People) -> None:
        self.timeline = timeline
        self.people = people

    def tell(self) -> None:
        self.timeline.ago(20, self._hires)
        self.timeline.ago(2, self._lets_help, hour=11)
        self.timeline.ago(1, self._signs_a_sheet, hour=11)

    def _hires(self) -> None:
        """Siti lets somebody mind her catalogue."""
        siti = User.objects.get(email=SITI)
        business = Business.objects.owned_by(siti).latest("pk")
        ani = make_account(next(a for a in ACCOUNTS if a.email == KARYAWAN))
        person = invite_person(
            business, contact=KARYAWAN, rights=[Right.CATALOGUE], by=siti, via="web"
        )
        accept_invitation(person, by=ani, via="web")

    def _lets_help(self) -> None:
        """Siti's code, and what the companion did with it."""
        siti = User.objects.get(email=SITI)
        companion = self.people.staff["pendamping"]
        business = Business.objects.owned_by(siti).latest("pk")
        code = offer_access(business, by=siti, via="web").code
        access = use_companion_code(companion, code, by=companion, via="web")
        product = Product.objects.of(business).visible().latest("pk")
        with helping(Help(siti.pk, access.pk)):
            set_sold_out(product, sold_out=True, by=companion, via="web")
            set_sold_out(product, sold_out=False, by=companion, via="web")

    def _signs_a_sheet(self) -> None:
        """An owner without a phone signed on paper; her application is half filled."""
        record_companion_sheet(
            Business.objects.get(name=UNFINISHED),
            companion=self.people.staff["pendamping"],
            sheet=Sheet("L-0007", timezone.localdate(), "Pemilik tidak punya HP sendiri."),
            by=self.people.staff["petugas"],
            via="admin",
        )
