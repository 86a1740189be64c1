"""Every list and button of the desk × every role."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

# Whoever hands out codes sees that they were handed out.
SEEN_BY = {"members.AccessCode": "members.issue_access_code"}
ADMINS = sorted(admin.site._registry.items(), key=lambda item: item[0]._meta.label)


@pytest.mark.parametrize("model", [model for model, _ in ADMINS], ids=lambda m: m._meta.label)
def test_a_staff_list_opens_for_the_roles_of_its_table(world, everybody, model) -> None:
    path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    usual = f"{model._meta.app_label}.view_{model._meta.model_name}"
    permission = SEEN_BY.get(model._meta.label, usual)
    for role, user in everybody.items():
        client = Client()
        client.force_login(user)
        expected = 302 if not user.is_staff else 200 if user.has_perm(permission) else 403
        assert client.get(path).status_code == expected, role
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("model", [model for model, _ in ADMINS], ids=lambda m: m._meta.label)
def test_a_button_of_the_desk_needs_the_right_to_change(world, everybody, model) -> None:
    """Decisions have pages of their own; each asks for its permission, for GET and POST."""
    site = admin.site._registry[model]
    row = model.objects.order_by("pk").first()
    standard = {"changelist", "add", "history", "delete", "change"}
    for pattern in site.get_urls():
        name = pattern.name or ""
        if not name or name.rsplit("_", 1)[-1] in standard or row is None:
            continue
        count = len(pattern.pattern.converters)
        path = reverse(f"admin:{name}", args=[row.pk][:count])
        for role in ("siti", "budi", "kurator"):
            client = Client()
            client.force_login(everybody[role])
            if everybody[role].has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"):
                continue
            assert client.get(path).status_code in {302, 403, 404, 405}, (name, role)
            assert client.post(path).status_code in {302, 403, 404, 405}, (name, role)
