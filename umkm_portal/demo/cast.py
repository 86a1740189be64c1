"""The people of the demo: one account per role, the owners, all of them invented."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone

from members.choices import Role
from members.models import Kecamatan, User

PASSWORD = "jumat-beli-lokal"  # noqa: S105 printed at every start of a demo
DOMAIN = "contoh.example"
# Nobody has a number beginning like this; it also tells the demo's people from others.
PHONES = "+62812000"
SITI, BUDI, KARYAWAN = f"siti@{DOMAIN}", f"budi@{DOMAIN}", f"karyawan@{DOMAIN}"


@dataclass(frozen=True)
class Account:
    email: str
    name: str
    what: str
    role: Role | None = None
    kecamatan: str = ""


ACCOUNTS = (
    Account(f"admin@{DOMAIN}", "Contoh Admin", "Admin dan superuser", Role.ADMIN),
    Account(f"petugas@{DOMAIN}", "Contoh Petugas", "Petugas Pemkot, semua kecamatan", Role.PETUGAS),
    Account(
        f"jagakarsa@{DOMAIN}",
        "Contoh Petugas Jagakarsa",
        "Petugas Pemkot, kecamatan Jagakarsa",
        Role.PETUGAS,
        "Jagakarsa",
    ),
    Account(f"kurator@{DOMAIN}", "Contoh Kurator", "Kurator katalog", Role.KURATOR),
    Account(f"sekretariat@{DOMAIN}", "Contoh Sekretariat", "Sekretariat Kadin", Role.SEKRETARIAT),
    Account(f"bendahara@{DOMAIN}", "Contoh Bendahara", "Bendahara Kadin", Role.BENDAHARA),
    Account(
        f"pendamping@{DOMAIN}",
        "Contoh Pendamping",
        "Pendamping lapangan, dua dampingan",
        Role.PENDAMPING,
    ),
    Account(SITI, "Contoh Siti", "Pemilik usaha, anggota Kadin, ada lapak Jumat ini"),
    Account(BUDI, "Contoh Budi", "Pemilik usaha, pendaftaran sedang diperiksa"),
    Account(KARYAWAN, "Contoh Ani", "Karyawan Siti, hak katalog saja"),
)
OWNER_NAMES = tuple(
    f"Contoh {name}"
    for name in [
        "Nani",
        "Rohmah",
        "Ratna",
        "Mulyadi",
        "Sari",
        "Tuti",
        "Hasan",
        "Yani",
        "Rudi",
        "Wati",
        "Dedi",
        "Aminah",
        "Joko",
        "Fatma",
        "Lina",
        "Anwar",
        "Maya",
        "Hadi",
        "Iin",
        "Bambang",
        "Nurul",
        "Agus",
        "Rini",
        "Udin",
        "Dewi",
        "Arif",
        "Ida",
        "Sholeh",
        "Ningsih",
        "Farid",
        "Eka",
        "Komar",
        "Lestari",
        "Zaenal",
        "Murni",
        "Hendra",
        "Jamilah",
        "Surya",
        "Titin",
        "Bachtiar",
        "Vera",
        "Kosim",
        "Endah",
        "Gilang",
        "Halimah",
        "Yusuf",
    ]
)


def make_account(account: Account, phone: str = "") -> User:
    """An account that signs in with PASSWORD, its address already confirmed."""
    user = User.objects.create_user(
        account.email,
        PASSWORD,
        name=account.name,
        phone=phone,
        is_staff=account.role is not None,
        is_superuser=account.role == Role.ADMIN,
        kecamatan=Kecamatan.objects.get(name=account.kecamatan) if account.kecamatan else None,
        # The field's default holds the real clock.
        date_joined=timezone.now(),
    )
    if account.role:
        user.groups.add(Group.objects.get(name=account.role.value))
    EmailAddress.objects.create(user=user, email=account.email, verified=True, primary=True)
    return user


def make_owner(number: int) -> User:
    """An owner with a phone and no password: nobody signs in as one of them."""
    return User.objects.create_user(
        phone=phone_of(number),
        name=OWNER_NAMES[number % len(OWNER_NAMES)],
        date_joined=timezone.now(),
    )


def phone_of(number: int) -> str:
    return f"{PHONES}{number:05d}"
