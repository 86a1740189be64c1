"""From a product, and from a list of them, to a seller's WhatsApp."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from catalog.orders import MOST_LETTERS, OrderLine, order_text, read_quantity
from catalog.shopping import COOKIE, MOST_ROWS
from events.actions.editions import cancel_event
from events.choices import PlaceStatus
from tests import make
from tests.lib.test_phone import FORMS
from umkm_portal.lib.dates import tanggal
from umkm_portal.lib.phone import normalise_phone


def sent_text(response) -> tuple[str, str]:
    """The number and the words of a link to WhatsApp."""
    link = urlsplit(response["Location"])
    assert (link.scheme, link.netloc) == ("https", "wa.me")
    return link.path, parse_qs(link.query)["text"][0]


class TestOneProduct:
    @pytest.mark.parametrize("written", FORMS)
    def test_forty_ways_to_write_a_number_open_the_same_chat(self, client, siti, written) -> None:
        business = make.business(siti, order_phone=normalise_phone(written))
        response = client.get(f"/produk/{make.product(business).pk}/pesan/")

        assert sent_text(response)[0] == "/6281234567890"

    def test_the_message_says_what_how_many_and_what_it_comes_to(self, client, batik) -> None:
        product = make.product(batik, name="Kain & selendang 'pucuk' 😀")

        _to, text = sent_text(client.get(f"/produk/{product.pk}/pesan/?jumlah=3"))

        assert "• 3 × Kain & selendang 'pucuk' 😀 (Rp285.000 per lembar)" in text
        assert "Total: Rp855.000" in text
        assert f"Kode P{product.pk}, " in text

    def test_what_is_sent_is_what_was_shown(self, client, batik) -> None:
        product = make.product(batik)
        page = client.get(f"{product.get_absolute_url()}?jumlah=2")

        assert sent_text(client.get(page.context["order_url"]))[1] == page.context["order_text"]

    @pytest.mark.parametrize("asked", ["0", "-4", "abc", "", "1e9", "²", "9" * 5000])
    def test_a_number_of_nothing_is_one(self, client, batik, asked) -> None:
        product = make.product(batik)

        response = client.get(f"/produk/{product.pk}/pesan/", {"jumlah": asked})

        assert "• 1 × " in sent_text(response)[1]

    def test_more_than_anybody_carries_is_cut(self) -> None:
        assert read_quantity("500") == 99

    def test_a_sold_out_product_is_asked_about(self, client, batik) -> None:
        product = make.product(batik, sold_out=True)

        assert "Kapan ada lagi?" in sent_text(client.get(f"/produk/{product.pk}/pesan/"))[1]

    def test_nobody_is_sent_to_a_seller_who_left(self, client, siti) -> None:
        hidden = make.product(make.business(siti, suspended_at=timezone.now()))

        assert client.get(f"/produk/{hidden.pk}/pesan/").status_code == 404

    def test_without_a_number_the_page_comes_back(self, client, siti) -> None:
        product = make.product(make.business(siti, order_phone=""))

        assert client.get(f"/produk/{product.pk}/pesan/").url == product.get_absolute_url()


class TestPickup:
    def test_a_seller_who_is_there_this_week_says_where(self, client, batik) -> None:
        place = make.place(make.jbl_day(timezone.localdate() + timedelta(days=3)), batik)
        product = make.product(batik)

        page = client.get(product.get_absolute_url())

        assert (
            f"Ambil: {tanggal(place.day.date)}, booth {place.booth.number}"
            in (page.context["order_text"])
        )
        assert f"lapak {place.booth.number}" in page.content.decode()

    @pytest.mark.parametrize("why", ["later", "called off", "hidden", "gave up"])
    def test_a_seller_who_is_not_promises_nothing(self, client, batik, why) -> None:
        ahead = 8 if why == "later" else 2
        place = make.place(make.jbl_day(timezone.localdate() + timedelta(days=ahead)), batik)
        event = place.day.event
        if why == "called off":
            cancel_event(event, reason="Hujan", by=None, via="web")
        event.published = why != "hidden"
        event.save(update_fields=["published"])
        place.status = PlaceStatus.CANCELLED if why == "gave up" else place.status
        place.save()

        page = client.get(make.product(batik).get_absolute_url())

        assert "Ambil:" not in page.context["order_text"]


class TestLength:
    @given(
        seller=st.integers(1, 120),
        names=st.lists(st.integers(1, 120), min_size=1, max_size=MOST_ROWS),
        letter=st.characters(exclude_categories=["Cs"]),
    )
    def test_no_order_is_longer_than_700_letters(self, seller, names, letter) -> None:
        lines = [OrderLine(letter * name, 1_000_000_000, "s" * 20, 99) for name in names]

        text = order_text(letter * seller, lines, code="TABCD", url=f"/usaha/{'u' * 140}/")

        assert len(text) <= MOST_LETTERS
        assert text.count("• 99 × ") >= len(lines)
        assert "TABCD" in text

    def test_twenty_of_the_longest_still_fit(self) -> None:
        lines = [OrderLine("P" * 120, 1_000_000_000, "s" * 20, 99)] * MOST_ROWS

        text = order_text("U" * 120, lines, code="TABCD", url=f"/usaha/{'u' * 140}/")

        assert len(text) <= MOST_LETTERS
        assert "Total: Rp1.980.000.000.000" in text


def add(client: Client, product, quantity: int = 1):
    return client.post(f"/titipan/tambah/{product.pk}/", {"jumlah": quantity}, follow=True)


class TestShoppingList:
    def test_nobody_gets_a_cookie_for_looking(self, client, batik) -> None:
        product = make.product(batik)
        for path in ("/titipan/", product.get_absolute_url()):
            assert not client.get(path).cookies

        text = client.get("/titipan/").content.decode()
        assert "Belum ada titipan." in text

    def test_one_message_for_each_seller(self, client, batik, budi) -> None:
        kain, selendang = make.product(batik), make.product(batik, name="Selendang", price=90_000)
        roti = make.product(make.business(budi, name="Roti Budi"), name="Roti", price=12_000)
        add(client, kain)
        add(client, selendang, 2)
        page = add(client, roti, 5)

        first, second = page.context["page"].sellers
        assert (first.total, second.total) == (465_000, 60_000)
        _to, text = sent_text(client.get(f"/titipan/pesan/{batik.pk}/"))
        assert text == first.text
        assert "• 2 × Selendang (Rp90.000 per lembar)" in text
        assert "Roti" not in text
        assert "Total: Rp465.000" in text

    def test_the_cookie_is_the_browsers_alone(self, client, batik) -> None:
        response = client.post(f"/titipan/tambah/{make.product(batik).pk}/")

        kept = response.cookies[COOKIE]
        assert kept["httponly"]
        assert kept["samesite"] == "Lax"
        assert set(response.cookies) == {COOKIE}
        assert "no-store" in response["Cache-Control"]
        assert "no-store" in client.get("/titipan/")["Cache-Control"]

    def test_the_same_product_again_is_more_of_it(self, client, batik) -> None:
        product = make.product(batik)
        add(client, product, 2)
        page = add(client, product, 3)

        assert [row.quantity for row in page.context["page"].sellers[0].rows] == [5]

    def test_numbers_change_and_rows_go(self, client, batik) -> None:
        kain, selendang = make.product(batik), make.product(batik, name="Selendang")
        add(client, kain)
        add(client, selendang)

        client.post("/titipan/ubah/", {f"jumlah-{kain.pk}": "4", "hapus": selendang.pk})

        rows = client.get("/titipan/").context["page"].sellers[0].rows
        assert [(row.product, row.quantity) for row in rows] == [(kain, 4)]

    def test_the_last_row_takes_the_cookie_along(self, client, batik) -> None:
        product = make.product(batik)
        add(client, product)

        response = client.post("/titipan/ubah/", {"hapus": product.pk})

        assert response.cookies[COOKIE].value == ""
        assert "Belum ada titipan." in client.get("/titipan/").content.decode()

    def test_the_twenty_first_is_refused(self, client, batik) -> None:
        products = [make.product(batik, name=f"Kain {n}") for n in range(MOST_ROWS + 1)]
        for product in products[:-1]:
            add(client, product)

        page = add(client, products[-1])

        assert "paling banyak 20 produk" in page.content.decode()
        assert len(page.context["page"].sellers[0].rows) == MOST_ROWS
        assert len(page.context["page"].sellers[0].text) <= MOST_LETTERS

    def test_prices_are_todays(self, client, batik) -> None:
        product = make.product(batik)
        add(client, product)
        type(product).objects.filter(pk=product.pk).update(price=300_000)

        assert client.get("/titipan/").context["page"].sellers[0].total == 300_000

    def test_what_is_sold_out_is_said_and_not_ordered(self, client, batik) -> None:
        kain, selendang = make.product(batik), make.product(batik, name="Selendang")
        add(client, kain)
        add(client, selendang)
        type(kain).objects.filter(pk=kain.pk).update(sold_out=True)

        page = client.get("/titipan/")

        assert "Tidak ikut dalam pesan." in page.content.decode()
        assert kain.name not in page.context["page"].sellers[0].text

    def test_what_is_gone_is_said_without_its_name(self, client, batik) -> None:
        kain = make.product(batik)
        add(client, kain)
        batik.suspended_at = timezone.now()
        batik.save()

        text = client.get("/titipan/").content.decode()

        assert f"Produk P{kain.pk}" in text
        assert kain.name not in text
        assert client.get(f"/titipan/pesan/{batik.pk}/").url == "/titipan/"

    @pytest.mark.parametrize("value", ["", "x", "AB.1x1", "AB.1x1:salah", "%00", "1" * 5000, ".:."])
    def test_an_altered_cookie_is_an_empty_list(self, client, batik, value) -> None:
        client.cookies[COOKIE] = value

        page = client.get("/titipan/")

        assert page.status_code == 200
        assert "Belum ada titipan." in page.content.decode()

    def test_a_form_on_another_site_changes_nothing(self, client, batik) -> None:
        product = make.product(batik)

        response = client.post(
            f"/titipan/tambah/{product.pk}/", headers={"origin": "https://lain.example"}
        )

        assert response.status_code == 403
        assert not response.cookies.get(COOKIE)

    def test_what_nobody_may_see_is_not_put_on_the_list(self, client, siti) -> None:
        hidden = make.product(make.business(siti, suspended_at=timezone.now()))

        assert client.post(f"/titipan/tambah/{hidden.pk}/").status_code == 404

    def test_one_row_and_three_cost_the_same(
        self, client, batik, budi, django_assert_num_queries
    ) -> None:
        add(client, make.product(batik))
        with django_assert_num_queries(2):
            client.get("/titipan/")
        add(client, make.product(batik))
        add(client, make.product(make.business(budi, name="Roti Budi")))
        with django_assert_num_queries(2):
            client.get("/titipan/")
