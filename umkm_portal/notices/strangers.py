"""Letters to people without an account, such as whoever proposed an event: e-mail only."""

from __future__ import annotations

from datetime import timedelta
from email.utils import make_msgid

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from umkm_portal.lib import mail

PAUSES = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2)]


def mail_stranger(address: str, *, subject: str, body: str) -> None:
    """Queue the letter in the transaction of the action that it is about.

    The job holds address and words, and goes with other jobs after a month.
    """
    message_id = make_msgid(domain=settings.SITE_HOST)
    mail_letter.enqueue(address, subject, body, message_id)


@task()
def mail_letter(address: str, subject: str, body: str, message_id: str, tries: int = 0) -> bool:
    """Hand it to the mail server; tried again after 1, 5, 30 minutes and 2 hours, then failed."""
    try:
        mail.send(to=address, subject=subject, body=body, message_id=message_id)
    except OSError:
        if tries >= len(PAUSES):
            raise
        later = timezone.now() + PAUSES[tries]
        mail_letter.using(run_after=later).enqueue(address, subject, body, message_id, tries + 1)
        return False
    return True
