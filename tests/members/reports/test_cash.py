from __future__ import annotations

import io

import pytest
from django.db.models import Sum

from members.actions.held import assign_held_payment, hold_payment, return_held_payment
from members.actions.payments import correct_payment, refund_payment
from members.models import DuesPayment, HeldPayment
from members.reports.cash import cash_report
from tests.members import bank
from tests.members.money import pay
from umkm_portal.lib.xlsx import read_rows

pytestmark = pytest.mark.django_db
PAGE = "/admin/members/duespayment/kas/"


def hold(amount: int, on, by, reference: str) -> HeldPayment:
    return hold_payment(
        amount=amount,
        received_on=on,
        reference=reference,
        method="transfer",
        reason="Tanpa nomor",
        by=by,
        via="admin",
    )


@pytest.fixture
def month(siti, sekretariat, bendahara) -> None:
    """Every way money comes and goes: 5 receipts, a mistake, a refund, three held sums."""
    first, second, third, fourth, fifth = bank.bills(5, owner=siti, by=sekretariat)
    day, later = bank.today(-5), bank.today(-2)
    pay(first, by=bendahara, on=day)
    pay(second, by=bendahara, on=day, method="qris", amount=150_000)
    pay(third, by=bendahara, on=later, method="cash", amount=70_000)
    wrong = pay(fourth, by=bendahara, on=later)
    correct_payment(
        wrong,
        received_on=day,
        amount=120_000,
        reference="TRF-002",
        method="transfer",
        reason="Salah tanggal",
        by=bendahara,
        via="admin",
    )
    refund_payment(
        second.payments.get(), amount=30_000, reason="Lebih bayar", by=bendahara, via="admin"
    )
    hold(11_000, day, bendahara, "A")
    return_held_payment(hold(22_000, day, bendahara, "B"), reason="x", by=bendahara, via="admin")
    assign_held_payment(hold(120_000, later, bendahara, "C"), fifth, by=bendahara, via="admin")


def report(days: int = 30):
    return cash_report(first=bank.today(-days), last=bank.today())


def test_each_part_stands_on_the_day_the_money_moved(month) -> None:
    days = dict(report().days)
    day, later, today = (days[bank.today(ago)] for ago in (-5, -2, 0))

    assert (day.transfer, day.qris, day.cash, day.held) == (240_000, 150_000, 0, 33_000)
    assert (later.transfer, later.cash, later.held) == (120_000, 70_000, 0)
    assert (today.refunds, today.held_returned, today.total) == (-30_000, -22_000, -52_000)


def test_the_parts_are_the_total_the_ledger_and_the_file(client, month, bendahara) -> None:
    found = report()
    ledger = DuesPayment.objects.aggregate(sum=Sum("amount"))["sum"]
    held = HeldPayment.objects.waiting().aggregate(sum=Sum("amount"))["sum"]

    assert sum(cash.total for _on, cash in found.days) == found.sum.total
    assert found.sum.total == found.sum.total_by_kind == ledger + held == 561_000

    client.force_login(bendahara)
    dates = f"?dari={bank.today(-30):%d/%m/%Y}&sampai={bank.today():%d/%m/%Y}"
    answer = client.get(f"{PAGE}xlsx/{dates}")
    assert (
        f"kas-iuran-{bank.today(-30)}-sampai-{bank.today()}.xlsx"
        in answer.headers["Content-Disposition"]
    )
    rows = read_rows(io.BytesIO(answer.content), name="kas.xlsx")
    total = rows[0].index("Jumlah")
    assert rows[-1][0] == "Jumlah"
    assert int(rows[-1][total]) == found.sum.total == sum(int(row[total]) for row in rows[1:-1])
    for row in rows[1:]:
        assert sum(map(int, row[1:total])) == int(row[total])
    page = client.get(f"{PAGE}{dates}").content.decode()
    assert "Rp561.000" in page


def test_a_day_outside_is_not_counted(month) -> None:
    only = cash_report(first=bank.today(-5), last=bank.today(-5))
    assert only.sum.total == 240_000 + 150_000 + 33_000


def test_the_page_costs_the_same_for_one_and_three_days(
    client, siti, sekretariat, bendahara, django_assert_num_queries
) -> None:
    for ago, bill in enumerate(bank.bills(3, owner=siti, by=sekretariat)):
        pay(bill, by=bendahara, on=bank.today(-ago))
        with django_assert_num_queries(3):
            cash_report(first=bank.today(-30), last=bank.today())


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?dari=12/06/2026&sampai=01/06/2026", "Tanggal akhir lebih awal"),
        ("?dari=01/01/2020&sampai=01/06/2026", "Paling lama satu tahun"),
        ("?dari=kemarin", "Tulis tanggal seperti"),
    ],
)
def test_odd_dates_are_answered(client, bendahara, query, sentence) -> None:
    client.force_login(bendahara)
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("bendahara", 200), ("sekretariat", 200), ("petugas", 403), ("kurator", 403)],
)
def test_kadins_staff_see_the_cash_and_pemkots_do_not(client, request, who, status) -> None:
    client.force_login(request.getfixturevalue(who))
    for address in (PAGE, f"{PAGE}xlsx/"):
        assert client.get(address).status_code == status
        assert client.post(address).status_code in {403, 405}


def test_owners_have_no_desk(client, siti) -> None:
    client.force_login(siti)
    assert client.get(PAGE).status_code in {302, 403, 404}
    assert client.get(PAGE + "xlsx/").status_code in {302, 403, 404}
