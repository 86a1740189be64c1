"""Which letters a person wants: essential ones always, a group unless switched off."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse

from umkm_portal.lib.signing import BadLink, sign, unsign
from umkm_portal.notices.choices import Group

PURPOSE = "unsubscribe"


def is_wanted(person: AbstractBaseUser, group: Group | None) -> bool:
    """The account itself says what it wants (`wants_info`); essential letters ask nobody."""
    wants: Any = getattr(person, "wants_info", None)
    return group is None or wants is None or bool(wants(group))


def unsubscribe_link(person: AbstractBaseUser, group: Group) -> str:
    """The path, a page of `members`, that switches the group off without signing in; it never
    ends."""
    return reverse("members:unsubscribe", args=[sign(PURPOSE, [person.pk, group.value])])


def read_unsubscribe(token: str) -> tuple[int, Group]:
    """The person's id and the group. Raises BadLink with a sentence."""
    pk, group = unsign(PURPOSE, token)
    return int(pk), Group(group)


__all__ = ["BadLink", "is_wanted", "read_unsubscribe", "unsubscribe_link"]
