import datetime

import pytest

from tests import make
from umkm_portal.lib.paginate import decode_token, keyset_page

NEWEST = ("-date_joined", "pk")
pytestmark = pytest.mark.django_db


@pytest.fixture
def seven():
    from members.models import User

    at = datetime.datetime(2026, 6, 12, 9, 0, 0, 123456, tzinfo=datetime.UTC)
    for number in range(7):
        person = make.user(f"orang{number}")
        # Three share one moment, to the microsecond.
        person.date_joined = at + datetime.timedelta(microseconds=max(0, number - 2))
        person.save(update_fields=["date_joined"])
    return User.objects.filter(pk__gt=0)


def walk(queryset, *, order, size):
    seen, token = [], ""
    while True:
        page = keyset_page(queryset, order=order, token=token, size=size)
        seen += [row.pk for row in page]
        token = page.next_token
        if not token:
            return seen


@pytest.mark.parametrize("order", [NEWEST, ("date_joined", "-pk"), ("-pk",)])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_walking_shows_every_row_once_in_order(seven, order, size):
    assert walk(seven, order=order, size=size) == [row.pk for row in seven.order_by(*order)]


def test_a_page_is_one_query(seven, django_assert_num_queries):
    first = keyset_page(seven, order=NEWEST, size=2)
    with django_assert_num_queries(1):
        second = keyset_page(seven, order=NEWEST, size=2, token=first.next_token)
    assert len(second) == 2


@pytest.mark.parametrize("token", ["x", "a:b", "\x00", "\ud800", "9" * 3000, "W10:abc"])
def test_nonsense_gives_the_first_page(seven, token):
    page = keyset_page(seven, order=NEWEST, size=2, token=token)
    assert page.rows == keyset_page(seven, order=NEWEST, size=2).rows


def test_a_token_of_another_order_gives_the_first_page(seven):
    other = keyset_page(seven, order=("-pk",), size=2).next_token
    assert decode_token(other, order=NEWEST) is None
