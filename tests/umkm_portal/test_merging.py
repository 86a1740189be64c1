"""One business, recorded twice: staff compare, and make one of them without losing a row."""

from __future__ import annotations

import pytest

from events.models import BoothPlace
from members.actions.duplicates import tell_apart
from members.choices import ApplicationStatus
from members.models import Business, DuesInvoice, DuesPayment, MembershipTerm, Owner
from members.reports.duplicates import look_alikes, suspected_pairs
from tests import make
from tests.members import money
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.merging import merge_businesses
from umkm_portal.notices.models import Notice


@pytest.fixture
def twin(budi) -> Business:
    """Recorded at the counter under another account, with another phone."""
    make.owner(budi, phone="+6281399998888")
    return make.business(budi, name="Batik Siti", order_phone="+6281399998888", street="Jl. B 2")


def merge(kept, gone, by, *, take=()):
    return merge_businesses(kept, gone=gone, take=take, by=by, via="admin")


# --- finding them ---------------------------------------------------------------------------------


def test_the_same_name_in_one_kelurahan_is_suspected(batik, twin) -> None:
    assert look_alikes(batik)[0].business == twin
    assert look_alikes(batik)[0].reasons == ["nama dan kelurahan sama"]
    assert [(p.first, p.second) for p in suspected_pairs()] == [(batik, twin)]


def test_the_same_phone_is_suspected_however_it_was_written(batik, budi) -> None:
    make.owner(budi, phone="+6281377776666")
    other = make.business(budi, name="Kebaya Ibu", order_phone="+6281234567890")

    assert [found.reasons for found in look_alikes(batik)] == [["nomor HP sama"]]
    assert look_alikes(other)[0].business == batik


def test_one_owner_may_have_two_businesses_with_one_phone(siti, batik) -> None:
    make.business(siti, name="Kopi Siti")

    assert look_alikes(batik) == []
    assert suspected_pairs() == []


def test_the_same_nib_is_suspected(batik, budi) -> None:
    make.owner(budi, phone="+6281377776666")
    Business.objects.filter(pk=batik.pk).update(nib="9120000000001")
    old = make.business(
        budi,
        name="Toko Lain",
        order_phone="",
        nib="9120000000001",
        status=ApplicationStatus.REJECTED,
    )
    batik.refresh_from_db()

    assert look_alikes(old)[0].reasons == ["NIB sama"]


def test_told_apart_is_not_shown_again(batik, twin, admin) -> None:
    for _press in range(2):
        tell_apart(twin, other=batik, by=admin, via="admin")

    assert look_alikes(batik) == []
    assert suspected_pairs() == []
    with pytest.raises(ActionRefused, match="berbeda"):
        tell_apart(batik, other=batik, by=admin, via="admin")


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_same_for_one_and_three(many, budi, django_assert_max_num_queries):
    for number in range(many):
        one, other = (
            make.user(f"{who}{number}", phone=f"+62812{number}{who_n}000000")
            for who_n, who in enumerate(["ani", "ina"])
        )
        for owner in (one, other):
            make.owner(owner, phone=f"+62813{owner.pk:07d}")
            make.business(owner, name=f"Toko {number}", order_phone="")

    with django_assert_max_num_queries(8 + many):
        assert len(suspected_pairs()) == many


# --- making one of them ---------------------------------------------------------------------------


def test_everything_is_then_of_the_one_that_stays(batik, twin, admin, sekretariat, bendahara):
    product = make.product(twin, name="Selendang")
    place = make.place(make.jbl_day(), twin)
    payment = money.pay(money.bill(money.member(twin, by=sekretariat)), by=bendahara)

    merge(batik, twin, admin)

    product.refresh_from_db()
    place.refresh_from_db()
    twin.refresh_from_db()
    batik.refresh_from_db()
    assert (product.business, place.business) == (batik, batik)
    assert batik.kadin.invoices.get() == payment.invoice
    assert (twin.status, twin.merged_into) == (ApplicationStatus.CANCELLED, batik)
    assert DuesPayment.objects.count() == 1


def test_the_values_that_were_chosen_come_along(batik, twin, admin) -> None:
    Business.objects.filter(pk=twin.pk).update(nib="9120000000001")

    merge(batik, twin, admin, take=["nib", "street", "status", "owner"])

    batik.refresh_from_db()
    assert (batik.nib, batik.street, batik.owner.name) == ("9120000000001", "Jl. B 2", "Siti")


def test_two_members_become_one_with_every_paid_year(
    batik, twin, admin, sekretariat, bendahara
) -> None:
    mine, other = money.member(batik, by=sekretariat), money.member(twin, by=sekretariat)
    money.pay(money.bill(mine), by=bendahara)
    money.pay(money.bill(other), by=bendahara, reference="TRF-002")
    rows = [model.objects.count() for model in (DuesInvoice, DuesPayment, MembershipTerm)]

    merge(batik, twin, admin)

    other.refresh_from_db()
    assert [model.objects.count() for model in (DuesInvoice, DuesPayment, MembershipTerm)] == rows
    assert other.suspended_at, "the second card is no longer good"
    told = AuditEntry.objects.get(verb="business.merged").data
    assert told["stayed"]["DuesInvoice"] == 1, "the same year twice: it stays with its payment"


def test_two_booths_on_one_day_do_not_stop_it(batik, twin, admin) -> None:
    day = make.jbl_day()
    make.place(day, batik, "A01")
    make.place(day, twin, "A02")

    merge(batik, twin, admin)

    assert BoothPlace.objects.count() == 2
    assert AuditEntry.objects.get(verb="business.merged").data["stayed"] == {"BoothPlace": 1}


def test_of_two_applications_for_a_day_one_stays_and_the_seat_goes_to_the_next(
    batik, twin, admin, budi
) -> None:
    day = make.jbl_day()
    make.edition(day.event, seats_per_day=2)
    mine = make.application(day, batik, status="accepted")
    hers = make.application(day, twin, status="accepted")
    waiting = make.application(day, make.business(budi), status="waitlisted", rank=1)
    alone = make.application(make.jbl_day(), twin, note="Meja dekat pintu.")

    merge(batik, twin, admin)

    for place in (mine, hers, waiting, alone):
        place.refresh_from_db()
    assert [mine.status, hers.status, waiting.status] == ["accepted", "cancelled", "offered"]
    assert (alone.business, alone.status, alone.note) == (batik, "applied", "Meja dekat pintu.")


def test_twice_is_once_and_not_the_other_way_round(batik, twin, admin) -> None:
    merge(batik, twin, admin)
    merge(batik, twin, admin)

    assert AuditEntry.objects.filter(verb="business.merged").count() == 1
    with pytest.raises(ActionRefused, match="sudah digabung"):
        merge(twin, batik, admin)


def test_nobody_merges_his_own(siti, batik, twin) -> None:
    with pytest.raises(ActionRefused, match="petugas lain"):
        merge(batik, twin, siti)


def test_the_other_owner_is_told_nothing_about_siti(batik, twin, budi, admin) -> None:
    merge(batik, twin, admin)

    letter = Notice.objects.of(budi).get(purpose="business_merged").body
    assert twin.number in letter
    assert batik.number not in letter
    assert Owner.objects.filter(user=budi).exists()


def test_both_ways_at_once_end_in_one(transactional_db) -> None:
    siti, budi, admin = make.user("siti"), make.user("budi"), make.user("admin", is_staff=True)
    one, other = make.business(siti), make.business(budi)

    told = all_at_once(
        lambda pair: merge(pair[0], pair[1], admin), [(one, other), (other, one)] * 2
    )

    assert told == ["done", "done", "refused", "refused"]
    assert Business.objects.exclude(merged_into=None).count() == 1


# --- the desk -------------------------------------------------------------------------------------


def test_the_admin_compares_and_merges(client, batik, twin, admin) -> None:
    client.force_login(admin)
    assert "Bandingkan" in client.get("/admin/ganda/").content.decode()
    page = f"/admin/ganda/{batik.pk}/{twin.pk}/"
    shown = client.get(page).content.decode()
    assert "Jl. B 2" in shown
    assert "nama dan kelurahan sama" in shown

    assert "Pilih salah satu." in client.post(page, {}).content.decode()
    client.post(page, {"street": "1", "order_phone": "0"})

    batik.refresh_from_db()
    assert batik.street == "Jl. B 2"
    assert batik.merged_from.get() == twin


def test_the_admin_says_they_are_two(client, batik, twin, admin) -> None:
    client.force_login(admin)

    client.post(f"/admin/ganda/{batik.pk}/{twin.pk}/", {"beda": "1"})

    assert "Tidak ada yang menunggu" in client.get("/admin/ganda/").content.decode()


def test_petugas_is_warned_but_may_not_merge(client, batik, twin, petugas, budi) -> None:
    client.force_login(petugas)

    page = client.get(f"/admin/members/business/{batik.pk}/change/").content.decode()

    assert f"Mungkin tercatat dua kali: {twin.number}" in page
    assert client.get(f"/admin/ganda/{batik.pk}/{twin.pk}/").status_code == 403
    client.force_login(budi)
    assert client.get("/admin/ganda/").status_code == 302
