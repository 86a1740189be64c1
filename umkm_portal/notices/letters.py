"""Letters to people who may have no account: codes, reset links, "you have one already"."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from umkm_portal.lib import mail
from umkm_portal.lib.crypto import decrypt, encrypt

# A code in a letter lives a quarter of an hour; later tries would only confuse.
PAUSES = [timedelta(seconds=20), timedelta(minutes=1), timedelta(minutes=4)]


def queue_mail(*, to: str, subject: str, body: str) -> None:
    """Hand the letter to the worker; its text is locked, as it holds codes and links."""
    mail_account.enqueue(to, subject, encrypt(body))


def queue_letter(purpose: str, *, to: str, **context: Any) -> None:
    """Send `mail/<purpose>.txt`, first line the subject, to an address that has no account."""
    text = render_to_string(f"mail/{purpose}.txt", {"site": settings.SITE_URL, **context})
    subject, _newline, body = text.strip().partition("\n")
    queue_mail(to=to, subject=subject.strip(), body=body.strip())


@task()
def mail_account(to: str, subject: str, locked_body: str, tries: int = 0) -> None:
    """Send; when the mail server is away, queue again. After the last pause the job fails for
    staff to see, with the server's answer."""
    try:
        mail.send(to=to, subject=subject, body=decrypt(locked_body))
    except OSError:  # smtplib's errors are OSErrors too
        if tries >= len(PAUSES):
            raise
        later = mail_account.using(run_after=timezone.now() + PAUSES[tries])
        later.enqueue(to, subject, locked_body, tries + 1)
