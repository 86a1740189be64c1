"""A browser in which somebody is signed in."""

from __future__ import annotations

from django.test import Client

from members.models import User


def sign_in(client: Client, who: User) -> Client:
    client.force_login(who)
    return client
