"""Siti mends what the secretariat asked her to, and nothing else."""

import pytest
from django.utils import timezone

from members.choices import ApplicationStatus
from members.models import KadinMembership
from tests import make
from tests.members.browser import sign_in

pytestmark = pytest.mark.django_db
NASTY = [
    "",
    "x" * 20_000,
    "\x00",
    "\u202eabc\u200b",
    "😀",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}",
    "'; DROP TABLE members_user; --",
    "../../etc/passwd",
    "a\r\nSet-Cookie: x=1",
    "=1+1",
]


def test_siti_mends_only_what_was_named(client, siti, batik) -> None:
    membership = KadinMembership.objects.create(
        business=batik,
        card_code="ABCDEFGHJK",
        requested_at=timezone.now(),
        status="needs_repair",
        decision_reason="Tulis jalan.",
        repair_fields=["street", "kelurahan"],
    )
    sign_in(client, siti)
    address = f"/saya/iuran/perbaiki/{membership.pk}/"

    page = client.get(address).content.decode()
    assert "Tulis jalan." in page
    assert 'name="nib"' not in page
    wrong = client.post(address, {"street": "", "kelurahan": "x"}).content.decode()
    assert "Tulis jalan dan nomor tempat usaha." in wrong
    assert "Pilih kelurahan tempat usaha." in wrong
    tebet = make.kelurahan("Tebet Barat")
    client.post(
        address,
        {
            "street": "Jl. Tebet 1",
            "kelurahan": tebet.pk,
            "name": "Bank Siti",
            "status": "approved",
            "owner": "1",
        },
    )

    batik.refresh_from_db()
    membership.refresh_from_db()
    assert (batik.street, batik.kelurahan, batik.name) == ("Jl. Tebet 1", tebet, "Batik Siti")
    assert batik.postcode == tebet.postcode
    assert membership.status == ApplicationStatus.SUBMITTED
    assert client.get(address).url == "/saya/iuran/"


@pytest.mark.parametrize("value", NASTY)
def test_nasty_repairs_are_heard_or_answered(client, siti, batik, value) -> None:
    membership = KadinMembership.objects.create(
        business=batik,
        card_code="ABCDEFGHJK",
        requested_at=timezone.now(),
        status="needs_repair",
        repair_fields=["name", "street", "kelurahan", "nib"],
    )
    answer = sign_in(client, siti).post(
        f"/saya/iuran/perbaiki/{membership.pk}/",
        dict.fromkeys(["name", "street", "kelurahan", "nib"], value),
        follow=True,
    )

    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    membership.refresh_from_db()
    assert membership.status == ApplicationStatus.NEEDS_REPAIR
