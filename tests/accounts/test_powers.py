"""Who keeps accounts in the admin raises nobody to superuser, and not himself."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission

from members.choices import Role
from members.models import User
from tests import make
from tests.accounts.conftest import is_in

pytestmark = pytest.mark.django_db


def change(client, user: User, **values: str):
    fields = {"name": user.name, "email": user.email, "phone": user.phone, "is_active": "on"}
    return client.post(f"/admin/members/user/{user.pk}/change/", fields | values)


@pytest.fixture
def root(db: None) -> User:
    return make.user("root", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(client, admin):
    client.force_login(admin)
    return client


def test_nobody_is_made_superuser(desk, siti, petugas) -> None:
    for person in (siti, petugas):
        change(desk, person, is_superuser="on", is_staff="on", user_permissions="1")
        person.refresh_from_db()

        assert not person.is_superuser
        assert not person.user_permissions.exists()
    desk.post("/admin/members/user/add/", {"email": "b@example.id", "is_superuser": "on"})
    assert not User.objects.filter(is_superuser=True).exists()


@pytest.mark.parametrize("page", ["change", "password", "history", "delete"])
def test_a_superuser_is_out_of_reach(desk, root, page) -> None:
    path = f"/admin/members/user/{root.pk}/{page}/"
    values = {"name": "x", "password1": "sambal-terasi-99", "password2": "sambal-terasi-99"}

    assert desk.get(path).status_code in {302, 403, 404}
    assert desk.post(path, values).status_code in {302, 403, 404}
    root.refresh_from_db()
    assert root.check_password(make.PASSWORD)
    assert (root.name, root.is_active) == ("Root", True)
    assert root.email not in desk.get("/admin/members/user/").content.decode()


def test_nobody_raises_himself(desk, admin) -> None:
    petugas_group = Group.objects.get(name=Role.PETUGAS.value)
    change(desk, admin, is_staff="on", is_superuser="on", groups=str(petugas_group.pk))

    admin.refresh_from_db()
    assert not admin.is_superuser
    assert [group.name for group in admin.groups.all()] == [Role.ADMIN.value]


def test_a_password_is_not_set_from_the_desk(desk, siti) -> None:
    change(desk, siti, password="x", password1="sambal-terasi-99", password2="sambal-terasi-99")
    desk.post(
        f"/admin/members/user/{siti.pk}/password/",
        {"password1": "sambal-terasi-99", "password2": "sambal-terasi-99"},
    )

    siti.refresh_from_db()
    assert siti.check_password(make.PASSWORD)


@pytest.mark.parametrize("role", ["petugas", "kurator", "sekretariat", "bendahara", "siti"])
def test_others_do_not_keep_accounts(client, budi, role, request) -> None:
    client.force_login(request.getfixturevalue(role))

    assert change(client, budi, is_staff="on").status_code in {302, 403}
    budi.refresh_from_db()
    assert not budi.is_staff


def test_no_group_may_change_groups_or_permissions() -> None:
    for codename in ("change_group", "add_group", "add_permission", "change_permission"):
        assert not Permission.objects.get(codename=codename).group_set.exists()


def test_the_desk_can_turn_an_account_off_and_it_is_out_at_once(desk, siti) -> None:
    from django.test import Client

    owner = Client()
    owner.force_login(siti)
    fields = {"name": siti.name, "email": siti.email, "phone": ""}
    desk.post(f"/admin/members/user/{siti.pk}/change/", fields)

    assert not is_in(owner)
