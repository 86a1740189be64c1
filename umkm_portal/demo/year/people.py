"""Three thousand sellers who never were: where they are, how eager, how reliable."""

from __future__ import annotations

import random
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.utils import timezone

from catalog.choices import Category, ProductStatus
from catalog.models import Product
from members.choices import LISTING_SECTORS, ApplicationStatus, Role
from members.models import Business, Kelurahan, Office, User

CATEGORIES = {"kuliner": Category.KULINER, "fashion": Category.FASHION}
# A tenth ask for every Friday, the rest now and then: the same faces, if whoever comes first wins.
REGULARS = 0.1
REGULAR_ASKS, OTHER_ASKS = 0.9, 0.12
SPONSORED = 0.15


@dataclass(frozen=True)
class Seller:
    """`asks`, `misses`, `gives_up` and `answers` are chances, of a day or an offer."""

    business: Business
    office: Office | None
    asks: float
    quick: bool
    misses: float
    gives_up: float
    answers: float


def staff() -> User:
    officer = User.objects.create_user("petugas@simulasi.example", name="Petugas", is_staff=True)
    officer.groups.add(Group.objects.get(name=Role.PETUGAS.value))
    return officer


def sellers(count: int, chance: random.Random) -> list[Seller]:
    """Written in bulk: how they became members is not what is played."""
    offices = list(Office.objects.in_use().order_by("short_name"))
    owners = User.objects.bulk_create(
        [
            User(username=f"sim{n:05}", name=f"Pemilik {n}", password="!")  # noqa: S106
            for n in range(1, count + 1)
        ],
        batch_size=1000,
    )
    businesses = _businesses(owners, chance)
    _products(businesses)
    return [_seller(business, offices, chance) for business in businesses]


def _businesses(owners: list[User], chance: random.Random) -> list[Business]:
    now, places = timezone.now(), list(Kelurahan.objects.order_by("code"))
    return Business.objects.bulk_create(
        [
            Business(
                owner=owner,
                number=f"SIM-{n:05}",
                name=f"Usaha {n}",
                sort_key=f"usaha {n:05}",
                slug=f"usaha-{n}",
                sector=chance.choices(LISTING_SECTORS, weights=[60, 25, 15])[0],
                kelurahan=chance.choice(places),
                status=ApplicationStatus.APPROVED,
                submitted_at=now,
                decided_at=now,
            )
            for n, owner in enumerate(owners, 1)
        ],
        batch_size=1000,
    )


def _products(businesses: list[Business]) -> None:
    """One each that a curator let through, since without it nobody may apply."""
    now = timezone.now()
    Product.objects.bulk_create(
        [
            Product(
                business=business,
                name="Barang contoh",
                slug="barang-contoh",
                price=25_000,
                unit="buah",
                category=CATEGORIES.get(business.sector, Category.KERAJINAN),
                status=ProductStatus.LIVE,
                submitted_at=now,
                decided_at=now,
                published_at=now,
            )
            for business in businesses
        ],
        batch_size=1000,
    )


def _seller(business: Business, offices: list[Office], chance: random.Random) -> Seller:
    regular = chance.random() < REGULARS
    sponsored = bool(offices) and chance.random() < SPONSORED
    return Seller(
        business,
        office=chance.choice(offices) if sponsored else None,
        asks=REGULAR_ASKS if regular else OTHER_ASKS,
        quick=regular,
        misses=chance.choice([0.02, 0.05, 0.2]),
        gives_up=0.05,
        answers=chance.choice([0.6, 0.8, 0.95]),
    )
