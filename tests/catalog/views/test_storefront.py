"""The directory of businesses, and one of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from members.choices import ApplicationStatus, Sector
from members.models import JakpreneurMembership
from tests import make


def test_the_directory_lists_verified_businesses_only(client, siti, budi) -> None:
    make.business(siti, name="Batik Siti")
    make.business(budi, name="Bengkel Budi", sector=Sector.JASA)
    make.business(budi, name="Belum", status=ApplicationStatus.SUBMITTED)
    make.business(budi, name="Ditangguhkan", suspended_at=timezone.now())

    text = client.get("/usaha/").content.decode()

    assert "Batik Siti" in text
    assert "Bengkel Budi" in text
    assert "Belum" not in text.replace("Belum ada", "")
    assert "Ditangguhkan" not in text


def test_it_narrows_by_name_place_and_sector(client, siti) -> None:
    make.business(siti, name="Batik Siti")
    make.business(
        siti, name="Dapur Siti", sector=Sector.KULINER, kelurahan=make.kelurahan("Bukit Duri")
    )

    for query in ("q=dapur", "kecamatan=tebet", "bidang=kuliner"):
        rows = client.get(f"/usaha/?{query}").context["page"].rows
        assert [business.name for business in rows] == ["Dapur Siti"]


def test_one_row_and_three_cost_the_same(
    client, siti, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    make.business(siti)
    with django_assert_max_num_queries(4) as one:
        client.get("/usaha/")
    make.business(siti)
    make.business(siti)
    with django_assert_num_queries(len(one)):
        client.get("/usaha/")


def test_a_storefront_shows_its_products_and_badges(client, batik, budi) -> None:
    make.product(batik, name="Selendang")
    make.product(make.business(budi), name="Punya Budi")
    JakpreneurMembership.objects.create(
        business=batik, joined_on=timezone.localdate() - timedelta(days=9)
    )

    text = client.get(batik.get_absolute_url()).content.decode()

    assert "Selendang" in text
    assert "Punya Budi" not in text
    assert "Jakpreneur" in text
    assert "Keanggotaan berlaku hari ini" not in text


def test_an_empty_storefront_says_so(client, batik) -> None:
    text = client.get(batik.get_absolute_url()).content.decode()

    assert "Usaha ini belum menampilkan produk." in text


@pytest.mark.parametrize("shown", [True, False])
def test_the_street_is_shown_only_when_siti_said_so(client, siti, shown) -> None:
    business = make.business(siti, street="Gang Kenari 7", show_address=shown)

    assert ("Gang Kenari 7" in client.get(business.get_absolute_url()).content.decode()) is shown


@pytest.mark.parametrize(
    "values", [{"status": ApplicationStatus.SUBMITTED}, {"suspended_at": timezone.now()}]
)
def test_an_unverified_business_is_not_found(client, siti, values) -> None:
    business = make.business(siti, **values)

    assert client.get(business.get_absolute_url()).status_code == 404


def test_the_sitemap_names_what_is_seen(client, batik, settings) -> None:
    product = make.product(batik)

    text = client.get("/sitemap.xml").content.decode()

    assert f"<loc>{settings.SITE_URL}{product.get_absolute_url()}</loc>" in text
    assert f"<loc>{settings.SITE_URL}{batik.get_absolute_url()}</loc>" in text
    assert f"<loc>{settings.SITE_URL}/katalog/kuliner/</loc>" in text
