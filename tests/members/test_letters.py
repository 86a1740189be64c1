"""Staff send by WhatsApp what owners have not read, and see what was sent and what failed."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from events.choices import EventStatus
from members.actions.dues import submit_proof
from members.actions.letters import PORTION, mark_sent_by_whatsapp, take_letters
from members.choices import InvoiceStatus, Role
from members.models import DuesInvoice, Kelurahan, Letter, User
from members.models.letter import LONGEST_TEXT
from tests import make
from tests.members import money
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import delete_old_notices, send_anew, send_later
from umkm_portal.notices.choices import MailStatus
from umkm_portal.notices.models import Notice

LIST = "/admin/members/letter/"


def tell(business, purpose: str = "application_approved", **more) -> Letter:
    notice = send_later(purpose, to=business.owner, about=business, **more)
    return Letter.objects.get(pk=notice.pk)


@pytest.fixture
def letter(batik) -> Letter:
    """Pemkot's news to Siti, unread."""
    return tell(batik)


@pytest.fixture
def bill(batik, sekretariat) -> Letter:
    """Kadin's bill to Siti."""
    money.member(batik, by=sekretariat)
    return Letter.objects.get(purpose="dues_invoice")


def waiting(staff: User) -> list[str]:
    rows = Letter.objects.within_reach_of(staff).for_whatsapp(at=timezone.now())
    return sorted(rows.values_list("purpose", flat=True))


def take(staff: User) -> int:
    now = timezone.now()
    return take_letters(staff, among=Letter.objects.all(), at=now, by=staff, via="admin")


def test_each_office_sees_its_own_letters(letter, bill, petugas, sekretariat, bendahara, admin):
    assert waiting(petugas) == ["application_approved"]
    assert waiting(sekretariat) == waiting(bendahara) == ["dues_invoice"]
    assert waiting(admin) == ["application_approved", "dues_invoice"]


def test_who_works_in_one_kecamatan_sees_that_one(letter, budi) -> None:
    tebet = Kelurahan.objects.get(name="Menteng Dalam")
    tell(make.business(budi, name="Budi", kelurahan=tebet))
    there = make.staff("tebet", Role.PETUGAS, kecamatan=tebet.kecamatan)

    assert Letter.objects.within_reach_of(there).get().recipient == budi


@pytest.mark.parametrize(
    "change",
    [
        {"read_at": timezone.now()},
        {"wa_sent_at": timezone.now()},
        {"created_at": timezone.now() - timedelta(days=15)},
    ],
    ids=["read", "sent", "old news"],
)
def test_what_needs_no_whatsapp_is_not_listed(letter, petugas, change) -> None:
    Notice.objects.update(**change)
    assert waiting(petugas) == []


def test_who_has_no_phone_is_not_listed(letter, petugas, siti) -> None:
    siti.owner.phone = ""
    siti.owner.save()
    assert waiting(petugas) == []


def test_a_bill_that_is_settled_is_not_sent(bill, bendahara) -> None:
    DuesInvoice.objects.update(status=InvoiceStatus.VOID)
    assert waiting(bendahara) == []


def test_who_has_sent_a_proof_is_not_asked_for_money(bill, bendahara, siti, batik) -> None:
    submit_proof(batik.kadin.invoices.get(), money.picture(), by=siti, via="web")
    assert "dues_invoice" not in waiting(bendahara)


def test_what_was_mended_is_not_asked_for_again(petugas, batik) -> None:
    batik.status = "needs_repair"
    batik.save()
    tell(batik, "application_needs_repair", labels=[])
    assert waiting(petugas) == ["application_needs_repair"]
    batik.status = "submitted"
    batik.save()
    assert waiting(petugas) == []


def test_the_list_says_how_many_and_hands_out_links(client, letter, petugas) -> None:
    client.force_login(petugas)
    page = client.get(LIST)
    assert "1 BELUM TERKIRIM" in page.text
    assert "wa.me" not in page.text

    page = client.post(f"{LIST}ambil/", follow=True)
    link = re.search(r'href="(https://wa\.me/[^"]+)"', page.text).group(1)
    assert urlsplit(link).path == "/6281234567890"
    text = parse_qs(urlsplit(link.replace("&amp;", "&")).query)["text"][0]
    assert text.startswith("Selamat, usaha Anda terdaftar")
    assert len(text) <= LONGEST_TEXT


def test_a_mark_says_who_and_when_and_the_line_is_gone(client, letter, petugas) -> None:
    client.force_login(petugas)
    client.post(f"{LIST}ambil/")
    page = client.post(f"{LIST}{letter.pk}/terkirim/", follow=True)

    letter.refresh_from_db()
    assert letter.wa_sent_by == petugas
    assert "Ditandai terkirim: Siti." in page.text
    assert "Semua sudah terkirim" in page.text
    line = AuditEntry.objects.get(verb="notice.sent_by_whatsapp")
    assert line.by == petugas


def test_a_second_mark_changes_nothing(letter, petugas, admin) -> None:
    first = mark_sent_by_whatsapp(letter, by=petugas, via="admin")
    second = mark_sent_by_whatsapp(letter, by=admin, via="admin")
    assert (second.wa_sent_by, second.wa_sent_at) == (petugas, first.wa_sent_at)
    assert AuditEntry.objects.filter(verb="notice.sent_by_whatsapp").count() == 1


def test_what_a_colleague_holds_is_not_marked(letter, petugas, admin) -> None:
    take(petugas)
    assert take(admin) == 0
    with pytest.raises(ActionRefused, match="sedang dikirim petugas lain"):
        mark_sent_by_whatsapp(letter, by=admin, via="admin")
    Letter.objects.update(wa_claimed_at=timezone.now() - timedelta(minutes=61))
    assert take(admin) == 1


def test_forty_are_taken_and_no_more(batik, petugas) -> None:
    for n in range(PORTION + 3):
        tell(batik, key=str(n))
    assert take(petugas) == PORTION
    assert take(petugas) == PORTION
    assert Letter.objects.filter(wa_claimed_by=petugas).count() == PORTION


def test_what_changes_her_way_today_is_taken_before_whatever_waits(client, batik, petugas) -> None:
    for n in range(PORTION):
        tell(batik, key=str(n))
    off = make.event(status=EventStatus.CANCELLED, cancelled_at=timezone.now(), cancel_reason="x")
    news = send_later("event_cancelled", to=batik.owner, about=off, event=off, days=[])

    assert take(petugas) == PORTION

    assert Letter.objects.get(pk=news.pk).wa_claimed_by == petugas
    client.force_login(petugas)
    assert client.get(LIST).context["letters"][0].pk == news.pk


def test_only_the_chosen_kind_is_taken(client, letter, batik, petugas) -> None:
    tell(batik, "product_returned", reasons=[])
    client.force_login(petugas)
    client.post(f"{LIST}ambil/", {"maksud": "product_returned"})
    assert Letter.objects.get(wa_claimed_by=petugas).purpose == "product_returned"
    assert client.get(f"{LIST}?maksud=omong&kecamatan=%C2%B2").status_code == 200


def test_a_long_letter_is_cut_and_keeps_its_link(batik, siti) -> None:
    letter = Letter(recipient=siti, subject="Judul", body="kalimat pendek\n" * 90, link="/t/abc/")
    assert len(letter.whatsapp_text) <= LONGEST_TEXT
    assert letter.whatsapp_text.endswith("/t/abc/")


def test_kadins_staff_mark_nothing_of_pemkots(client, letter, sekretariat, kurator) -> None:
    client.force_login(sekretariat)
    assert client.post(f"{LIST}{letter.pk}/terkirim/").status_code == 404
    assert client.post(f"{LIST}{letter.pk}/kirim-ulang/").status_code == 404
    client.force_login(kurator)
    assert client.get(LIST).status_code == 403
    assert client.post(f"{LIST}ambil/").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same(
    client, batik, petugas, rows, django_assert_max_num_queries
) -> None:
    for n in range(rows):
        tell(batik, key=str(n))
    take(petugas)
    client.force_login(petugas)
    client.get(LIST)
    with django_assert_max_num_queries(11):
        client.get(LIST)


@pytest.mark.django_db(transaction=True)
def test_two_take_at_once_and_share_nothing() -> None:
    staff = [make.staff(f"petugas{n}", Role.PETUGAS) for n in range(2)]
    batik = make.business(make.user("siti"))
    for n in range(6):
        tell(batik, key=str(n))

    assert all_at_once(take, staff) == ["done", "done"]

    assert Letter.objects.exclude(wa_claimed_by=None).count() == 6
    lines = AuditEntry.objects.filter(verb="letters.taken")
    assert sum(line.data["count"] for line in lines) == 6


@pytest.mark.django_db(transaction=True)
def test_two_marks_at_once_are_one() -> None:
    staff = [make.staff(f"petugas{n}", Role.PETUGAS) for n in range(3)]
    letter = tell(make.business(make.user("siti")))

    all_at_once(lambda who: mark_sent_by_whatsapp(letter, by=who, via="admin"), staff)

    assert AuditEntry.objects.filter(verb="notice.sent_by_whatsapp").count() == 1


# --- the send log ---------------------------------------------------------------------------------


def sent(letter: Letter) -> Letter:
    Notice.objects.filter(pk=letter.pk).update(mail_status=MailStatus.SENT, sent_at=timezone.now())
    letter.refresh_from_db()
    return letter


def test_the_members_page_shows_letters_and_reminders(client, bill, sekretariat, batik) -> None:
    Notice.objects.filter(pk=bill.pk).update(
        mail_status=MailStatus.GIVEN_UP, tries=5, last_error="SMTPServerDisconnected: putus"
    )
    client.force_login(sekretariat)
    page = client.get(f"/admin/members/kadinmembership/{batik.kadin.pk}/change/")
    for said in ["Tagihan iuran Kadin", "Gagal, perlu petugas", "5 percobaan", "putus"]:
        assert said in page.text
    assert "Kirim ulang" in page.text
    assert "Selamat, usaha Anda terdaftar" not in page.text


def test_a_letter_sent_anew_is_a_new_letter(letter, petugas) -> None:
    old = sent(letter).message_id
    again = send_anew(letter, seen=old, by=petugas, via="admin")

    assert again.mail_status == MailStatus.QUEUED
    assert again.message_id != old
    assert AuditEntry.objects.get(verb="notice.sent_anew").data["old_id"] == old
    sent(letter)
    assert send_anew(letter, seen=old, by=petugas, via="admin").mail_status == MailStatus.SENT


def test_what_still_waits_is_not_sent_twice(letter, petugas) -> None:
    with pytest.raises(ActionRefused, match="masih menunggu"):
        send_anew(letter, seen=letter.message_id, by=petugas, via="admin")


def test_the_button_sends_again(client, bill, bendahara) -> None:
    sent(bill)
    client.force_login(bendahara)
    answer = client.post(f"{LIST}{bill.pk}/kirim-ulang/", {"surat": bill.message_id}, follow=True)
    assert "E-mail masuk antrean lagi." in answer.text
    bill.refresh_from_db()
    assert bill.mail_status == MailStatus.QUEUED


def test_messages_are_kept_for_two_years(letter, batik) -> None:
    tell(batik, key="baru")
    Notice.objects.filter(pk=letter.pk).update(created_at=timezone.now() - timedelta(days=732))

    assert delete_old_notices(at=timezone.now()) == 1
    assert Notice.objects.get().key == "baru"
