"""What staff may ask of a list in its address: its filters, and nothing that no page shows."""

from __future__ import annotations

import pytest
from django.contrib import admin

from members.models import User
from tests import make

pytestmark = pytest.mark.django_db

HIDDEN = [
    "members/user/?password__startswith=argon2",
    "members/user/?username__startswith=a",
    "members/user/?owner__nik_digest__startswith=a",
    "members/user/?name__regex=(a*)*b",
    "members/business/?decided_by__password__startswith=a",
    "members/business/?owner__owner__nik_digest__startswith=a",
    "members/accesscode/?code_digest__startswith=a",
    "members/duespayment/?receipt_code__startswith=A",
    "members/kadinmembership/?card_code__startswith=A",
    "members/document/?file__startswith=a",
    "events/registration/?token__startswith=a",
    "notices/notice/?recipient__password__startswith=a",
]


@pytest.fixture
def root(db: None) -> User:
    return make.user("root", is_staff=True, is_superuser=True)


@pytest.mark.parametrize("asked", HIDDEN)
def test_nobody_spells_out_a_hidden_field_in_the_address_of_a_list(client, root, asked) -> None:
    client.force_login(root)

    assert client.get(f"/admin/{asked}").status_code == 400


def test_every_list_allows_its_own_filters_and_no_other_field(rf, root) -> None:
    for model, desk in admin.site._registry.items():
        request = rf.get("/")
        request.user = root
        offered = [
            getattr(item, "parameter_name", item) if isinstance(item, str | type) else item[0]
            for item in desk.list_filter
        ]
        for field in model._meta.concrete_fields:
            is_offered = field.name in [*offered, desk.date_hierarchy]
            said = desk.lookup_allowed(f"{field.name}__startswith", "a", request)
            assert said == is_offered, (model, field.name)


@pytest.mark.parametrize(
    "filtered",
    [
        "members/business/?status__exact=submitted",
        "members/user/?groups__id__exact=1",
        "events/registration/?event__id__exact=1",
        "events/registration/?promoted_at__isempty=1",
        "audit/auditentry/?at__year=2026&at__month=6",
    ],
)
def test_the_filters_of_a_list_work(client, root, filtered) -> None:
    client.force_login(root)

    assert client.get(f"/admin/{filtered}").status_code == 200


@pytest.mark.parametrize("year", ["99999999999999999999", "0", "abc", "10000"])
def test_a_year_no_calendar_has_is_no_fault_of_ours(client, root, year) -> None:
    client.force_login(root)

    answer = client.get(f"/admin/members/duesinvoice/?issued_on__year={year}")

    assert answer.status_code in {302, 400}
