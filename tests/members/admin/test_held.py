"""Held money: from the queue to a bill, or back."""

from __future__ import annotations

import pytest
from django.utils import timezone

from members.actions.dues_changes import void_invoice
from members.choices import HeldStatus
from tests import make
from tests.members.admin.desk import DESK, words
from tests.members.money import bill, held, member
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.dates import tanggal_polos

pytestmark = pytest.mark.django_db


def test_held_money_is_assigned_from_the_queue(desk, invoice, bendahara) -> None:
    void_invoice(invoice, reason="Salah tarif.", by=bendahara, via="admin")
    row = held(invoice, by=bendahara)
    following = bill(invoice.membership)
    assert "Uang tertahan" in words(desk.get("/admin/"))

    address = f"{DESK}heldpayment/{row.pk}/pakai/"
    assert following.number in words(desk.get(address))
    assert "tidak ada" in words(desk.post(address, {"invoice": "INV-X"}))
    page = words(desk.post(address, {"invoice": following.number.lower()}))
    assert tanggal_polos(timezone.localdate()) in page
    assert "Lunas" in page
    desk.post(address, {"invoice": following.number, "simpan": "1"})

    row.refresh_from_db()
    assert row.status == HeldStatus.ASSIGNED
    assert following.number in words(desk.get(f"{DESK}heldpayment/{row.pk}/change/"))


def test_held_money_goes_back_with_a_reason(desk, invoice, bendahara) -> None:
    row = held(invoice, by=bendahara)
    desk.post(f"{DESK}heldpayment/{row.pk}/kembalikan/", {"reason": "Ditransfer balik."})

    row.refresh_from_db()
    assert row.status == HeldStatus.RETURNED
    assert AuditEntry.objects.get(verb="held_payment.returned").data["reason"]


def test_the_list_of_held_money_costs_the_same_for_one_and_three(
    desk, siti, sekretariat, bendahara, django_assert_max_num_queries
) -> None:
    def one_more(name: str) -> None:
        found = member(make.business(siti, name=name), by=sekretariat).invoices.get()
        held(found, by=bendahara, reference=name)

    one_more("Roti 1")
    desk.get(f"{DESK}heldpayment/")
    with django_assert_max_num_queries(12) as one:
        desk.get(f"{DESK}heldpayment/")
    one_more("Roti 2")
    one_more("Roti 3")
    with django_assert_max_num_queries(12) as three:
        desk.get(f"{DESK}heldpayment/")
    assert len(one) == len(three)
