from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.actions.product_import import upload_products
from catalog.models import ProductImport
from catalog.product_import import work_on
from events.actions.registration import Guest, register_guest
from members.actions.data_requests import ask_correction
from members.choices import Right, Role
from members.models import Business, Document, User
from tests import fees, make
from tests.access.rows import World
from tests.members import money
from umkm_portal.lib import files


@pytest.fixture
def everybody(siti, budi, petugas, kurator, sekretariat, bendahara, admin) -> dict[str, User]:
    return {
        "siti": siti,
        "budi": budi,
        "petugas": petugas,
        "kurator": kurator,
        "sekretariat": sekretariat,
        "bendahara": bendahara,
        "admin": admin,
        "pendamping": make.staff("pendamping", Role.PENDAMPING),
        "ani": make.user("ani"),
        "superuser": make.user("atasan", is_staff=True, is_superuser=True),
    }


def bad_sheet(of: Business) -> ProductImport:
    """A sheet of goods whose one row cannot be imported."""
    sheet = upload_products(of, b"Nama produk\nTas", name="a.csv", by=of.owner, via="web")
    work_on(sheet.pk)
    return sheet


@pytest.fixture
def world(everybody, batik) -> World:
    """One of everything that is Siti's, and what the public sees of it."""
    people = everybody
    member = money.member(batik, by=people["sekretariat"])
    invoice = member.invoices.get()
    proof = invoice.proofs.create(file=files.random_name("pdf"), size=9, uploaded_by=people["siti"])
    proof.file.storage.save(proof.file.name, money.pdf())
    payment = money.pay(invoice, by=people["bendahara"])
    ktp = Document(business=batik, kind="ktp", size=9, uploaded_by=people["siti"])
    ktp.file.save(files.random_name("jpg"), money.picture())
    training = make.event()
    return {
        "batik": batik,
        "member": member,
        "invoice": invoice,
        "proof": proof,
        "payment": getattr(payment, "payment", payment),
        "ktp": ktp,
        "product": make.product(batik),
        "sheet": bad_sheet(batik),
        "dish": make.dish(batik),
        "place": (place := make.place(make.jbl_day(), batik)),
        "fee": fees.paid(place, by=people["petugas"]),
        "day": place.day,
        "stood": make.stood(make.jbl_day(timezone.localdate() - timedelta(days=1)), batik),
        "training": training,
        "proposal": make.proposal(),
        "seat": (seat := make.registration(training, business=batik)),
        "material": make.material(training, after_event=False),
        "certificate": make.certificate(seat),
        "guest": register_guest(
            training,
            guest=Guest("Ani", "+6281311112222"),
            by=None,
            via="web",
        ),
        "notice": people["siti"].notices.first(),
        "hired": make.person(batik, people["ani"], Right.CATALOGUE),
        "help": make.companion_access(batik, people["pendamping"]),
        "data_request": ask_correction(
            people["siti"], text="Nama saya salah eja.", by=people["siti"], via="web"
        ),
    }
