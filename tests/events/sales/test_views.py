"""The seller's own pages: the link of three taps, and what she sold."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.actions.goods import BroughtProduct
from events.actions.sales import Figures, ask_for_reports, report_sales
from events.models import SalesReport
from events.models.sales import report_locks_at
from events.sales_choices import OmzetBracket, PiecesBracket
from events.sales_links import report_link
from members.actions.erasure import erase_business
from tests import make
from umkm_portal.lib.signing import sign
from umkm_portal.lib.xlsx import read_rows
from umkm_portal.my_data import everything_about
from umkm_portal.notices.models import Notice
from umkm_portal.retention import tidy

TAPS = {"lapak": "500", "barang": "25"}


@pytest.fixture
def link(place) -> str:
    return report_link(place)


def says(client, link, **data):
    return client.post(link, data)


def test_two_chips_and_a_button_are_enough(client, link) -> None:
    page = client.get(link).content.decode()
    assert "lima penjual atau lebih" in page
    assert "csrfmiddlewaretoken" not in page

    answer = says(client, link, **TAPS)

    assert (answer.status_code, answer.url) == (302, link)
    thanks = client.get(link).content.decode()
    assert "Terima kasih" in thanks
    assert "250–500 ribu" in thanks
    report = SalesReport.objects.get()
    assert (report.booth_bracket, report.pieces_bracket) == ("500", "25")


def test_belum_laku_needs_no_pieces(client, link) -> None:
    says(client, link, lapak="0")

    report = SalesReport.objects.get()
    assert (report.booth_omzet, report.pieces) == (0, 0)
    assert "belum laku" in client.get(link).content.decode()


def test_sold_nothing_at_the_booth_but_online(client, link) -> None:
    page = says(client, link, lapak="0", daring="250").content.decode()
    assert "berapa barang" in page

    says(client, link, lapak="0", daring="250", barang="10")
    report = SalesReport.objects.get()
    assert (report.booth_omzet, report.online_bracket) == (0, "250")


def test_a_typed_number_takes_the_place_of_the_chip(client, link) -> None:
    says(client, link, **TAPS, lapak_pas="Rp1.350.000", barang_pas="1.024", daring_pas="80 rb")

    report = SalesReport.objects.get()
    assert (report.booth_omzet, report.booth_bracket) == (1_350_000, "")
    assert (report.pieces, report.pieces_bracket) == (1024, "")
    assert report.online_omzet == 80_000


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Pilih kisaran omzet"),
        ({"lapak": "500"}, "Pilih berapa barang"),
        ({**TAPS, "lapak": "apa"}, "Pilih salah satu"),
        ({**TAPS, "lapak_pas": "banyak"}, "dengan angka saja"),
        ({**TAPS, "lapak_pas": "2000000000"}, "Periksa jumlah nol"),
        ({**TAPS, "barang_pas": "dua"}, "contoh 25"),
        ({**TAPS, "barang_pas": "-3"}, "contoh 25"),
        ({**TAPS, "transaksi": "1000000"}, "Periksa jumlah nol"),
        ({**TAPS, "catatan": "x" * 201}, "200"),
        ({**TAPS, "laris": "999999"}, "produk Anda"),
        ({**TAPS, "lapak": "5\x0000"}, "Pilih salah satu"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(client, link, data, sentence) -> None:
    page = says(client, link, **data)

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "Kesalahan:" in page.content.decode()
    assert not SalesReport.objects.exists()


def test_the_form_opens_again_with_what_she_said(client, link, batik, place) -> None:
    cloth = make.product(batik)
    scarf = make.product(batik, name="Selendang")
    BroughtProduct.objects.create(day=place.day, product=cloth)
    says(client, link, **TAPS, laris=str(cloth.pk), suasana="ramai", catatan="Hujan sore.")

    page = client.get(f"{link}?ubah=1").content.decode()
    assert re.search(r'value="500"[^>]*checked', page)
    assert re.search(r'value="ramai"[^>]*checked', page)
    assert "Hujan sore." in page
    assert scarf.name not in page

    says(client, link, lapak="2000", barang="50")
    report = SalesReport.objects.get()
    assert (report.booth_bracket, report.note, report.mood) == ("2000", "", "")


def test_a_bad_link_says_where_to_get_a_new_one(client, link, fresh_limits) -> None:
    for token in ("apa", sign("lapor", 999_999), sign("lapor", "x"), sign("lain", 1)):
        answer = client.get(f"/lapor/{token}/")
        assert answer.status_code == 404
        text = "Tautan ini sudah tidak berlaku. Minta tautan baru di Pesan."
        assert text in answer.content.decode()


def test_after_h_plus_7_the_link_says_since_when(client, link, day) -> None:
    with time_machine.travel(report_locks_at(day) + timedelta(days=2)):
        answer = client.get(link)
        assert says(client, link, **TAPS).status_code == 410

    assert answer.status_code == 410
    assert "sudah tidak berlaku sejak" in answer.content.decode()
    assert not SalesReport.objects.exists()


def test_the_link_is_no_secret_kept_anywhere_and_guessing_stops(client, link, fresh_limits) -> None:
    answer = client.get(link)
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]

    codes = {client.get("/lapor/tebakan/").status_code for _n in range(61)}
    assert codes == {404, 429}


def test_whoever_opens_it_learns_nothing_of_who_is_signed_in(client, link, budi) -> None:
    client.force_login(budi)

    assert "Budi" not in client.get(link).content.decode()


def test_of_a_forgotten_business_nothing_is_reported(client, link, batik, petugas) -> None:
    says(client, link, **TAPS, catatan="Siti senang.", laris_kata="Kain Siti")
    erase_business(batik, by=petugas, via="admin")

    assert client.get(link).status_code == 404
    report = SalesReport.objects.get()
    assert (report.note, report.best_words, report.booth_bracket) == ("", "", "500")


def test_her_words_go_after_two_years_and_the_numbers_stay(client, link) -> None:
    says(client, link, **TAPS, catatan="Hujan sore.")
    tidy(timezone.now() + timedelta(days=700))
    assert SalesReport.objects.get().note == "Hujan sore."

    assert tidy(timezone.now() + timedelta(days=732))["words of sales reports"] == 1
    report = SalesReport.objects.get()
    assert (report.note, report.booth_bracket) == ("", "500")


def test_her_data_name_what_she_reported(client, link, siti) -> None:
    says(client, link, **TAPS, catatan="Hujan sore.")

    section = next(s for s in everything_about(siti) if s.key == "penjualan")
    assert "Hujan sore." in section.rows[0][2]


def sold(place, booth, pieces=10, online=None):
    figures = Figures(booth=booth, pieces=pieces, online=online)
    return report_sales(place, figures=figures, by=None, via="tautan")


def test_before_the_first_market_the_page_says_when_it_fills(client, siti) -> None:
    client.force_login(siti)

    page = client.get("/saya/penjualan/").content.decode()
    assert "Laporan pertama muncul setelah Anda ikut JBL." in page


def test_what_is_still_to_report_is_one_tap_away(client, siti, place) -> None:
    client.force_login(siti)

    page = client.get("/saya/penjualan/").content.decode()
    link = re.search(r'href="(/lapor/[^"]+/)"', page)
    assert link
    assert "Batik Siti" in client.get(link[1]).content.decode()


def test_siti_sees_her_sums_and_never_anybody_elses(client, siti, stood, batik) -> None:
    sold(stood(batik, "A01"), 1_000_000, online=250_000)
    for n, omzet in enumerate([100_001, 200_002, 300_003, 400_004], start=2):
        other = make.business(make.user(f"penjual{n}"), name=f"Warung {n}")
        sold(stood(other, f"A0{n}"), omzet)
    client.force_login(siti)

    page = client.get("/saya/penjualan/").content.decode()
    assert "Rp1.250.000" in page
    assert "di atas median" in page
    assert "Warung" not in page
    assert not any(f"{n}00.00{n}" in page for n in range(1, 5))
    assert "300.003" not in page


def test_of_fewer_than_five_no_side_is_told(client, siti, stood, batik, budi) -> None:
    sold(stood(batik, "A01"), 1_000_000)
    sold(stood(make.business(budi, name="Kopi"), "A02"), 5_000)
    client.force_login(siti)

    page = client.get("/saya/penjualan/").content.decode()
    assert "atas median" not in page


def test_a_bracket_is_marked_as_an_estimate(client, siti, place) -> None:
    sold(place, OmzetBracket.TO_500, PiecesBracket.TO_25)
    client.force_login(siti)

    page = client.get("/saya/penjualan/").content.decode()
    assert "Rp375.000" in page
    assert "perkiraan" in page


def test_the_sheet_holds_what_the_page_shows(client, siti, batik, stood) -> None:
    sold(stood(batik), 1_000_000, online=250_000)
    client.force_login(siti)

    answer = client.get("/saya/penjualan/xlsx/")
    rows = read_rows(BytesIO(answer.content), name="a.xlsx")
    assert rows[1][3:7] == ["1000000", "250000", "1250000", "10"]


def test_one_and_three_editions_cost_the_same(client, siti, batik, stood) -> None:
    client.force_login(siti)
    counts = []
    for n in range(3):
        day = make.jbl_day(timezone.localdate() - timedelta(days=1 + n))
        sold(stood(batik, on=day), 100_000)
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/saya/penjualan/").status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[2] <= 15


def test_who_works_for_her_sees_no_money(client, batik, place, budi) -> None:
    from members.choices import Right

    sold(place, 1_234_567)
    make.person(batik, budi, Right.MARKET)
    client.force_login(budi)

    assert "1.234.567" not in client.get("/saya/penjualan/").content.decode()


def test_the_letter_leads_to_the_form(client, place, siti) -> None:
    ask_for_reports(at=timezone.now(), by=None, via="jadwal")

    assert client.get(Notice.objects.of(siti).get().link).status_code == 200
