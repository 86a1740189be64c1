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
    unsubscribe: str = "",
) -> None:
    """Send one plain letter now; attachments are (file name, content, media type).

    `message_id` ("<…@…>") makes a repeated letter recognisable; `unsubscribe` is the address that
    ends such letters by one POST (RFC 8058), for mail programs that offer a button.
    Raises OSError or smtplib.SMTPException (itself an OSError) when the mail server does not take
    it.
    """
    headers = {"Message-ID": message_id} if message_id else {}
    if unsubscribe:
        headers["List-Unsubscribe"] = f"<{unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers=headers,
        attachments=list(attachments),
    ).send()
