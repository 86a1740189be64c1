from django.core import mail as outbox

from umkm_portal.lib import mail


def test_a_letter_carries_its_name_and_a_calendar():
    mail.send(
        to="siti@example.test",
        subject="Diterima:\nJBL Jumat",
        body="Halo",
        message_id="<1@portal>",
        reply_to="kadin@example.test",
        attachments=[("jbl.ics", b"BEGIN:VCALENDAR", "text/calendar")],
    )
    (letter,) = outbox.outbox
    assert letter.subject == "Diterima: JBL Jumat"
    assert letter.to == ["siti@example.test"]
    assert letter.message()["Message-ID"] == "<1@portal>"
    assert letter.message()["Reply-To"] == "kadin@example.test"
    assert b"BEGIN:VCALENDAR" in letter.message().as_bytes() or letter.attachments
