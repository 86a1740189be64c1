"""The demo's businesses: forty approved ones from the list, and applications in every state."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from members.actions.registration import (
    cancel_application,
    save_draft,
    submit_business,
)
from members.actions.verification import reject_business, return_for_repair, verify_business
from members.choices import ConsentPurpose, Sector
from members.models import Business, Kelurahan, User
from umkm_portal.demo.cast import ACCOUNTS, BUDI, SITI, make_account, make_owner, phone_of
from umkm_portal.demo.clock import Timeline
from umkm_portal.lib.nik import parse_nik

UNFINISHED = "Bubur Contoh Pagi"
SITIS_BUSINESS = "Rumah Batik Lenteng Kriya"
CONSENTS = (ConsentPurpose.MEMBERSHIP, ConsentPurpose.CATALOGUE, ConsentPurpose.EVENTS)
SALES = {"mikro": 180_000_000, "kecil": 2_600_000_000}
STORIES = {
    Sector.KULINER: "Dapur rumahan di {place}: masak sedikit-sedikit, setiap hari segar.",
    Sector.FASHION: "Jahitan rapi dari {place}, ukuran bisa disesuaikan.",
    Sector.KERAJINAN: "Buatan tangan perajin {place}, satu per satu.",
    Sector.JASA: "Melayani warga {place} dan sekitarnya.",
}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the lists under data/."""
    with (Path(settings.BASE_DIR) / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class People:
    """Who exists so far: staff by the part of their address before the @, businesses in order."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.staff = {
            account.email.split("@")[0]: make_account(account)
            for account in ACCOUNTS
            if account.role
        }
        self.businesses: list[Business] = []

    def tell(self) -> None:
        """Note the applications of two years: one every eighteen days, approved two days later."""
        for i, row in enumerate(rows("demo_businesses.csv")):
            self.timeline.ago(760 - 18 * i, self._joins(i, row))
        self._tell_open_applications()

    def _joins(self, number: int, row: dict[str, str]) -> Callable[[], None]:
        def joins() -> None:
            account = next(a for a in ACCOUNTS if a.email == SITI)
            is_siti = row["business"] == SITIS_BUSINESS
            owner = make_account(account, phone_of(number)) if is_siti else make_owner(number)
            values = business_values(number, row)
            save_draft(owner, data=owner_values(number, owner) | values, by=owner, via="web")
            business = self._submits(owner)
            self.businesses.append(business)
            days = 760 - 18 * number - 2
            self.timeline.ago(days, lambda: self._approve(business), hour=14)

        return joins

    def _submits(self, owner: User) -> Business:
        business = Business.objects.owned_by(owner).latest("pk")
        return submit_business(business, consents=CONSENTS, by=owner, via="web")

    def _approve(self, business: Business) -> None:
        verify_business(business, by=self.staff["petugas"], via="admin")
        business.refresh_from_db()

    def _tell_open_applications(self) -> None:
        petugas = self.staff["petugas"]
        waiting = (
            ("Sablon Contoh Budi", Sector.FASHION, "Cipedak", 2),
            ("Pecel Contoh Bu Murni", Sector.KULINER, "Manggarai", 4),
            ("Jahit Permak Contoh", Sector.JASA, "Pondok Labu", 1),
        )
        for i, (name, sector, place, days) in enumerate(waiting):
            self.timeline.ago(days, self._applies(100 + i, name, sector, place))
        self.timeline.ago(
            9,
            self._applies(
                103, "Lampion Contoh Tebet", Sector.KERAJINAN, "Tebet Barat", self._asks_repair
            ),
        )
        self.timeline.ago(
            20,
            self._applies(
                104,
                "Keripik Contoh Luar Kota",
                Sector.KULINER,
                "Karet",
                lambda business: reject_business(
                    business,
                    reason="Tempat usaha ada di luar Jakarta Selatan.",
                    by=petugas,
                    via="admin",
                ),
            ),
        )
        self.timeline.ago(
            16,
            self._applies(
                105,
                "Kaus Contoh Batal",
                Sector.FASHION,
                "Bangka",
                lambda business: cancel_application(business, by=business.owner, via="web"),
            ),
        )
        self.timeline.ago(3, self._begins)

    def _asks_repair(self, business: Business) -> None:
        return_for_repair(
            business,
            fields=["street", "nib"],
            reason="Nomor rumah belum ada, dan NIB tidak ditemukan di OSS.",
            by=self.staff["petugas"],
            via="admin",
        )

    def _applies(
        self,
        number: int,
        name: str,
        sector: Sector,
        place: str,
        then: Callable[[Business], Any] = lambda _business: None,
    ) -> Callable[[], None]:
        def applies() -> None:
            budi = next(a for a in ACCOUNTS if a.email == BUDI)
            is_budi = "Budi" in name
            owner = make_account(budi, phone_of(number)) if is_budi else make_owner(number)
            kelurahan = Kelurahan.objects.get(name=place)
            row = {
                "business": name,
                "category": sector.value,
                "kelurahan": place,
                "kode_wilayah": kelurahan.code,
                "kodepos": kelurahan.postcode,
                "skala": "mikro",
                "tahun_berdiri": "2023",
            }
            values = owner_values(number, owner) | business_values(number, row)
            save_draft(owner, data=values, by=owner, via="web")
            then(self._submits(owner))

        return applies

    def _begins(self) -> None:
        """Somebody stopped after the second step."""
        owner = make_owner(106)
        save_draft(owner, data=owner_values(106, owner), by=owner, via="web", step="pemilik")
        draft = {"name": UNFINISHED, "sector": Sector.KULINER}
        save_draft(owner, data=draft, by=owner, via="web", step="usaha")


def owner_values(number: int, owner: User) -> dict[str, Any]:
    """As typed on the first page. The NIKs are of a kecamatan that does not exist, 31.74.99."""
    woman = 40 if number % 3 else 0
    born = f"{1 + number % 28 + woman:02d}{1 + number % 12:02d}{70 + number % 30:02d}"
    digits = f"317499{born}{number + 1:04d}"
    return {
        "full_name": owner.name,
        "nik": parse_nik(digits, today=owner.date_joined.date()),
        "phone": phone_of(number),
        "home_address": f"Jl. Contoh {number + 1} No. {number % 40 + 1}, Jakarta Selatan",
        "ktp_dki": number % 5 != 0,
    }


def business_values(number: int, row: dict[str, str]) -> dict[str, Any]:
    sector = Sector(row["category"])
    return {
        "name": row["business"],
        "sector": sector,
        "description": STORIES[sector].format(place=row["kelurahan"]),
        "started_year": int(row["tahun_berdiri"]),
        "yearly_sales": SALES[row["skala"]] + number * 7_500_000,
        "order_phone": phone_of(number),
        "street": f"Jl. Contoh {row['kelurahan']} No. {number % 60 + 1}",
        "rt": f"{number % 12 + 1:03d}",
        "rw": f"{number % 9 + 1:03d}",
        "kelurahan": Kelurahan.objects.get(code=row["kode_wilayah"]),
        "postcode": row["kodepos"],
        "show_address": number % 2 == 0,
        "nib": f"912{number:010d}" if number % 4 else "",
    }
