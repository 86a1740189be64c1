"""Renewing: one question signed in, the same by the link of a letter, and nothing else by it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from members.actions.membership import suspend_membership
from members.choices import InvoiceStatus
from members.links import invoice_link, term_link
from members.models import DuesInvoice, GatewayAttempt, QrisCode
from tests import make
from tests.members import money
from tests.midtrans import MERCHANT, SERVER_KEY, FakeMidtrans
from umkm_portal.audit.models import AuditEntry
from umkm_portal.demo.dues import STATIC_QRIS
from umkm_portal.lib.signing import sign
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.usefixtures("fresh_limits")
SOON = "2027-06-10T12:00:00+07:00"


@pytest.fixture
def member(batik, sekretariat, bendahara):
    """Paid on 1 July 2026, so until 30 June 2027."""
    with time_machine.travel("2026-07-01T12:00:00+07:00"):
        member = money.member(batik, by=sekretariat)
        money.pay(member.invoices.get(), by=bendahara)
    return member


@pytest.fixture
def link(member):
    """The link of a letter of 10 June 2027, and that day."""
    with time_machine.travel(SOON):
        yield term_link(member.terms.get())


def test_looking_changes_nothing(client, link, member) -> None:
    page = client.get(link)

    assert page.status_code == 200
    assert "Data masih benar?" in page.text
    assert "Batik Siti" in page.text
    assert "Rp120.000" in page.text
    assert "1 Juli 2027–30 Juni 2028" in page.text
    assert member.invoices.count() == 1
    assert not page.cookies


def test_yes_opens_the_bill_and_shows_how_to_pay(client, link, member) -> None:
    answer = client.post(link, follow=True)

    bill = member.invoices.open().get()
    assert bill.number in answer.text
    assert "Kirim bukti transfer" in answer.text
    line = AuditEntry.objects.about(bill).get(verb="dues_invoice.opened")
    assert (line.by, line.via) == (None, "tautan")


def test_yes_twice_is_one_bill(client, link, member) -> None:
    client.post(link)
    client.post(link)
    assert member.invoices.count() == 2


def test_it_needs_neither_cookie_nor_token_of_a_form(link, member) -> None:
    """The browser inside WhatsApp may keep none."""
    assert Client(enforce_csrf_checks=True).post(link).status_code == 302
    assert member.invoices.open().exists()


def test_the_proof_is_sent_by_the_link(client, link, member, siti) -> None:
    client.post(link)
    answer = client.post(f"{link}bukti/", {"bukti": money.picture()}, follow=True)

    assert "Bukti sedang diperiksa" in answer.text
    assert "Unduh bukti" not in answer.text
    bill = member.invoices.get(status=InvoiceStatus.CHECKING)
    line = AuditEntry.objects.about(bill).get(verb="dues_proof.submitted")
    assert (line.by, line.via) == (siti, "tautan")


@pytest.fixture
def midtrans(settings):
    with FakeMidtrans() as fake:
        settings.MIDTRANS_SERVER_KEY, settings.MIDTRANS_MERCHANT_ID = SERVER_KEY, MERCHANT
        settings.MIDTRANS_SNAP_URL = settings.MIDTRANS_API_URL = fake.url
        yield fake


def test_the_gateways_page_is_reached_by_the_link(client, link, member, midtrans) -> None:
    client.post(link)
    assert client.get(f"{link}daring/").url == f"{link}#daring"
    assert not GatewayAttempt.objects.exists()
    page = client.post(f"{link}daring/", follow=True)

    attempt = GatewayAttempt.objects.get()
    assert attempt.invoice == member.invoices.open().get()
    assert attempt.redirect_url in page.text


def test_without_a_gateway_none_is_offered(client, link) -> None:
    client.post(link)
    assert "daring/" not in client.get(link).text
    assert client.post(f"{link}daring/").status_code == 200
    assert not GatewayAttempt.objects.exists()


def test_the_code_to_pay_is_kept_as_a_picture(client, link) -> None:
    client.post(link)
    none_yet = client.get(f"{link}qris.png")
    since = timezone.now() - timedelta(days=1)
    QrisCode.objects.create(starts_at=since, payload=STATIC_QRIS, merchant_name="KADIN CONTOH")
    picture = client.get(f"{link}qris.png")

    assert (none_yet.status_code, picture.status_code) == (404, 200)
    assert picture["Content-Type"] == "image/png"
    assert none_yet["Cache-Control"] == picture["Cache-Control"] == "no-store, private"
    assert f"{link}qris.png" in client.get(link).text


def test_a_wrong_file_is_said_on_the_page(client, link) -> None:
    client.post(link)
    answer = client.post(f"{link}bukti/")
    assert "Pilih foto atau PDF bukti transfer." in answer.text
    assert answer.text.count("<title>Kesalahan:") == 1


def test_nothing_private_is_shown(client, link, siti) -> None:
    siti.owner.phone = "+6281299998888"
    siti.owner.save()
    client.post(link)
    page = client.get(link).text
    for secret in ["+6281299998888", "0812-9999-8888", "Jl. Contoh", make.NIK_SITI, siti.email]:
        assert secret not in page


def test_a_settled_year_needs_nothing(client, link, member, bendahara) -> None:
    client.post(link)
    money.pay(member.invoices.open().get(), by=bendahara)

    page = client.get(link)
    assert page.status_code == 200
    assert "Tagihan ini sudah lunas." in page.text
    client.post(link)
    assert not member.invoices.open().exists()


def test_next_years_bill_is_not_reached_by_this_years_link(
    client, link, member, bendahara, settings
) -> None:
    settings.DUES_LINK_DAYS = 900
    client.post(link)
    money.pay(member.invoices.open().get(), by=bendahara)
    with time_machine.travel("2028-06-20T12:00:00+07:00"):
        newer = money.bill(member)
        page = client.get(link)
        assert newer.number not in page.text
        assert "Tagihan ini sudah lunas." in page.text


def test_an_old_link_says_since_when(client, link) -> None:
    with time_machine.travel("2027-10-01T12:00:00+07:00"):
        page = client.get(link)
    assert page.status_code == 410
    said = "Tautan ini sudah tidak berlaku sejak 8 September 2027. Minta tautan baru."
    assert said in page.text


def test_an_altered_link_is_no_link(client, link, member) -> None:
    token = link.strip("/").rpartition("/")[2]
    for bad in [token[:-1], "x" + token, token + "A", "omong", sign("unsubscribe", ["masa", 1, 1])]:
        page = client.get(f"/t/{bad}/")
        assert page.status_code == 404, bad
        assert client.post(f"/t/{bad}/").status_code == 404
        assert client.post(f"/t/{bad}/bukti/").status_code == 404
    assert "Minta tautan baru" in page.text
    assert member.invoices.count() == 1


def test_a_business_handed_on_takes_the_old_owners_link_away(client, link, batik, budi) -> None:
    batik.owner = budi
    batik.save()
    assert client.get(link).status_code == 404


def test_the_page_is_a_secret_kept(client, link) -> None:
    for page in [client.get(link), client.post(link), client.get(link), client.get("/t/x/")]:
        assert page["Cache-Control"] == "no-store, private"
        assert page["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page["X-Robots-Tag"]


def test_whoever_is_signed_in_sees_the_strangers_page(client, link, budi) -> None:
    client.force_login(budi)
    page = client.get(link)
    assert "Budi" not in page.text
    assert "Batik Siti" in page.text


def test_guessing_is_stopped(client, link) -> None:
    codes = [client.get("/t/tebakan/").status_code for _n in range(61)]
    assert codes == [404] * 60 + [429]


def test_a_suspended_member_reads_why_not(client, link, member, sekretariat) -> None:
    suspend_membership(member, reason="Alamat palsu.", by=sekretariat, via="admin")
    answer = client.post(link)
    assert answer.status_code == 200
    assert "Keanggotaan ini ditangguhkan." in answer.text
    assert not member.invoices.open().exists()


def test_the_letter_with_the_bill_leads_to_the_bill(client, batik, sekretariat, siti) -> None:
    member = money.member(batik, by=sekretariat)
    bill = member.invoices.get()

    letter = Notice.objects.of(siti).get(purpose="dues_invoice")
    assert letter.link.startswith("/t/")
    assert letter.link in letter.body
    assert bill.number in client.get(letter.link).text


def test_a_bill_that_is_void_is_not_paid(client, batik, sekretariat) -> None:
    bill = money.member(batik, by=sekretariat).invoices.get()
    DuesInvoice.objects.filter(pk=bill.pk).update(status=InvoiceStatus.VOID)
    assert "Tagihan ini tidak perlu dibayar." in client.get(invoice_link(bill)).text


def test_change_leads_to_sign_in_and_the_profile(client, link) -> None:
    assert "/akun/masuk/?next=/saya/usaha/" in client.get(link).text


def test_signed_in_it_is_the_same_one_question(client, link, member, siti) -> None:
    client.force_login(siti)
    page = client.get(f"/saya/iuran/bayar/{member.pk}/")

    assert "Ya, lanjut bayar" in page.text
    assert not member.invoices.open().exists()
    answer = client.post(f"/saya/iuran/bayar/{member.pk}/")
    assert answer.url == member.invoices.open().get().get_absolute_url()


def test_the_first_day_of_the_letters_the_bill_can_be_made(client, member) -> None:
    day = date(2027, 6, 30) - timedelta(days=30)
    with time_machine.travel(f"{day}T08:00:00+07:00"):
        client.post(term_link(member.terms.get()))
    assert member.invoices.open().exists()
