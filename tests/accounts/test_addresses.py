"""allauth finds each page by its own name, under our addresses."""

from __future__ import annotations

import re
from pathlib import Path

import allauth
import pytest
from django.urls import NoReverseMatch, reverse

SOURCES = Path(allauth.__file__).parent
# Names of ways we do not offer: signing in by code or passkey, resetting by code, links by mail.
NOT_OFFERED = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_request_login_code",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_password_reset_completed",
    "account_signup_by_passkey",
    "mfa_trust",
}


def names_allauth_uses() -> set[str]:
    found = set()
    for app in ("account", "mfa", "core"):
        for path in (SOURCES / app).rglob("*.py"):
            if "webauthn" not in path.parts:
                found |= set(re.findall(r'"((?:account|mfa)_[a-z_]+)"', path.read_text()))
    urls = [(SOURCES / "account/urls.py").read_text()] + [
        path.read_text()
        for path in (SOURCES / "mfa").rglob("urls.py")
        if "webauthn" not in path.parts
    ]
    return found & set(re.findall(r'name="(\w+)"', " ".join(urls)))


@pytest.mark.parametrize("name", sorted(names_allauth_uses() - NOT_OFFERED))
def test_each_name_has_an_address_in_indonesian(name) -> None:
    arguments = {"uidb36": "1", "key": "k"} if name == "account_reset_password_from_key" else {}

    assert reverse(name, kwargs=arguments).startswith("/akun/")


@pytest.mark.parametrize(
    "name", [*sorted(NOT_OFFERED), "socialaccount_connections", "usersessions_list"]
)
def test_what_we_do_not_offer_has_none(name) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_there_are_enough_of_them() -> None:
    assert len(names_allauth_uses() - NOT_OFFERED) >= 19
