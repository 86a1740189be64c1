"""Accounts in the admin: nobody raises himself or touches a superuser."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from members.choices import Role
from members.models import User
from tests import make
from umkm_portal.audit.models import AuditEntry

LIST = "/admin/members/user/"


def typed(user: User, **changes) -> dict:
    return {
        "name": user.name,
        "is_active": "on",
        "is_staff": "on" if user.is_staff else "",
        "groups": [group.pk for group in user.groups.all()],
        **changes,
    }


@pytest.fixture
def desk(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def root(db) -> User:
    return make.user("root", is_staff=True, is_superuser=True)


def test_admin_gives_a_role_and_it_is_written_down(desk, admin, budi) -> None:
    kurator = Group.objects.get(name=Role.KURATOR)
    desk.post(f"{LIST}{budi.pk}/change/", typed(budi, is_staff="on", groups=[kurator.pk]))

    budi.refresh_from_db()
    assert budi.is_staff
    assert budi.has_role(Role.KURATOR)
    roles = AuditEntry.objects.get(verb="user.roles_set", object_id=budi.pk)
    assert roles.data == {"old": [], "new": [Role.KURATOR]}
    changed = AuditEntry.objects.get(verb="user.changed", object_id=budi.pk)
    assert changed.data["old"] == {"is_staff": False}
    assert changed.data["new"] == {"is_staff": True}
    assert changed.by == admin


def test_admin_cannot_raise_himself(desk, admin) -> None:
    everything = [group.pk for group in Group.objects.all()]
    desk.post(
        f"{LIST}{admin.pk}/change/",
        typed(admin, groups=everything, is_superuser="on", user_permissions=["1"]),
    )

    admin.refresh_from_db()
    assert not admin.is_superuser
    assert [g.name for g in admin.groups.all()] == [Role.ADMIN.value]


def test_admin_makes_nobody_a_superuser(desk, budi) -> None:
    extra = {"is_superuser": "on", "password": "x", "user_permissions": ["1"]}
    desk.post(f"{LIST}{budi.pk}/change/", typed(budi, is_staff="on", **extra))

    budi.refresh_from_db()
    assert not budi.is_superuser
    assert budi.check_password(make.PASSWORD)


@pytest.mark.parametrize("name", ["change", "history", "delete"])
def test_a_superuser_is_out_of_reach(desk, root, name) -> None:
    for send in (desk.get, desk.post):
        answer = send(f"{LIST}{root.pk}/{name}/", {"name": "Lain", "is_active": ""})
        assert answer.status_code in {403, 404}

    root.refresh_from_db()
    assert root.is_active
    assert "root@example.id" not in desk.get(LIST).content.decode()


def test_how_one_signs_in_is_not_changed_here(desk, budi) -> None:
    desk.post(f"{LIST}{budi.pk}/change/", typed(budi, email="lain@example.id", phone="+6281999"))

    budi.refresh_from_db()
    assert budi.email == "budi@example.id"


def test_a_new_account_has_no_password_yet(desk) -> None:
    desk.post(f"{LIST}add/", {"name": "Baru", "email": "baru@example.id", "is_active": "on"})

    made = User.objects.get(email="baru@example.id")
    assert not made.has_usable_password()


@pytest.mark.parametrize("role", ["petugas", "kurator", "sekretariat", "bendahara"])
def test_other_staff_have_no_accounts_page(client, request, role, budi) -> None:
    client.force_login(request.getfixturevalue(role))

    assert client.get(LIST).status_code == 403
    assert client.post(f"{LIST}{budi.pk}/change/", {"is_staff": "on"}).status_code == 403
