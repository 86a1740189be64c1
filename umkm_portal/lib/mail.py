"""The only module that sends mail."""

from collections.abc import Sequence

from django.core.mail import EmailMessage


def send(  # noqa: PLR0913, a letter has this many parts
    *,
    to: str,
    subject: str,
    body: str,
    message_id: str = "",
    reply_to: str = "",
    attachments: Sequence[tuple[str, bytes, str]] = (),
) -> None:
    """Send one plain letter now; attachments are (file name, content, media type).

    `message_id` ("<…@…>") makes a repeated letter recognisable. Raises OSError or
    smtplib.SMTPException (itself an OSError) when the mail server does not take it.
    """
    EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers={"Message-ID": message_id} if message_id else None,
        attachments=list(attachments),
    ).send()
