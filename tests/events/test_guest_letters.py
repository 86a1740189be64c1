"""What a guest without an account is told: by real SMTP with a calendar file, else by WhatsApp."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from email.header import decode_header, make_header
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.utils import timezone

from events.actions.event_reminders import remind_of_events
from events.actions.offers import tend_queues
from events.actions.registration import Guest, cancel_registration, edit_guest, register_guest
from events.models import Registration
from members.choices import Role
from members.models import Kecamatan, Letter
from tests import make
from tests.postbox import postbox
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import deliver
from umkm_portal.notices.models import Notice

JAKARTA = ZoneInfo("Asia/Jakarta")
DAY = date(2027, 3, 10)
LINK = {"by": None, "via": "tautan"}


@pytest.fixture(autouse=True)
def week_before(time_machine):
    time_machine.move_to(datetime(2027, 3, 3, 10, tzinfo=JAKARTA), tick=False)
    return time_machine


@pytest.fixture
def post(settings):
    with postbox(settings) as box:
        yield box


@pytest.fixture
def training(db):
    return make.event(
        days=[DAY], name="Foto produk", capacity=1, online_url="https://rapat.example/rahasia"
    )


def come(event, number: int = 1, email: str = "ani@contoh.example", **values) -> Registration:
    guest = Guest(f"Tamu {number}", f"+62812000000{number:02}", email=email, **values)
    return register_guest(event, guest=guest, by=None, via="web")


def send(purpose: str) -> None:
    for notice in Notice.objects.filter(purpose=purpose):
        assert deliver(notice.pk)


def subject(letter) -> str:
    return str(make_header(decode_header(letter["Subject"].replace("\r\n", "").strip())))


def parts(letter) -> tuple[str, bytes]:
    text, calendar = letter.get_payload()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_filename() == "acara.ics"
    return text.get_payload(decode=True).decode(), calendar.get_payload(decode=True)


def test_her_confirmation_says_all_and_carries_the_day_for_her_calendar(post, training) -> None:
    seat = come(training)
    send("event_registered")

    (letter,) = post.letters
    assert letter["To"] == "ani@contoh.example"
    assert letter["Subject"] == "Terdaftar: Foto produk"
    text, calendar = parts(letter)
    for said in (
        "Tamu 1 terdaftar untuk Foto produk",
        "Rabu, 10 Maret 2027, pukul 09.00–16.00 WIB",
        "Gedung PLUT Jakarta Selatan, Jl. Contoh No. 2, Cilandak",
        "https://peta.example/plut",
        f"/peserta/{seat.token}/",
    ):
        assert said in text
    entry = vobject.readOne(calendar.decode()).vevent
    assert entry.dtstart.value == datetime(2027, 3, 10, 9, tzinfo=JAKARTA)
    assert entry.dtend.value == datetime(2027, 3, 10, 16, tzinfo=JAKARTA)
    assert entry.dtstart.value.utcoffset() == timedelta(hours=7)
    assert entry.summary.value == "Foto produk"
    assert entry.location.value.startswith("Gedung PLUT Jakarta Selatan")
    assert "rapat.example" not in text + calendar.decode()


def test_from_full_to_an_offer_she_is_told_each_step(post, training, time_machine) -> None:
    seat, waits = come(training, 1), come(training, 2, "ina@contoh.example")
    send("event_waitlisted")
    cancel_registration(seat, **LINK)
    send("event_place_cancelled")
    send("event_offered")
    waits.refresh_from_db()
    time_machine.move_to(waits.offered_until, tick=False)
    tend_queues(at=timezone.now())
    send("event_offer_lapsed")

    assert [(each["To"], subject(each)) for each in post.letters] == [
        ("ina@contoh.example", "Daftar tunggu no. 1: Foto produk"),
        ("ani@contoh.example", "Batal ikut: Foto produk"),
        (
            "ina@contoh.example",
            "Ada tempat untuk Anda: Foto produk — jawab sebelum Kamis, 4 Maret 2027 10.00",
        ),
        ("ina@contoh.example", "Tawaran tempat sudah lewat: Foto produk"),
    ]
    assert f"/peserta/{waits.token}/" in parts(post.letters[2])[0]


def test_her_link_lets_her_cancel_without_an_account(client, training) -> None:
    seat, waits = come(training, 1), come(training, 2)
    page = seat.get_absolute_url()

    assert client.get(f"{page}batal/").status_code == 405, "a link that is only opened does nothing"
    client.post(f"{page}batal/")

    assert "Tempat Anda sudah dibatalkan" in client.get(page).content.decode()
    waits.refresh_from_db()
    assert waits.is_offered


def test_she_mends_what_she_wrote_and_keeps_her_place(client, training) -> None:
    seat, waits = come(training, 1), come(training, 2)
    page = f"{waits.get_absolute_url()}ubah/"
    form = client.get(page).context["form"]
    assert form.initial["name"] == "Tamu 2"

    answer = client.post(
        page,
        {"name": "Ina Baru", "phone": "0812 9999 9999", "kecamatan": "31.74.01", "email": ""},
        follow=True,
    )

    assert "Perubahan disimpan." in answer.content.decode()
    waits.refresh_from_db()
    assert (waits.name, waits.phone, waits.kecamatan_id) == (
        "Ina Baru",
        "+6281299999999",
        "31.74.01",
    )
    assert waits.waits
    taken = {"name": "Ina", "phone": seat.phone, "kecamatan": "luar", "email": ""}
    assert "sudah dipakai peserta lain" in client.post(page, taken).content.decode()


def test_what_is_over_or_cancelled_is_not_mended(training, time_machine) -> None:
    gone, seat = come(training, 1), None
    cancel_registration(gone, **LINK)
    seat = come(training, 2)
    time_machine.move_to(datetime(2027, 3, 10, 16, 1, tzinfo=JAKARTA), tick=False)

    for row in (gone, seat):
        with pytest.raises(ActionRefused, match="tidak bisa diubah lagi"):
            edit_guest(row, guest=Guest("Lain", "+6281299999999"), **LINK)


# Without an address: from the hands of staff


def sent_by_hand(staff) -> list[tuple[str, str]]:
    rows = Letter.objects.within_reach_of(staff).for_whatsapp(at=timezone.now())
    return [(each.purpose, each.phone) for each in rows.order_by("pk")]


def test_without_an_address_offer_and_reminder_wait_for_staff(
    training, petugas, time_machine
) -> None:
    seat, waits = come(training, 1, ""), come(training, 2, "")
    assert sent_by_hand(petugas) == [], "her page tells her she has a seat"

    cancel_registration(seat, **LINK)
    assert sent_by_hand(petugas) == [("event_offered", waits.phone)]
    letter = Letter.objects.get(purpose="event_offered")
    assert f"/peserta/{waits.token}/" in letter.whatsapp_text
    client_page = Registration.objects.get(pk=waits.pk)
    client_page.status, client_page.answered_at = "registered", timezone.now()
    client_page.save()
    eve = datetime(2027, 3, 9, 16, tzinfo=JAKARTA)
    time_machine.move_to(eve, tick=False)
    remind_of_events(at=eve)

    assert ("event_reminder", waits.phone) in sent_by_hand(petugas)
    assert "rapat.example" not in Letter.objects.get(purpose="event_reminder").body
    time_machine.move_to(datetime(2027, 3, 10, 9, 1, tzinfo=JAKARTA), tick=False)
    assert sent_by_hand(petugas) == [], "it has begun"


def test_who_gets_e_mail_is_not_also_written_to_by_hand(training, petugas) -> None:
    seat = come(training, 1)
    come(training, 2)
    cancel_registration(seat, **LINK)

    assert Notice.objects.filter(purpose="event_offered").exists()
    assert sent_by_hand(petugas) == []


def test_an_officer_of_one_kecamatan_writes_to_guests_of_hers(client, training, petugas) -> None:
    tebet, jagakarsa = (Kecamatan.objects.get(slug=slug) for slug in ("tebet", "jagakarsa"))
    here, there = make.event(capacity=1), make.event(capacity=1, kecamatan=jagakarsa)
    for event, kecamatan in ((here, tebet), (there, None)):
        first = come(event, 1, "")
        come(event, 2, "", kecamatan=kecamatan)
        cancel_registration(first, **LINK)
    of = {
        each.slug: make.staff(each.slug, Role.PETUGAS, kecamatan=each)
        for each in (tebet, jagakarsa)
    }

    assert len(sent_by_hand(petugas)) == 2
    assert len(sent_by_hand(of["tebet"])) == len(sent_by_hand(of["jagakarsa"])) == 1
    letter = Letter.objects.within_reach_of(of["tebet"]).get(purpose="event_offered")
    assert letter.guest_district == tebet.pk
    page = f"/admin/members/letter/{letter.pk}/change/"
    client.force_login(of["tebet"])
    assert client.get(page).status_code == 200
    client.force_login(of["jagakarsa"])
    assert client.get(page).status_code == 404
    client.force_login(petugas)
    found = client.get("/admin/members/letter/", {"kecamatan": tebet.pk})
    assert found.context["chosen"] == {"kecamatan": tebet.pk}
