"""Builders: the least that a test needs, every default visible."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.text import slugify

from catalog.choices import Allergen, Category, FoodMark, ProductStatus
from catalog.models import Product, ProductPhoto
from events.choices import STANDING, EventKind, EventStatus, PlaceStatus, RegistrationStatus, Topic
from events.models import (
    Attendance,
    Booth,
    BoothPlace,
    Certificate,
    Edition,
    Event,
    EventDay,
    EventProposal,
    Material,
    Quota,
    Registration,
    Training,
)
from members.choices import (
    ApplicationStatus,
    DocumentKind,
    DocumentStatus,
    Right,
    Role,
    Sector,
)
from members.models import (
    Business,
    BusinessPerson,
    CompanionAccess,
    Document,
    Kecamatan,
    Kelurahan,
    Owner,
    User,
)

PASSWORD = "keripik-pedas-77"
# NIKs of a kecamatan that does not exist (31.74.99), so that none is a real person's.
NIK_SITI = "3174994507850001"
NIK_BUDI = "3174991203800002"
_numbers = count(1)


def user(name: str, **values: Any) -> User:
    """An account that can sign in with `<name>@example.id` and PASSWORD."""
    made = User.objects.create_user(
        f"{name}@example.id", PASSWORD, **{"name": name.capitalize(), **values}
    )
    made.emailaddress_set.create(email=made.email, verified=True, primary=True)
    return made


def staff(name: str, role: Role, **values: Any) -> User:
    made = user(name, is_staff=True, **values)
    made.groups.add(Group.objects.get(name=role.value))
    return made


def kelurahan(name: str = "Cipedak") -> Kelurahan:
    return Kelurahan.objects.get(name=name)


def owner(of: User, **values: Any) -> Owner:
    return Owner.objects.get_or_create(
        user=of, defaults={"full_name": of.name, "phone": "+6281234567890", **values}
    )[0]


def business(owner_user: User, **values: Any) -> Business:
    """An approved business of the owner, unless the values say otherwise."""
    owner(owner_user)
    name = values.get("name", "Batik Siti")
    number = next(_numbers)
    return Business.objects.create(
        **{
            "owner": owner_user,
            "name": name,
            "sort_key": name.lower(),
            "slug": f"{slugify(name)}-{number}",
            "number": f"JKP-2026-9{number:05d}",
            "sector": Sector.FASHION,
            "kelurahan": kelurahan(),
            "street": "Jl. Contoh No. 1",
            "postcode": "12630",
            "order_phone": "+6281234567890",
            "status": ApplicationStatus.APPROVED,
            "submitted_at": timezone.now(),
            "decided_at": timezone.now(),
            **values,
        }
    )


def person(of: Business, who: User, *rights: Right, **values: Any) -> BusinessPerson:
    """Somebody who works for the business, with these rights."""
    return BusinessPerson.objects.create(
        **{
            "business": of,
            "user": who,
            "contact": who.email,
            "may_catalogue": Right.CATALOGUE in rights,
            "may_market": Right.MARKET in rights,
            "invited_at": timezone.now(),
            "invited_by": of.owner,
            "accepted_at": timezone.now(),
            **values,
        }
    )


def companion_access(of: Business, companion: User, **values: Any) -> CompanionAccess:
    """A companion who may help with the business for 30 days from now."""
    now = timezone.now()
    return CompanionAccess.objects.create(
        **{
            "business": of,
            "companion": companion,
            "offered_by": of.owner,
            "offered_at": now,
            "sheet": "L-1",
            "signed_on": timezone.localdate(),
            "starts_at": now,
            "ends_at": now + timedelta(days=30),
            **values,
        }
    )


def product(of: Business, *, photo: bool = True, **values: Any) -> Product:
    """A live product; its photo is a row whose files do not exist."""
    name = values.get("name", "Kain batik tulis")
    made = Product.objects.create(
        **{
            "business": of,
            "name": name,
            "slug": slugify(name) or "produk",
            "price": 285_000,
            "unit": "lembar",
            "category": Category.FASHION,
            "status": ProductStatus.LIVE,
            "submitted_at": timezone.now(),
            "decided_at": timezone.now(),
            "published_at": timezone.now(),
            **values,
        }
    )
    if photo:
        digest = f"{made.pk:040x}"
        ProductPhoto.objects.create(
            product=made, name=f"{digest[:2]}/{digest}.webp", width=1200, height=900
        )
    return made


def dish(of: Business, **values: Any) -> Product:
    """A live dish with all its food facts and no certificate."""
    return product(
        of,
        **{
            "name": "Keripik singkong 200 g",
            "price": 22_000,
            "unit": "bungkus",
            "category": Category.KULINER,
            "food_mark": FoodMark.UNCERTIFIED,
            "ingredients": "Singkong, minyak sawit, garam.",
            "allergens": [Allergen.NONE.value],
            "shelf_life_days": 90,
            **values,
        },
    )


def licence(of: Business, kind: str = DocumentKind.HALAL, **values: Any) -> Document:
    """A verified licence without an end; its file does not exist."""
    return Document.objects.create(
        **{
            "business": of,
            "kind": kind,
            "number": "ID31110000000000001",
            "status": DocumentStatus.VERIFIED,
            "file": f"berkas/{of.pk}-{kind}.jpg",
            "size": 9,
            "uploaded_by": of.owner,
            "decided_at": timezone.now(),
            **values,
        }
    )


def event(*, days: Iterable[date] | None = None, **values: Any) -> Event:
    """A published training in a week, open for sign-up, 09.00 to 16.00."""
    number = next(_numbers)
    name = values.get("name", "Foto produk pakai HP")
    made = Event.objects.create(
        **{
            "kind": EventKind.TRAINING,
            "name": name,
            "slug": f"{slugify(name)}-{number}",
            "venue": "Gedung PLUT Jakarta Selatan",
            "address": "Jl. Contoh No. 2, Cilandak",
            "map_url": "https://peta.example/plut",
            "status": EventStatus.OPEN,
            "published": True,
            **values,
        }
    )
    for day in [timezone.localdate() + timedelta(days=7)] if days is None else days:
        EventDay.objects.create(event=made, date=day)
    return made


def jbl_day(day: date | None = None, *, edition: Event | None = None, **values: Any) -> EventDay:
    """A day of a published edition, in a week unless told, with a break for Friday prayers."""
    edition = edition or event(
        days=[], kind=EventKind.JBL, name="Jumat Beli Lokal", needs_sign_up=False
    )
    return EventDay.objects.create(
        **{
            "event": edition,
            "date": day or timezone.localdate() + timedelta(days=7),
            "set_up_at": time(7, 30),
            "break_from": time(11, 30),
            "break_to": time(13),
            **values,
        }
    )


def booth(edition: Event, number: str = "A07", **values: Any) -> Booth:
    return Booth.objects.create(event=edition, number=number, **values)


def place(on: EventDay, business: Business, number: str = "A07") -> BoothPlace:
    """The business in a booth of that day."""
    stall = on.event.booths.filter(number=number).first() or booth(on.event, number)
    return BoothPlace.objects.create(
        booth=stall, day=on, business=business, placed_at=timezone.now()
    )


def stood(on: EventDay, business: Business, number: str = "A07") -> BoothPlace:
    """The business was seen at its booth on that day."""
    made = place(on, business, number)
    made.status = PlaceStatus.PRESENT
    made.save()
    return made


def application(on: EventDay, business: Business, **values: Any) -> BoothPlace:
    """The business asked for a place on that day; `status` and the rest by name."""
    known = {"status": PlaceStatus.APPLIED, "applied_at": timezone.now(), **values}
    if known["status"] in STANDING:
        known.setdefault("placed_at", timezone.now())
    return BoothPlace.objects.create(day=on, business=business, **known)


def edition(of: Event, **values: Any) -> Edition:
    """The event, an edition of the market, takes applications from a week ago for a week."""
    now = timezone.now()
    return Edition.objects.create(
        event=of,
        **{
            "applications_open_at": now - timedelta(days=7),
            "applications_close_at": now + timedelta(days=7),
            **values,
        },
    )


def quota(of: Event, seats: int, **cell: Any) -> Quota:
    """Seats a day of a cell named by `kecamatan`, `office` and `sector`; none of them is "any"."""
    return Quota.objects.create(event=of, seats=seats, **cell)


def registration(on: Event, **values: Any) -> Registration:
    """A sign-up that stands, of a business or of a guest by name and phone."""
    return Registration.objects.create(
        event=on, **{"status": RegistrationStatus.REGISTERED, **values}
    )


def training(*, days: Iterable[date] | None = None, **values: Any) -> Event:
    """A published training that was yesterday, unless told; with all its details."""
    yesterday = timezone.localdate() - timedelta(days=1)
    made = event(days=[yesterday] if days is None else days, **values)
    training_details(made)
    return Event.objects.get(pk=made.pk)


def training_details(of: Event, **values: Any) -> Training:
    return Training.objects.create(
        event=of,
        **{
            "topic": Topic.MARKETING,
            "trainer": "Ibu Rahma",
            "hours": 6,
            "signer_name": "Dra. Contoh, M.M.",
            "signer_office": "Kepala Sudin PPKUKM Jakarta Selatan",
            **values,
        },
    )


def attendance(of: Registration, day: EventDay | None = None) -> Attendance:
    """There on that day, or on the first."""
    day = day or of.event.days.order_by("date")[0]
    return Attendance.objects.create(
        registration=of, day=day, event=of.event, attended_at=timezone.now()
    )


def certificate(of: Registration, **values: Any) -> Certificate:
    """A certificate as it was given, whatever the training is like."""
    number = next(_numbers)
    today = timezone.localdate()
    return Certificate.objects.create(
        registration=of,
        **{
            "number": f"SP-2026-9{number:05d}",
            "code": f"AB2{number:07d}".replace("0", "Z").replace("1", "Y"),
            "name": str(of.business.owner) if of.business else of.name,
            "topic": of.event.name,
            "hours": 6,
            "held_from": today,
            "held_to": today,
            "signer_name": "Dra. Contoh, M.M.",
            "signer_office": "Kepala Sudin PPKUKM Jakarta Selatan",
            "issued_at": timezone.now(),
            **values,
        },
    )


def material(of: Event, **values: Any) -> Material:
    """A recording for those who were there, shown after the event."""
    return Material.objects.create(
        event=of, **{"title": "Rekaman", "url": "https://video.example/1", **values}
    )


def proposal(**values: Any) -> EventProposal:
    """An exhibition that somebody proposed for a day in a month, 09.00 to 16.00."""
    return EventProposal.objects.create(
        **{
            "organiser": "Kelurahan Contoh",
            "contact_name": "Ibu Rina",
            "phone": "+6281200000009",
            "kind": EventKind.EXHIBITION,
            "name": "Pameran kelurahan",
            "venue": "Balai RW 05",
            "kecamatan": Kecamatan.objects.get(name="Tebet"),
            "date": timezone.localdate() + timedelta(days=30),
            "opens_at": time(9),
            "closes_at": time(16),
            **values,
        }
    )
