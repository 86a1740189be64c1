"""The desk of the two: typed here, confirmed there, the password asked each time."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from members.choices import ProposalKind, ProposalState
from members.models import BankAccount, ChangeProposal, DuesRate, QrisCode
from tests import make
from tests.members.two_people import STATIC_QRIS, changed, coming, proposed, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]
DESK = "/admin/members/changeproposal/"


def propose(client, user, kind, **changes):
    client.force_login(user)
    values = {**typed(kind), "password": make.PASSWORD, **changes}
    return client.post(f"{DESK}usulkan/{kind}/", values)


@pytest.mark.parametrize("kind", list(ProposalKind))
def test_a_proposal_is_typed_and_confirmed_by_a_colleague(
    client, bendahara, sekretariat, kind
) -> None:
    client.force_login(bendahara)
    assert client.get(f"{DESK}usulkan/{kind}/").status_code == 200
    response = propose(client, bendahara, kind)
    proposal = ChangeProposal.objects.get()
    assert response.url == f"{DESK}{proposal.pk}/change/"

    client.force_login(sekretariat)
    assert "Perubahan yang perlu orang kedua" in client.get("/admin/").text
    page = client.get(f"{DESK}{proposal.pk}/change/").text
    assert "Sahkan" in page
    assert "Tarik usulan saya" not in page
    answer = client.post(f"{DESK}{proposal.pk}/sahkan/", {"password": make.PASSWORD})
    assert answer.status_code == 302
    proposal.refresh_from_db()
    assert proposal.status == ProposalState.CONFIRMED


def test_old_stands_beside_new(client, bendahara, sekretariat) -> None:
    proposal = proposed(ProposalKind.FEE, by=bendahara, amount=150_000, joining_fee=20_000)
    client.force_login(sekretariat)
    for address in ("", f"{proposal.pk}/change/"):
        page = client.get(DESK + address).text
        assert "Iuran setahun: Rp120.000 → Rp150.000" in page
    ask = client.get(f"{DESK}{proposal.pk}/sahkan/").text
    assert "Rp120.000 → Rp150.000" in ask
    assert "Bendahara" in ask


def test_a_qris_code_shows_whom_it_pays(client, bendahara, sekretariat) -> None:
    propose(client, bendahara, ProposalKind.QRIS)
    client.force_login(sekretariat)
    page = client.get(f"{DESK}{ChangeProposal.objects.get().pk}/sahkan/").text

    assert "DAPUR MPOK CONTOH" in page
    assert "ID1099900000017" in page
    assert STATIC_QRIS not in page


@pytest.mark.parametrize(
    ("kind", "wrong", "sentence"),
    [
        (ProposalKind.FEE, {"starts_on": "01/01/2020"}, "paling cepat besok"),
        (ProposalKind.FEE, {"amount": "0"}, "lebih dari Rp0"),
        (ProposalKind.RULES, {"grace_days": "-1"}, "0"),
        (ProposalKind.BANK, {"number": "abc"}, "nomor rekening (angka)"),
        (ProposalKind.QRIS, {"payload": STATIC_QRIS[:-4] + "0000"}, "CRC"),
        (ProposalKind.QRIS, {"payload": "<script>alert(1)</script>"}, "susunannya"),
        (ProposalKind.BANK, {"reason": ""}, "Tulis alasannya."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client, bendahara, kind, wrong, sentence
) -> None:
    response = propose(client, bendahara, kind, **wrong)

    assert response.status_code == 200
    assert sentence in response.text
    assert "Rapat pengurus" in response.text or "reason" in wrong
    assert "<script>alert" not in response.text
    assert make.PASSWORD not in response.text
    assert not ChangeProposal.objects.exists()


def test_a_wrong_password_changes_nothing(client, bendahara, sekretariat) -> None:
    assert "tidak cocok" in propose(client, bendahara, ProposalKind.BANK, password="salah").text
    assert not ChangeProposal.objects.exists()

    proposal = proposed(ProposalKind.BANK, by=bendahara)
    client.force_login(sekretariat)
    for name in ("sahkan", "tolak"):
        page = client.post(f"{DESK}{proposal.pk}/{name}/", {"password": "salah", "reason": "Tidak"})
        assert "tidak cocok" in page.text
        assert "Tulis kata sandi Anda." in client.post(f"{DESK}{proposal.pk}/{name}/").text
    proposal.refresh_from_db()
    assert proposal.status == ProposalState.PROPOSED


def test_guessing_the_password_stops_before_ten(client, bendahara, sekretariat) -> None:
    proposal = proposed(ProposalKind.BANK, by=bendahara)
    client.force_login(sekretariat)
    address = f"{DESK}{proposal.pk}/sahkan/"
    pages = [client.post(address, {"password": f"salah{n}"}).text for n in range(10)]
    assert "Terlalu banyak percobaan" in pages[-1]
    assert "Terlalu banyak percobaan" not in pages[0]

    assert "Terlalu banyak" in client.post(address, {"password": make.PASSWORD}).text
    assert not BankAccount.objects.filter(bank_name="Bank Contoh").exists()


def test_the_proposer_may_only_take_it_back(client, bendahara) -> None:
    proposal = proposed(ProposalKind.BANK, by=bendahara)
    client.force_login(bendahara)
    page = client.get(f"{DESK}{proposal.pk}/change/").text
    assert "Tarik usulan saya" in page
    assert "/sahkan/" not in page
    assert "Tidak ada yang menunggu. Bagus." in client.get("/admin/").text

    own = client.post(f"{DESK}{proposal.pk}/sahkan/", {"password": make.PASSWORD})
    assert "disahkan atau ditolak orang lain" in own.text
    client.post(f"{DESK}{proposal.pk}/tarik/", {"password": make.PASSWORD})
    proposal.refresh_from_db()
    assert proposal.status == ProposalState.WITHDRAWN


def test_a_refusal_asks_why(client, bendahara, sekretariat) -> None:
    proposal = proposed(ProposalKind.BANK, by=bendahara)
    client.force_login(sekretariat)
    address = f"{DESK}{proposal.pk}/tolak/"
    assert "Tulis alasannya." in client.post(address, {"password": make.PASSWORD}).text
    client.post(address, {"password": make.PASSWORD, "reason": "Bukan rekening Kadin"})
    proposal.refresh_from_db()
    assert proposal.refusal_reason == "Bukan rekening Kadin"


def test_pemkots_staff_and_owners_meet_nothing(client, petugas, kurator, siti, bendahara) -> None:
    proposal = proposed(ProposalKind.BANK, by=bendahara)
    for user in (petugas, kurator, siti):
        client.force_login(user)
        for address in ("", f"{proposal.pk}/change/", f"{proposal.pk}/sahkan/", "usulkan/bank/"):
            assert client.get(DESK + address).status_code in {302, 403, 404}
            answer = client.post(DESK + address, {"password": make.PASSWORD})
            assert answer.status_code in {302, 403, 404}
    proposal.refresh_from_db()
    assert proposal.status == ProposalState.PROPOSED


def test_an_unknown_kind_is_no_page(client, bendahara) -> None:
    client.force_login(bendahara)
    assert client.get(f"{DESK}usulkan/harga/").status_code == 404


def test_nothing_is_typed_over(client, admin, bendahara, sekretariat) -> None:
    chief = make.user("kepala", is_staff=True, is_superuser=True)
    changed(ProposalKind.QRIS, by=bendahara, and_by=sekretariat)
    proposal = proposed(ProposalKind.FEE, by=bendahara)
    rows = [
        ("changeproposal", proposal),
        ("duesrate", DuesRate.objects.get()),
        ("bankaccount", BankAccount.objects.get()),
        ("qriscode", QrisCode.objects.get()),
    ]
    for user in (admin, chief):
        client.force_login(user)
        for model, row in rows:
            desk = f"/admin/members/{model}/"
            assert client.get(f"{desk}{row.pk}/change/").status_code == 200
            assert client.get(f"{desk}add/").status_code == 403
            assert client.post(f"{desk}{row.pk}/delete/", {"post": "yes"}).status_code == 403
            client.post(f"{desk}{row.pk}/change/", {"status": "confirmed", "amount": "1"})
    proposal.refresh_from_db()
    assert proposal.status == ProposalState.PROPOSED
    assert DuesRate.objects.get().amount == 120_000


def test_the_list_says_what_waits_and_what_is_late(client, bendahara, sekretariat) -> None:
    proposed(ProposalKind.BANK, by=bendahara)
    client.force_login(sekretariat)
    assert "Bank Contoh" in client.get(f"{DESK}?keadaan=proposed").text
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        client.force_login(sekretariat)
        assert "Bank Contoh" not in client.get(f"{DESK}?keadaan=proposed").text
        late = client.get(f"{DESK}?keadaan=expired").text
    assert "Lewat waktu" in late
    assert "Bank Contoh" in late


def test_the_list_costs_the_same_for_one_and_three(
    client, bendahara, sekretariat, admin, django_assert_max_num_queries
) -> None:
    proposed(ProposalKind.BANK, by=bendahara)
    client.force_login(sekretariat)
    with django_assert_max_num_queries(12) as one:
        client.get(DESK)
    proposed(ProposalKind.FEE, by=admin, starts_on=coming(3))
    proposed(ProposalKind.RULES, by=sekretariat)
    with django_assert_max_num_queries(12) as three:
        client.get(DESK)
    assert len(one) == len(three)
