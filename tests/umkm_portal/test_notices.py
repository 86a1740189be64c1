"""Messages: in the inbox at once, by e-mail through a real SMTP server, never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests import make
from tests.postbox import postbox
from tests.race import all_at_once
from umkm_portal.notices.actions import PAUSES, claim, deliver, requeue_due, send_later, try_again
from umkm_portal.notices.choices import MailStatus
from umkm_portal.notices.models import Notice


@pytest.fixture
def post(settings):
    with postbox(settings) as box:
        yield box


@pytest.fixture
def notice(siti, batik) -> Notice:
    return tell(siti, batik)


def tell(user, about, **more) -> Notice:
    return send_later("application_approved", to=user, about=about, link="/saya/usaha/", **more)


def due_now(notice: Notice) -> None:
    Notice.objects.filter(pk=notice.pk).update(next_try_at=timezone.now() - timedelta(minutes=2))


def test_the_letter_arrives_as_plain_text(post, notice, siti) -> None:
    assert deliver(notice.pk)

    (letter,) = post.letters
    assert letter["To"] == siti.email
    assert letter["Message-ID"] == notice.message_id
    assert letter.get_content_type() == "text/plain"
    assert "Tiga langkah berikut" in letter.get_payload(decode=True).decode()
    notice.refresh_from_db()
    assert notice.mail_status == MailStatus.SENT
    assert notice.sent_at is not None


def test_it_is_sent_once(post, notice) -> None:
    assert deliver(notice.pk)
    assert not deliver(notice.pk)

    assert len(post.letters) == 1


def test_the_same_news_makes_one_message(siti, batik) -> None:
    assert tell(siti, batik) == tell(siti, batik)
    assert Notice.objects.count() == 1
    assert tell(siti, batik, key="2") != tell(siti, batik)


def test_who_has_no_address_has_the_inbox(db) -> None:
    ani = make.User.objects.create_user("", make.PASSWORD, name="Ani", phone="+6281200000001")
    notice = tell(ani, make.business(ani))

    assert notice.mail_status == MailStatus.NONE
    assert not DBTaskResult.objects.exists()


def test_a_refused_letter_is_tried_again_with_the_same_id(post, notice) -> None:
    post.shut = True
    assert not deliver(notice.pk)
    notice.refresh_from_db()
    assert notice.mail_status == MailStatus.FAILED
    assert "451" in notice.last_error
    assert notice.next_try_at > timezone.now()

    assert not deliver(notice.pk)  # not before its time
    post.shut = False
    due_now(notice)
    assert deliver(notice.pk)

    assert [letter["Message-ID"] for letter in post.letters] == [notice.message_id]


def test_a_dead_mail_server_stops_nobody(settings, siti, batik) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    notice = tell(siti, batik)

    assert not deliver(notice.pk)
    notice.refresh_from_db()
    assert notice.mail_status == MailStatus.FAILED
    assert "ConnectionRefusedError" in notice.last_error


def test_after_the_last_pause_staff_are_asked(post, notice) -> None:
    post.shut = True
    for _try in range(len(PAUSES) + 1):
        due_now(notice)
        assert not deliver(notice.pk)

    assert list(Notice.objects.given_up()) == [notice]


def test_staff_send_it_again(post, notice, client, admin) -> None:
    Notice.objects.filter(pk=notice.pk).update(mail_status=MailStatus.GIVEN_UP, tries=5)
    client.force_login(admin)

    waiting = {str(line["label"]): line["count"] for line in client.get("/admin/").context["queue"]}
    assert waiting["Pesan yang gagal terkirim"] == 1
    client.post(
        "/admin/notices/notice/",
        {"action": "send_again", "_selected_action": [notice.pk], "index": "0"},
    )

    notice.refresh_from_db()
    assert (notice.mail_status, notice.tries) == (MailStatus.QUEUED, 0)
    assert deliver(notice.pk)


def test_sending_again_what_was_sent_does_nothing(post, notice, admin) -> None:
    deliver(notice.pk)
    try_again(notice, by=admin, via="admin")

    notice.refresh_from_db()
    assert notice.mail_status == MailStatus.SENT


@pytest.mark.parametrize("role", ["petugas", "kurator", "sekretariat", "bendahara"])
def test_other_staff_do_not_read_the_messages(client, request, notice, role) -> None:
    client.force_login(request.getfixturevalue(role))

    assert client.get("/admin/notices/notice/").status_code == 403
    assert client.get(f"/admin/notices/notice/{notice.pk}/change/").status_code == 403


def test_the_admin_changes_no_message(client, admin, notice) -> None:
    client.force_login(admin)
    page = f"/admin/notices/notice/{notice.pk}/change/"

    assert client.get(page).status_code == 200
    assert client.post(page, {"subject": "Lain"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_letter(post) -> None:
    siti = make.user("siti")
    notice = tell(siti, make.business(siti))

    assert all_at_once(lambda n: deliver(notice.pk), range(4)) == ["done"] * 4

    assert len(post.letters) == 1


def test_a_killed_workers_letter_is_taken_up_again(post, notice) -> None:
    assert claim(notice.pk)
    assert not deliver(notice.pk)
    Notice.objects.update(claimed_at=timezone.now() - timedelta(minutes=6))

    requeue_due()
    assert deliver(notice.pk)


@pytest.mark.django_db(transaction=True)
def test_the_minute_tick_queues_what_is_due(post) -> None:
    siti = make.user("siti")
    notice = tell(siti, make.business(siti))
    DBTaskResult.objects.all().delete()
    due_now(notice)

    call_command("tick")
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)

    assert len(post.letters) == 1


def test_a_name_cannot_write_a_header(post, siti, batik) -> None:
    batik.name = "Batik\r\nBcc: x@example.id"
    notice = send_later("application_refused", to=siti, about=batik)
    deliver(notice.pk)

    assert post.letters[0]["Bcc"] is None


def test_the_inbox_shows_what_is_new(client, siti, notice) -> None:
    client.force_login(siti)

    assert "Selamat, usaha Anda terdaftar" in client.get("/saya/pesan/").content.decode()
    client.get(f"/saya/pesan/{notice.pk}/")
    notice.refresh_from_db()
    assert notice.read_at is None  # looking changes nothing
    client.post(f"/saya/pesan/{notice.pk}/dibaca/")
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_all_are_marked_at_once(client, siti, budi, batik) -> None:
    tell(siti, batik)
    tell(siti, batik, key="2")
    other = tell(budi, make.business(budi))
    client.force_login(siti)
    client.post("/saya/pesan/dibaca/")

    assert not Notice.objects.unread_by(siti).exists()
    assert list(Notice.objects.unread_by(budi)) == [other]


def test_another_owner_finds_no_message(client, budi, notice) -> None:
    client.force_login(budi)

    assert client.get(f"/saya/pesan/{notice.pk}/").status_code == 404
    assert client.post(f"/saya/pesan/{notice.pk}/dibaca/").status_code == 404
    assert "Belum ada pesan." in client.get("/saya/pesan/").content.decode()


@pytest.mark.parametrize("path", ["/saya/pesan/dibaca/", "/saya/pesan/1/dibaca/"])
def test_marking_is_no_link(client, siti, path) -> None:
    client.force_login(siti)

    assert client.get(path).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox_costs_the_same(client, siti, batik, rows, django_assert_max_num_queries) -> None:
    for n in range(rows):
        tell(siti, batik, key=str(n))
    client.force_login(siti)

    with django_assert_max_num_queries(6):
        client.get("/saya/pesan/")


def test_older_messages_are_a_page_away(client, siti, batik) -> None:
    for n in range(52):
        tell(siti, batik, key=str(n))
    client.force_login(siti)

    first = client.get("/saya/pesan/")
    second = client.get("/saya/pesan/", {"setelah": first.context["page"].next_token})

    assert (len(first.context["page"]), len(second.context["page"])) == (50, 2)
    assert client.get("/saya/pesan/?setelah=omong-kosong").status_code == 200
