import pytest
from django.utils import timezone

from members.actions.membership import (
    accept_membership,
    lift_suspension,
    refuse_membership,
    repair_membership,
    request_membership,
    return_membership_for_repair,
    suspend_membership,
)
from members.choices import ApplicationStatus, MembershipState
from members.models import Business, DuesInvoice, KadinMembership
from tests import make
from tests.members.money import member, pay
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db


def ask(business: Business) -> KadinMembership:
    return request_membership(business, by=business.owner, via="web")


@pytest.mark.parametrize("status", ["submitted", "needs_repair", "approved", "rejected"])
def test_any_sent_business_may_ask_whatever_pemkot_decided(siti, status) -> None:
    membership = ask(make.business(siti, status=status))

    assert membership.status == ApplicationStatus.SUBMITTED
    assert membership.number is None
    assert len(membership.card_code) == 10


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_a_business_not_sent_may_not_ask(siti, status) -> None:
    business = make.business(siti, status=status)

    with pytest.raises(ActionRefused, match="Kirim dulu pendaftaran"):
        ask(business)


def test_asking_twice_is_once(batik) -> None:
    assert ask(batik) == ask(batik)
    assert AuditEntry.objects.filter(verb="kadin_membership.requested").count() == 1


def test_with_the_automatic_switch_it_is_accepted_at_once(batik, settings) -> None:
    settings.KADIN_OTOMATIS = True

    membership = ask(batik)

    assert membership.status == ApplicationStatus.APPROVED
    assert membership.number
    assert membership.decided_by is None
    assert membership.invoices.count() == 1


def test_accepting_gives_a_number_a_bill_and_two_messages(batik, sekretariat, siti) -> None:
    membership = member(batik, by=sekretariat)

    assert membership.number == f"JSP-KDN-{timezone.localdate().year}-000001"
    invoice = membership.invoices.get()
    assert invoice.amount == 120_000
    assert set(Notice.objects.of(siti).values_list("purpose", flat=True)) == {
        "kadin_accepted",
        "dues_invoice",
    }
    assert batik.status == ApplicationStatus.APPROVED


def test_accepting_twice_is_once(batik, sekretariat) -> None:
    membership = member(batik, by=sekretariat)
    accept_membership(membership, by=sekretariat, via="admin")

    assert DuesInvoice.objects.count() == 1
    assert AuditEntry.objects.filter(verb="kadin_membership.accepted").count() == 1


def test_the_secretariat_names_what_to_mend_and_siti_mends_only_that(
    batik, sekretariat, siti
) -> None:
    membership = return_membership_for_repair(
        ask(batik),
        fields=["name", "street"],
        reason="Nama tidak sama.",
        by=sekretariat,
        via="admin",
    )
    assert membership.repair_fields == ["name", "street"]
    notice = Notice.objects.of(siti).get(purpose="kadin_repair")
    assert notice.subject == "Perlu dilengkapi: 2 hal"
    assert "Nama tidak sama." in notice.body

    with pytest.raises(ActionRefused, match="Hanya bagian"):
        repair_membership(membership, changes={"nib": "1234567890123"}, by=siti, via="web")
    mended = repair_membership(
        membership, changes={"name": "Batik Ibu Siti", "street": "Jl. Baru 2"}, by=siti, via="web"
    )

    batik.refresh_from_db()
    assert mended.status == ApplicationStatus.SUBMITTED
    assert (batik.name, batik.street, batik.sort_key) == (
        "Batik Ibu Siti",
        "Jl. Baru 2",
        "batik ibu siti",
    )
    entry = AuditEntry.objects.get(verb="kadin_membership.repaired")
    assert entry.data["old"]["name"] == "Batik Siti"


def test_a_second_return_is_a_second_message(batik, sekretariat, siti) -> None:
    membership = ask(batik)
    for _time in range(2):
        membership = return_membership_for_repair(
            membership, fields=["street"], reason="Belum jelas.", by=sekretariat, via="admin"
        )
        membership = repair_membership(
            membership, changes={"street": "Jl. Lain"}, by=siti, via="web"
        )

    assert Notice.objects.of(siti).filter(purpose="kadin_repair").count() == 2


def test_a_nib_of_somebody_else_is_refused(batik, budi, sekretariat, siti) -> None:
    make.business(budi, name="Roti Budi", nib="1234567890123")
    membership = return_membership_for_repair(
        ask(batik), fields=["nib"], reason="Isi NIB.", by=sekretariat, via="admin"
    )

    with pytest.raises(ActionRefused, match="NIB ini sudah terdaftar"):
        repair_membership(membership, changes={"nib": "1234567890123"}, by=siti, via="web")


@pytest.mark.parametrize("fields", [[], ["status"], ["owner", "number"]])
def test_only_repairable_parts_can_be_named(batik, sekretariat, fields) -> None:
    with pytest.raises(ActionRefused, match="paling sedikit satu"):
        return_membership_for_repair(
            ask(batik), fields=fields, reason="x", by=sekretariat, via="admin"
        )


def test_refusing_says_why_and_whom_to_ask(batik, sekretariat, siti) -> None:
    refuse_membership(ask(batik), reason="Usaha di luar Jaksel.", by=sekretariat, via="admin")

    notice = Notice.objects.of(siti).get()
    assert notice.subject == "Pencatatan Kadin belum bisa diterima"
    assert "Usaha di luar Jaksel." in notice.body
    assert "0812-0000-0000" in notice.body
    batik.refresh_from_db()
    assert batik.status == ApplicationStatus.APPROVED


def test_a_refused_request_is_not_accepted_afterwards(batik, sekretariat) -> None:
    membership = refuse_membership(ask(batik), reason="x", by=sekretariat, via="admin")

    with pytest.raises(ActionRefused, match="sudah diputuskan: Ditolak"):
        accept_membership(membership, by=sekretariat, via="admin")


def test_a_suspended_card_is_not_good_until_it_is_lifted(batik, sekretariat, siti) -> None:
    membership = member(batik, by=sekretariat)
    pay(membership.invoices.get(), by=sekretariat)
    today = timezone.localdate()

    for _time in range(2):
        membership = suspend_membership(
            membership, reason="Alamat palsu.", by=sekretariat, via="admin"
        )
    assert membership.state(on=today) == MembershipState.SUSPENDED
    assert "Alamat palsu." in Notice.objects.of(siti).get(purpose="kadin_suspended").body
    with pytest.raises(ActionRefused, match="petugas lain"):
        lift_suspension(membership, by=siti, via="admin")
    for _time in range(2):
        membership = lift_suspension(membership, by=sekretariat, via="admin")

    assert membership.state(on=today) == MembershipState.ACTIVE
    assert AuditEntry.objects.filter(verb="kadin_membership.suspended").count() == 1
    assert AuditEntry.objects.filter(verb="kadin_membership.restored").count() == 1


def test_who_is_no_member_yet_is_not_suspended(batik, sekretariat) -> None:
    with pytest.raises(ActionRefused, match="sudah tercatat"):
        suspend_membership(ask(batik), reason="x", by=sekretariat, via="admin")


def test_a_business_called_off_meanwhile_is_not_accepted(batik, sekretariat) -> None:
    membership = ask(batik)
    Business.objects.update(status="cancelled")

    with pytest.raises(ActionRefused, match="membatalkan"):
        accept_membership(membership, by=sekretariat, via="admin")


def test_nobody_decides_about_their_own_business(batik, siti) -> None:
    membership = ask(batik)

    for decide in (
        lambda: accept_membership(membership, by=siti, via="admin"),
        lambda: refuse_membership(membership, reason="x", by=siti, via="admin"),
    ):
        with pytest.raises(ActionRefused, match="petugas lain"):
            decide()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_membership(batik) -> None:
    assert all_at_once(ask, [batik] * 4) == ["done"] * 4
    assert KadinMembership.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_accept_against_refuse_exactly_one_wins(batik, sekretariat) -> None:
    membership = ask(batik)

    def decide(word: str) -> None:
        if word == "accept":
            accept_membership(membership, by=sekretariat, via="admin")
        else:
            refuse_membership(membership, reason="x", by=sekretariat, via="admin")

    assert all_at_once(decide, ["accept", "refuse"]) == ["done", "refused"]
    membership.refresh_from_db()
    accepted = membership.status == ApplicationStatus.APPROVED
    assert membership.invoices.count() == int(accepted)
    assert AuditEntry.objects.filter(verb__startswith="kadin_membership.").count() == 2
