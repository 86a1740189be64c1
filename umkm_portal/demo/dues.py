"""Memberships of Kadin in every state, and bills with every word that a bill can carry."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from members.actions.dues import (
    confirm_dues_payment,
    open_dues_invoice,
    refuse_proof,
    submit_proof,
)
from members.actions.dues_changes import void_invoice, waive_invoice
from members.actions.held import hold_payment
from members.actions.membership import (
    accept_membership,
    refuse_membership,
    request_membership,
    return_membership_for_repair,
    suspend_membership,
)
from members.actions.payments import refund_payment
from members.actions.proposals import confirm_change, propose_change
from members.actions.reminders import remind_due
from members.choices import PaymentMethod, ProposalKind
from members.models import DuesInvoice, DuesPayment, DuesProof, KadinMembership
from umkm_portal.demo.clock import Timeline
from umkm_portal.demo.people import People

# Business by its place in the list: days ago that its money arrived, the last one the latest.
PAID = {
    0: (505,),
    1: (470,),
    2: (520, 150),
    3: (377,),
    4: (385,),
    5: (340,),
    6: (350,),
    7: (360,),
    8: (200,),
    **{i: (300 - 20 * (i - 9),) for i in range(9, 21)},
}
SUSPENDED = 8
RENEWS_LATE = 4
"""In grace, with a bill whose day is over."""
UNPAID = {21: 5, 22: 3, 23: 1, 24: 20}
PROOF_WAITING = {25: 2, 26: 1}
PROOF_REFUSED = 27
REMIND_EVERY = 3
"""Days; a letter may be three days late."""
REQUESTED = {28: 3, 29: 2, 30: 1}
TO_REPAIR, REFUSED = 31, 32
UNDERPAID, OVERPAID, WAIVED, VOID, REFUNDED = 33, 34, 35, 36, 37


# Of a merchant that does not exist, with an acquirer that does not either: nobody can pay it.
STATIC_QRIS = (
    "00020101021126680016ID.CO.CONTOH.WWW011893600000000000000102150000000000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID00000000000010303UMI5204869953033605802ID5912KADIN CONTOH"
    "6015JAKARTA SELATAN61051211062070703A016304194F"
)


def _remind() -> int:
    return remind_due(on=timezone.localdate(), by=None, via="jadwal")


class Dues:
    def __init__(self, timeline: Timeline, people: People) -> None:
        self.timeline = timeline
        self.people = people

    def tell(self) -> None:
        ago = self.timeline.ago
        ago(530, self._gets_a_code)
        for days in range(201, -1, -REMIND_EVERY):
            ago(days, _remind, hour=9)
        for i, payments in PAID.items():
            ago(payments[0] + 3, self._accepted(i))
            for days in payments:
                ago(days, self._pays(i))
        ago(30, self._suspends)
        ago(34, self._bills(RENEWS_LATE))
        for i, days in UNPAID.items():
            ago(days, self._accepted(i))
        for i, days in PROOF_WAITING.items():
            ago(days + 4, self._accepted(i))
            ago(days, self._sends_proof(i), hour=15)
        ago(8, self._accepted(PROOF_REFUSED))
        ago(6, self._sends_proof(PROOF_REFUSED))
        ago(5, self._refuses_proof)
        for i, days in REQUESTED.items():
            ago(days, partial(self._requested, i))
        ago(6, self._asks_repair)
        ago(11, self._refuses)
        for i in (UNDERPAID, OVERPAID, WAIVED, VOID, REFUNDED):
            ago(15, self._accepted(i))
        ago(12, self._pays(UNDERPAID, amount=100_000))
        ago(12, self._pays(OVERPAID, amount=150_000))
        ago(12, self._waives)
        ago(12, self._voids)
        ago(12, self._pays(REFUNDED))
        ago(10, self._refunds)
        ago(4, self._late_money)

    def _gets_a_code(self) -> None:
        staff = self.people.staff
        proposed = propose_change(
            ProposalKind.QRIS,
            payload={"payload": STATIC_QRIS},
            reason="Kode contoh, tidak dapat dibayar.",
            by=staff["sekretariat"],
            via="admin",
        )
        confirm_change(proposed, by=staff["bendahara"], via="admin")

    def _requested(self, i: int) -> KadinMembership:
        business = self.people.businesses[i]
        return request_membership(business, by=business.owner, via="web")

    def _accepted(self, i: int) -> Callable[[], KadinMembership]:
        def accepted() -> KadinMembership:
            return accept_membership(
                self._requested(i), by=self.people.staff["sekretariat"], via="admin"
            )

        return accepted

    def _invoice(self, i: int) -> DuesInvoice:
        membership = KadinMembership.objects.get(business=self.people.businesses[i])
        return open_dues_invoice(membership, by=self.people.businesses[i].owner, via="web")

    def _bills(self, i: int) -> Callable[[], DuesInvoice]:
        return lambda: self._invoice(i)

    def _pays(self, i: int, *, amount: int | None = None) -> Callable[[], None]:
        def pays() -> None:
            invoice = self._invoice(i)
            self._proof(invoice)
            confirm_dues_payment(
                invoice,
                received_on=timezone.localdate(),
                amount=amount or invoice.amount,
                reference=f"CONTOH-{timezone.localdate():%y%m%d}-{i:02d}",
                by=self.people.staff["bendahara"],
                via="admin",
            )

        return pays

    def _proof(self, invoice: DuesInvoice) -> DuesProof:
        owner = invoice.membership.business.owner
        upload = ContentFile(proof_picture(invoice.number), name="bukti.jpg")
        return submit_proof(invoice, upload, by=owner, via="web")

    def _sends_proof(self, i: int) -> Callable[[], DuesProof]:
        return lambda: self._proof(self._invoice(i))

    def _refuses_proof(self) -> None:
        refuse_proof(
            self._invoice(PROOF_REFUSED).proofs.get(),
            reason="Jumlah pada bukti tidak terbaca. Kirim foto yang lebih terang.",
            by=self.people.staff["bendahara"],
            via="admin",
        )

    def _asks_repair(self) -> None:
        return_membership_for_repair(
            self._requested(TO_REPAIR),
            fields=["nib"],
            reason="NIB belum diisi.",
            by=self.people.staff["sekretariat"],
            via="admin",
        )

    def _refuses(self) -> None:
        refuse_membership(
            self._requested(REFUSED),
            reason="Usaha ini cabang dari anggota yang sudah tercatat.",
            by=self.people.staff["sekretariat"],
            via="admin",
        )

    def _suspends(self) -> None:
        suspend_membership(
            KadinMembership.objects.get(business=self.people.businesses[SUSPENDED]),
            reason="Alamat usaha sedang diperiksa ulang.",
            by=self.people.staff["sekretariat"],
            via="admin",
        )

    def _waives(self) -> None:
        waive_invoice(
            self._invoice(WAIVED),
            reason="Pengurus membebaskan iuran karena kebakaran di tempat usaha.",
            by=self.people.staff["bendahara"],
            via="admin",
        )

    def _voids(self) -> None:
        void_invoice(
            self._invoice(VOID),
            reason="Usaha pindah ke luar Jakarta Selatan sebelum membayar.",
            by=self.people.staff["bendahara"],
            via="admin",
        )

    def _refunds(self) -> None:
        paid = DuesPayment.objects.get(
            invoice__membership__business=self.people.businesses[REFUNDED]
        )
        refund_payment(
            paid,
            reason="Pemilik sudah membayar lewat cabang lain.",
            by=self.people.staff["bendahara"],
            via="admin",
        )

    def _late_money(self) -> None:
        """Paid after the bill was voided: it waits in the treasurer's list."""
        hold_payment(
            amount=120_000,
            received_on=timezone.localdate(),
            reference=f"CONTOH-{timezone.localdate():%y%m%d}-{VOID:02d}",
            method=PaymentMethod.TRANSFER,
            about=DuesInvoice.objects.get(membership__business=self.people.businesses[VOID]),
            reason="Uang masuk setelah tagihan dibatalkan.",
            by=self.people.staff["bendahara"],
            via="admin",
        )


def proof_picture(number: str) -> bytes:
    """A slip of a transfer that never was, as a photo from a phone."""
    sheet = Image.new("RGB", (720, 1080), "#e6f2e7")
    draw = ImageDraw.Draw(sheet)
    draw.rounded_rectangle((60, 60, 660, 1020), 28, fill="#ffffff")
    draw.rectangle((60, 60, 660, 200), fill="#0b5a40")
    lines = (
        (90, 40, "#ffffff", "Transfer berhasil"),
        (260, 34, "#4a5a51", "Kepada"),
        (305, 34, "#14231b", "Kadin Jakarta Selatan"),
        (400, 34, "#4a5a51", "Jumlah"),
        (445, 56, "#14231b", "Rp120.000"),
        (560, 34, "#4a5a51", "Berita"),
        (605, 34, "#14231b", number),
        (860, 90, "#b3201c", "CONTOH"),
    )
    for y, size, colour, text in lines:
        draw.text((110, y), text, fill=colour, font=ImageFont.load_default(size))
    buffer = io.BytesIO()
    sheet.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()
