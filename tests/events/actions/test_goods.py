"""Siti says what she brings; what she leaves at home carries no booth."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from catalog.choices import ProductStatus
from catalog.models import Product
from events.actions.goods import list_goods
from events.choices import EventStatus, PlaceStatus
from events.models import BoothPlace, BroughtProduct
from events.reports.goods import brought_to, goods_of
from events.reports.pickups import coming_pickups
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

FRIDAY = date(2026, 6, 12)
JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def goods(batik) -> list[Product]:
    return [make.product(batik, name=f"Kain {number}") for number in range(3)]


@pytest.fixture
def place(batik) -> BoothPlace:
    return make.place(make.jbl_day(timezone.localdate() + timedelta(days=3)), batik)


def brings(place: BoothPlace) -> list[str]:
    return sorted(brought_to([place.day]).values_list("name", flat=True))


def test_without_a_list_everything_comes(place, goods) -> None:
    assert brings(place) == ["Kain 0", "Kain 1", "Kain 2"]
    assert coming_pickups([place.business_id])[place.business_id].products is None


def test_only_what_is_listed_comes(place, goods, siti) -> None:
    list_goods(place, [goods[0].pk, goods[2].pk], by=siti, via="web")
    assert brings(place) == ["Kain 0", "Kain 2"]

    list_goods(place, [goods[1].pk], by=siti, via="web")
    assert brings(place) == ["Kain 1"]
    last = AuditEntry.objects.about(place).latest("pk")
    assert last.verb == "place.goods_listed"
    assert last.data == {"added": [goods[1].pk], "removed": [goods[0].pk, goods[2].pk]}


def test_twice_is_once(place, goods, siti) -> None:
    for _press in range(2):
        list_goods(place, [goods[0].pk], by=siti, via="web")

    assert AuditEntry.objects.about(place).count() == BroughtProduct.objects.count() == 1


def test_the_order_text_knows_it(place, goods, siti) -> None:
    list_goods(place, [goods[0].pk], by=siti, via="web")

    pickup = coming_pickups([place.business_id])[place.business_id]
    assert pickup.brings(goods[0])
    assert not pickup.brings(goods[1])


class TestRefused:
    def test_none_at_all(self, place, goods, siti) -> None:
        with pytest.raises(ActionRefused, match="paling sedikit satu"):
            list_goods(place, [], by=siti, via="web")

    def test_what_is_not_hers_or_not_live(self, place, goods, siti, budi) -> None:
        other = make.product(make.business(budi, name="Warung Budi"))
        draft = make.product(place.business, status=ProductStatus.DRAFT)

        for product in (other, draft):
            with pytest.raises(ActionRefused, match="yang tayang"):
                list_goods(place, [goods[0].pk, product.pk], by=siti, via="web")
        assert not BroughtProduct.objects.exists()

    def test_a_place_given_up_or_an_edition_called_off(self, place, goods, siti) -> None:
        place.status = PlaceStatus.CANCELLED
        place.save()
        with pytest.raises(ActionRefused, match="Lapak ini sudah dibatalkan"):
            list_goods(place, [goods[0].pk], by=siti, via="web")

        place.status = PlaceStatus.ACCEPTED
        place.save()
        event = place.day.event
        event.status, event.cancelled_at = EventStatus.CANCELLED, timezone.now()
        event.cancel_reason = "Hujan"
        event.save()
        with pytest.raises(ActionRefused, match="Acara ini sudah dibatalkan"):
            list_goods(place, [goods[0].pk], by=siti, via="web")

    @pytest.mark.parametrize(("second", "is_open"), [(-1, True), (0, False)])
    def test_after_six_on_the_eve(self, batik, goods, siti, second, is_open) -> None:
        place = make.place(make.jbl_day(FRIDAY), batik)
        closes = datetime(2026, 6, 11, 18, tzinfo=JAKARTA)

        with time_machine.travel(closes + timedelta(seconds=second), tick=False):
            if is_open:
                list_goods(place, [goods[0].pk], by=siti, via="web")
                return
            with pytest.raises(ActionRefused, match="ditutup Kamis, 11 Juni 2026"):
                list_goods(place, [goods[0].pk], by=siti, via="web")


class TestTheFirstTicks:
    def test_all_the_first_time(self, place, goods) -> None:
        found = goods_of(place, at=timezone.now())

        assert found.ticked == {product.pk for product in goods}
        assert (found.is_listed, found.is_from_last_time) == (False, False)

    def test_the_last_list_the_next_time(self, place, goods, batik, siti) -> None:
        list_goods(place, [goods[0].pk, goods[1].pk], by=siti, via="web")
        goods[1].status = ProductStatus.ARCHIVED
        goods[1].save()
        later = make.place(
            make.jbl_day(place.day.date + timedelta(days=7), edition=place.day.event), batik
        )

        found = goods_of(later, at=timezone.now())
        assert found.ticked == {goods[0].pk}
        assert found.is_from_last_time
        assert goods_of(place, at=timezone.now()).is_listed

    def test_hours_are_counted_down(self, batik, goods) -> None:
        place = make.place(make.jbl_day(FRIDAY), batik)
        closes = datetime(2026, 6, 11, 18, tzinfo=JAKARTA)

        for before, hours in [(30, 30), (0.5, 0), (0, -1), (-3, -1)]:
            found = goods_of(place, at=closes - timedelta(hours=before))
            assert (found.hours_left, found.is_open) == (hours, hours >= 0)


@pytest.mark.django_db(transaction=True)
def test_two_lists_at_once_follow_one_another(place, goods, siti) -> None:
    lists = [[goods[0].pk, goods[1].pk], [goods[0].pk, goods[2].pk]]

    outcome = all_at_once(lambda keys: list_goods(place, keys, by=siti, via="web"), lists)

    assert outcome == ["done", "done"]
    listed = set(BroughtProduct.objects.values_list("product", flat=True))
    assert listed in [set(keys) for keys in lists]
    assert AuditEntry.objects.about(place).count() == 2
