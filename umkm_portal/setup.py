"""What must stand in the database before the first visitor: regions, groups, fee, rules, account.

Runs after every ``migrate``; each part may run again without harm.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from django.utils.text import slugify

from members import programme
from members.models import (
    BankAccount,
    DuesRate,
    DuesRules,
    Kecamatan,
    Kelurahan,
    Office,
    ProgrammeStage,
)
from umkm_portal.announcing import load_announcements
from umkm_portal.lib.regions import all_regions
from umkm_portal.roles import PERMISSIONS

FIRST_RATE_ON = date(2022, 3, 17)
FIRST_RATE = {"starts_on": FIRST_RATE_ON, "amount": 120_000}


def load_after_migrate(**kwargs: Any) -> None:
    load_regions()
    load_roles()
    load_first_rules()
    load_programme()
    load_announcements()


def load_first_rules() -> None:
    """The settings are the first rows only; whatever follows is proposed and confirmed."""
    if not DuesRate.objects.exists():
        DuesRate.objects.create(**FIRST_RATE)
    if not DuesRules.objects.exists():
        DuesRules.initial().save()
    if not BankAccount.objects.exists():
        BankAccount.objects.create(
            starts_at=timezone.make_aware(datetime.combine(FIRST_RATE_ON, time())),
            bank_name=settings.BANK_NAME,
            number=settings.BANK_ACCOUNT,
            holder=settings.BANK_HOLDER,
        )


def load_programme() -> None:
    """Jakpreneur's offices and seven steps as they begin; later they are the city's rows."""
    if not Office.objects.exists():
        Office.objects.bulk_create(
            [Office(short_name=short, name=name) for short, name in programme.OFFICES]
        )
    if not ProgrammeStage.objects.exists():
        ProgrammeStage.objects.bulk_create(
            [
                ProgrammeStage(
                    code=code,
                    position=position,
                    name=name,
                    description=description,
                    hint=hint,
                    kinds=[kind.value for kind in kinds],
                    needed=needed,
                )
                for position, (code, name, description, hint, kinds, needed) in enumerate(
                    programme.STAGES, start=1
                )
            ]
        )


def load_regions() -> None:
    rows = all_regions()
    Kecamatan.objects.bulk_create(
        [
            Kecamatan(code=row.code, name=row.name, slug=slugify(row.name))
            for row in rows
            if not row.parent
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "slug"],
    )
    Kelurahan.objects.bulk_create(
        [
            Kelurahan(code=row.code, name=row.name, kecamatan_id=row.parent, postcode=row.postcode)
            for row in rows
            if row.parent
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kecamatan", "postcode"],
    )


def load_roles() -> None:
    """Groups carry exactly the permissions of the table, so a change in it reaches every place."""
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)
    known = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in Permission.objects.select_related("content_type")
    }
    for role, names in PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=role.value)
        group.permissions.set([known[name] for name in names])
