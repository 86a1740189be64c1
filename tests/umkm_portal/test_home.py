import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.counting import count_facets
from members.choices import ApplicationStatus, InvoiceStatus
from members.models import Business
from tests import make
from umkm_portal.next_step import next_step


@pytest.mark.parametrize("n", [1, 3])
def test_the_home_page_costs_the_same_for_one_product_and_three(
    client, batik, n, django_assert_max_num_queries
) -> None:
    day = make.jbl_day()
    make.place(day, batik)
    for number in range(n):
        make.product(batik, name=f"Kain {number}")
        make.event()

    with django_assert_max_num_queries(15) as seen:
        response = client.get("/")

    assert response.text.count('<li class="product-card">') == n
    assert len(seen) == 6


def test_the_home_page_counts_by_the_counters_not_by_the_rows(client, batik) -> None:
    make.product(batik)
    assert " produk</small>" not in client.get("/").text
    count_facets(at=timezone.now())

    assert "<small>1 produk</small>" in client.get("/").text


def test_the_home_page_leads_with_the_next_market(client, batik) -> None:
    day = make.jbl_day()
    make.place(day, batik)

    page = client.get("/").text

    assert "Lihat 1 lapak" in page
    assert day.event.venue in page


def test_without_a_market_the_home_page_says_so(client, db) -> None:
    assert "Belum ada jadwal JBL." in client.get("/").text


def test_an_exhibition_of_three_days_stands_once(client, db) -> None:
    today = timezone.localdate()
    make.event(name="Pameran kriya", days=[today + timedelta(days=n) for n in (3, 4, 5)])

    assert client.get("/").text.count("Pameran kriya") == 1


def test_a_newcomer_is_shown_the_way_to_register() -> None:
    assert next_step(None, invoice=None, products=0).url == "/daftar/"


def test_who_must_repair_is_told_how_much() -> None:
    business = Business(status=ApplicationStatus.NEEDS_REPAIR, repair_fields=["nib", "street"])

    assert next_step(business, invoice=None, products=0).title == "Perbaiki 2 isian"


def test_who_waits_is_told_how_long() -> None:
    business = Business(status=ApplicationStatus.SUBMITTED)

    assert "3 hari kerja" in next_step(business, invoice=None, products=0).reason


def test_paying_comes_before_the_first_product(client, batik, siti, sekretariat) -> None:
    from tests.members import money

    invoice = money.member(batik, by=sekretariat).invoices.get()

    assert invoice.status == InvoiceStatus.UNPAID
    assert next_step(batik, invoice=invoice, products=0).title == "Bayar iuran Rp120.000"


def test_an_approved_seller_is_asked_for_a_first_product(batik) -> None:
    assert next_step(batik, invoice=None, products=0).url == "/saya/produk/baru/"


def test_sitis_home_shows_her_booth_and_products(client, siti, batik) -> None:
    make.product(batik)
    make.place(make.jbl_day(), batik, "B03")
    client.force_login(siti)

    page = client.get("/saya/").text

    assert "B03" in page
    assert "Kain batik tulis" in page


def test_the_public_sums_count_what_is_approved(client, batik, budi) -> None:
    make.business(budi, name="Sambal Budi", status=ApplicationStatus.SUBMITTED)
    make.product(batik)

    page = client.get("/statistik/").text

    assert "<dd>1 <small>sudah diperiksa petugas</small></dd>" in page


def test_the_queue_says_what_waits_and_since_when(client, petugas, budi) -> None:
    make.business(budi, status=ApplicationStatus.SUBMITTED, decided_at=None)
    client.force_login(petugas)

    page = client.get("/admin/").text

    assert "Pendaftaran usaha" in page
    assert "Bukti pembayaran" not in page


def test_the_desk_shows_the_lists_of_today_to_who_keeps_them(
    client, petugas, kurator, batik
) -> None:
    today = timezone.localdate()
    day = make.jbl_day(today)
    make.place(day, batik)
    make.event(name="Besok saja", days=[today + timedelta(days=1)])

    client.force_login(petugas)
    page = client.get("/admin/").text
    assert f'<a href="/petugas/hadir/{day.pk}/">Daftar hadir: Jumat Beli Lokal</a>' in page
    assert "0 dari 1" in page
    assert 'href="/petugas/pindai/"' in page
    assert "Daftar hadir: Besok saja" not in page
    client.force_login(kurator)
    assert "/petugas/" not in client.get("/admin/").text


def test_the_desk_costs_the_same_for_one_list_and_three(
    client, petugas, django_assert_num_queries
) -> None:
    make.jbl_day(timezone.localdate())
    client.force_login(petugas)
    client.get("/admin/")
    with CaptureQueriesContext(connection) as one:
        client.get("/admin/")
    make.jbl_day(timezone.localdate())
    make.event(days=[timezone.localdate()])
    with django_assert_num_queries(len(one)):
        client.get("/admin/")


def test_health_names_database_and_disk(client, db) -> None:
    report = client.get("/sehat/").json()

    assert report["basis_data"] == report["ruang_berkas"] == "baik"


def test_a_phone_that_can_unpack_gets_a_third_of_the_bytes(client, batik) -> None:
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 3


def test_nothing_below_the_fold_holds_up_the_picture_above_it(client, batik) -> None:
    for number in range(3):
        make.product(batik, name=f"Kain {number}")

    page = client.get("/").text

    pictures = re.findall(r"<img [^>]*>", page)
    assert [img for img in pictures if "fetchpriority" in img] == [
        img for img in pictures if "/lapak" in img
    ]
    goods = [img for img in pictures if "/media/" in img]
    assert len(goods) >= 3
    assert all('loading="lazy"' in img for img in goods)
