"""A query compiled once answers as the query set it was built from."""

from datetime import UTC, date, datetime

import pytest

from members.models import Business, Kecamatan, User
from umkm_portal.lib.compiled import CompiledQuery


def named(name: str):
    return Business.objects.filter(name=name).values_list("pk", "name", "owner__phone")


def test_each_call_asks_for_its_own_value_in_one_query(batik, siti, django_assert_num_queries):
    ask = CompiledQuery(named, name=str)
    assert ask(name="Tidak ada") == []

    with django_assert_num_queries(1):
        (row,) = ask(name=batik.name)

    assert (row.pk, row.name, row.owner__phone) == (batik.pk, batik.name, siti.phone)


def test_values_come_back_as_python_s_own(batik):
    ask = CompiledQuery(
        lambda moment: User.objects.filter(date_joined__gte=moment).values_list("date_joined"),
        moment=datetime,
    )
    rows = ask(moment=datetime(2000, 1, 1, tzinfo=UTC))
    assert [row.date_joined for row in rows] == list(
        User.objects.values_list("date_joined", flat=True)
    )


def test_a_hostile_value_is_a_value(batik):
    ask = CompiledQuery(named, name=str)
    assert ask(name="' OR 1=1 --") == ask(name="%s") == []


def test_a_value_that_is_changed_on_the_way_is_refused(db):
    def holding(name):
        return Kecamatan.objects.filter(name__icontains=name).values_list("pk")

    with pytest.raises(ValueError, match="name"):
        CompiledQuery(holding, name=str)(name="Tebet")


def test_a_kind_that_cannot_be_told_apart_is_refused():
    with pytest.raises(ValueError, match="bool"):
        CompiledQuery(named, name=bool)


def test_two_values_of_one_kind_are_kept_apart(db):
    def between(first, last):
        return User.objects.filter(
            last_login__date__gte=first, last_login__date__lte=last
        ).values_list("pk")

    User.objects.create_user(
        "a@contoh.id", "sandi-panjang", last_login=datetime(2026, 5, 5, 3, tzinfo=UTC)
    )
    ask = CompiledQuery(between, first=date, last=date)
    assert len(ask(first=date(2026, 5, 1), last=date(2026, 5, 31))) == 1
    assert ask(first=date(2026, 5, 31), last=date(2026, 5, 1)) == []
