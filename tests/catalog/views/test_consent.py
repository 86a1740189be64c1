"""Who takes back the consent to be in the catalogue is gone from every public page at once."""

from __future__ import annotations

from django.utils import timezone

from members.choices import ConsentPurpose
from tests import make


def consent(siti, **values) -> None:
    siti.consents.create(
        purpose=ConsentPurpose.CATALOGUE, text_version="1", text_hash="x", channel="web", **values
    )


def statuses(client, product) -> list[int]:
    paths = [product.get_absolute_url(), product.business.get_absolute_url()]
    return [client.get(path).status_code for path in paths]


def test_withdrawn_is_gone_and_given_again_is_back(client, siti, batik) -> None:
    product = make.product(batik)
    consent(siti)
    assert statuses(client, product) == [200, 200]

    siti.consents.update(withdrawn_at=timezone.now())
    assert statuses(client, product) == [410, 404]
    assert b"usaha-0" not in client.get("/sitemap.xml").content
    for path in ("/katalog/", "/usaha/", "/sitemap-usaha-0.xml", "/sitemap-produk-0.xml"):
        assert b"batik-siti" not in client.get(path).content
        assert b"Batik Siti" not in client.get(path).content

    consent(siti)
    assert statuses(client, product) == [200, 200]


def test_friday_no_longer_names_whoever_took_back_the_consent(client, siti, batik) -> None:
    day = make.jbl_day()
    make.place(day, batik)
    consent(siti)
    pages = ["/jumat/", day.event.get_absolute_url()]
    assert all(batik.name in client.get(page).content.decode() for page in pages)

    siti.consents.update(withdrawn_at=timezone.now())

    assert not any(batik.name in client.get(page).content.decode() for page in pages)
