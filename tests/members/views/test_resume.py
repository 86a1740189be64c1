"""Siti stops at step 3 and goes on by the link, on another phone, without signing in."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.actions.registration import cancel_application, save_draft
from members.choices import ApplicationStatus, Sector
from members.models import Business
from members.views.applicant import resume_token
from umkm_portal.audit.models import AuditEntry
from umkm_portal.notices.models import Notice


@pytest.fixture
def draft(siti) -> Business:
    data = {"name": "Batik Siti", "sector": Sector.FASHION}
    return save_draft(siti, data=data, by=siti, via="web", step="usaha")


def link_to(business: Business) -> str:
    return reverse("members:registration_resume", args=[resume_token(business)])


def test_saving_for_later_leads_to_the_link(client, siti, draft) -> None:
    client.force_login(siti)

    answer = client.post("/daftar/alamat/", {"street": "Jl. Contoh No. 1", "nanti": "1"})

    assert answer.url == reverse("members:registration_later")
    page = client.get(answer.url).content.decode()
    assert "/daftar/lanjut/" in page
    assert "https://wa.me/?text=" in page


def test_the_link_brings_back_what_was_typed_on_another_phone(draft) -> None:
    phone = Client()
    link = link_to(draft)

    assert "Batik Siti" in phone.get(link).content.decode()
    assert phone.get("/daftar/usaha/").status_code == 302, "opening alone changes nothing"
    phone.post(link)
    page = phone.get("/daftar/usaha/").content.decode()

    assert 'value="Batik Siti"' in page


def test_what_is_written_by_the_link_says_so(draft) -> None:
    phone = Client()
    phone.post(link_to(draft))

    phone.post("/daftar/alamat/", {"street": "Jl. Contoh No. 2", "nanti": "1"})

    draft.refresh_from_db()
    assert draft.street == "Jl. Contoh No. 2"
    assert AuditEntry.objects.filter(verb="business.draft_saved").first().via == "tautan"


def test_the_link_opens_nothing_else(draft) -> None:
    phone = Client()
    phone.post(link_to(draft))

    for path in ["/saya/", "/saya/usaha/", "/saya/data/", "/saya/iuran/", "/akun/"]:
        assert phone.get(path).url.startswith("/akun/masuk/"), path


def test_a_link_older_than_30_days_says_so(draft) -> None:
    phone, link = Client(), link_to(draft)
    phone.post(link)

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        late = phone.get(link)
        assert late.status_code == 410
        assert "Tautan sudah 30 hari. Mulai lagi, hanya 5 menit." in late.content.decode()
        assert phone.get("/daftar/usaha/").status_code == 302


def test_an_altered_link_opens_nothing(draft) -> None:
    altered = link_to(draft)[:-2] + "x/"

    assert Client().get(altered).status_code == 410
    assert Client().post(altered).status_code == 410


def test_after_sending_or_cancelling_the_link_is_over(siti, draft) -> None:
    phone, link = Client(), link_to(draft)
    phone.post(link)
    cancel_application(draft, by=siti, via="web")

    assert phone.get(link).status_code == 410
    assert phone.get("/daftar/usaha/").status_code == 302


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": True}])
def test_no_link_for_staff_or_closed_accounts(siti, draft, change) -> None:
    type(siti).objects.filter(pk=siti.pk).update(**change)

    assert Client().get(link_to(draft)).status_code == 410


def test_it_is_sent_by_mail_once_a_day(client, siti, draft) -> None:
    client.force_login(siti)
    for _press in range(2):
        client.post(reverse("members:registration_later"))

    notice = Notice.objects.of(siti).get(purpose="resume_link")
    assert "/daftar/lanjut/" in notice.body


def test_a_repair_goes_on_by_the_link_too(siti, batik) -> None:
    Business.objects.filter(pk=batik.pk).update(
        status=ApplicationStatus.NEEDS_REPAIR, repair_fields=["street"]
    )
    phone = Client()

    answer = phone.post(link_to(batik))

    assert answer.url == "/daftar/alamat/"
    assert phone.get(answer.url).status_code == 200


def test_no_page_of_the_link_is_kept_by_the_phone_or_found_by_a_search(draft) -> None:
    phone = Client()
    link = link_to(draft)
    pages = [phone.get(link), phone.get(f"{link[:-2]}x/")]
    phone.post(link)
    pages += [phone.get(path) for path in ["/daftar/alamat/", "/daftar/periksa/"]]

    assert [page.status_code for page in pages] == [200, 410, 200, 200]
    for page in pages:
        assert page["Cache-Control"] == "no-store, private"
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        assert page["Referrer-Policy"] == "same-origin"
