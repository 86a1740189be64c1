"""The directory of businesses, and one of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from members.actions.naming import sort_key_of
from members.actions.profile import PublicDetails, change_public_details
from members.choices import ApplicationStatus, Sector
from members.models import Business, ImportBatch, ImportedMember, JakpreneurMembership
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
    client.get("/usaha/")
    with django_assert_max_num_queries(1) as one:
        client.get("/usaha/")
    make.business(siti)
    make.business(siti)
    with django_assert_num_queries(len(one)):
        client.get("/usaha/")


class TestNameSearch:
    @pytest.fixture
    def names(self, siti) -> None:
        for name in ("Batik Siti", "CV. Batik Betawi", "Rumah Batik Lina", "Keripik Bu Rini"):
            make.business(siti, name=name, sort_key=sort_key_of(name))

    def found(self, client, **asked: str) -> list[str]:
        return [row.name for row in client.get("/usaha/", asked).context["page"].rows]

    def test_names_that_begin_so_come_first(self, client, names) -> None:
        assert self.found(client, q="batik") == [
            "CV. Batik Betawi",
            "Batik Siti",
            "Rumah Batik Lina",
        ]

    @pytest.mark.parametrize("typed", ["BATIK siti", "batik si", "  batik   siti ", "siti"])
    def test_case_spaces_and_halves_are_heard(self, client, names, typed) -> None:
        assert self.found(client, q=typed) == ["Batik Siti"]

    @pytest.mark.parametrize("typed", ["kripik rini", "keripk bu rini", "keripik bu rina"])
    def test_a_typing_error_finds_it_and_says_so(self, client, names, typed) -> None:
        page = client.get("/usaha/", {"q": typed})

        assert [row.name for row in page.context["page"].rows] == ["Keripik Bu Rini"]
        assert "Ini yang mirip." in page.content.decode()

    @pytest.mark.parametrize("typed", ["zzzz", "%", "_", "\\", "' OR 1=1 --", "a" * 10_000])
    def test_nonsense_finds_nothing(self, client, names, typed) -> None:
        assert self.found(client, q=typed) == []

    def test_a_letter_narrows_and_a_strange_one_does_not(self, client, names) -> None:
        assert self.found(client, huruf="k") == ["Keripik Bu Rini"]
        assert self.found(client, huruf="0") == []
        assert len(self.found(client, huruf="xx")) == 4

    def test_pages_follow_one_another_through_both_kinds(self, client, siti) -> None:
        for number in range(30):
            make.business(siti, name=f"Batik {number:02}", sort_key=f"batik {number:02}")
            make.business(
                siti, name=f"Rumah batik {number:02}", sort_key=f"rumah batik {number:02}"
            )
        seen, url = [], "/usaha/?q=batik"
        while url:
            context = client.get(url).context
            seen += [row.name for row in context["page"].rows]
            url = context["next_url"]
        assert len(seen) == len(set(seen)) == 60
        assert seen[:30] == sorted(seen[:30])
        assert seen[0] == "Batik 00"

    def test_a_token_of_anything_else_is_the_first_page(self, client, names) -> None:
        assert len(self.found(client, setelah="abc")) == 4


class TestWhoIsListed:
    def test_who_took_back_the_consent_is_gone_at_once(self, client, siti, batik) -> None:
        consent = siti.consents.create(
            purpose="katalog", text_version="1", text_hash="x", channel="web"
        )
        assert client.get(batik.get_absolute_url()).status_code == 200

        consent.withdrawn_at = timezone.now()
        consent.save()

        assert client.get(batik.get_absolute_url()).status_code == 404
        assert client.get("/usaha/").context["page"].rows == []

    def test_one_taken_over_from_a_list_waits_for_its_owner(self, client, siti, batik) -> None:
        batch = ImportBatch.objects.create(
            file_name="a.xlsx", file_digest="a", uploaded_by=siti, touched_at=timezone.now()
        )
        imported = ImportedMember.objects.create(batch=batch, business=batik, line=2)
        assert client.get("/usaha/").context["page"].rows == []
        assert client.get(batik.get_absolute_url()).status_code == 404

        imported.claimed_at = timezone.now()
        imported.save()
        assert client.get(batik.get_absolute_url()).status_code == 200

    def test_the_row_says_what_the_rule_says(self, siti, budi, batik) -> None:
        make.business(siti, name="Ditangguhkan", suspended_at=timezone.now())
        make.business(budi, name="Belum", status=ApplicationStatus.SUBMITTED)

        assert set(Business.objects.listed()) == set(Business.objects.verified()) == {batik}

    def test_saving_a_stale_copy_does_not_bring_it_back(self, siti, batik) -> None:
        batik.is_listed = True
        batik.suspended_at = timezone.now()
        batik.save()
        batik.refresh_from_db()

        assert not batik.is_listed


def test_only_what_the_owner_opened_is_shown(client, siti) -> None:
    business = make.business(siti)
    text = client.get(business.get_absolute_url()).content.decode()
    for word in ("Jam buka", "Instagram", "Toko daring", "0812-3456-7890"):
        assert word not in text

    details = PublicDetails(
        order_phone=business.order_phone,
        show_phone=True,
        opening_hours="Senin–Sabtu, 08.00–17.00",
        instagram="batiksiti",
        shop_url="https://www.tokopedia.com/batiksiti",
    )
    change_public_details(business, details=details, by=siti, via="web")
    text = client.get(business.get_absolute_url()).content.decode()

    assert "Senin–Sabtu, 08.00–17.00" in text
    assert 'href="https://www.instagram.com/batiksiti/" rel="nofollow noopener"' in text
    assert 'href="https://www.tokopedia.com/batiksiti" rel="nofollow noopener">Tokopedia' in text
    assert "0812-3456-7890" in text


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
