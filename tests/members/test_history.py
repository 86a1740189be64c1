"""A member's years and the gaps between them."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from members.models import KadinMembership
from members.reports.history import history_of, member_since
from tests.members.money import member
from tests.members.test_standing import paid

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(batik, sekretariat) -> KadinMembership:
    made = member(batik, by=sekretariat)
    made.invoices.update(status="void")
    return made


def lines(membership: KadinMembership) -> list[tuple[str, str, str]]:
    fresh = KadinMembership.objects.get(pk=membership.pk)
    return [
        (f"{part.first}", f"{part.last}", part.text if part.is_gap else "")
        for part in history_of(fresh)
    ]


def test_who_never_paid_has_no_history(membership) -> None:
    assert lines(membership) == []
    assert member_since(membership) is None


def test_five_months_without_dues_are_said(membership) -> None:
    paid(membership, date(2024, 3, 10))
    paid(membership, date(2025, 8, 10))

    assert lines(membership) == [
        ("2024-03-10", "2025-03-09", ""),
        ("2025-03-10", "2025-08-09", "tidak aktif 5 bulan"),
        ("2025-08-10", "2026-08-09", ""),
    ]
    assert member_since(KadinMembership.objects.get()) == date(2024, 3, 10)


def test_years_that_follow_each_other_leave_no_gap(membership) -> None:
    paid(membership, date(2024, 3, 10))
    paid(membership, date(2025, 3, 1))

    assert [gap for _first, _last, gap in lines(membership)] == ["", ""]


def test_a_gap_of_less_than_two_months_is_one(membership) -> None:
    paid(membership, date(2024, 3, 10))
    paid(membership, date(2025, 4, 20))

    assert lines(membership)[1][2] == "tidak aktif 1 bulan"


def test_a_revoked_year_never_was(membership) -> None:
    paid(membership, date(2024, 3, 10))
    term = paid(membership, date(2025, 8, 10))
    term.revoked_at, term.revoked_because = timezone.now(), "Uang dikembalikan"
    term.save()

    assert len(lines(membership)) == 1


def test_the_owner_and_the_secretariat_see_the_gap(client, siti, sekretariat, membership) -> None:
    paid(membership, date(2024, 3, 10))
    paid(membership, date(2025, 8, 10))
    for user, address in (
        (siti, "/saya/iuran/"),
        (sekretariat, f"/admin/members/kadinmembership/{membership.pk}/change/"),
    ):
        client.force_login(user)
        page = client.get(address).text
        assert "tidak aktif 5 bulan" in page
        assert "10 Maret 2024" in page
