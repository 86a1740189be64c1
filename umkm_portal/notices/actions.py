"""Telling people what happened: the inbox at once, the e-mail by a queued job."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from umkm_portal.audit.models import record
from umkm_portal.lib import mail
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.choices import Group, MailStatus
from umkm_portal.notices.models import Notice
from umkm_portal.notices.preferences import is_wanted, unsubscribe_link
from umkm_portal.notices.purposes import purpose_named
from umkm_portal.notices.tasks import mail_notice

KEPT = timedelta(days=731)
PAUSES = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2)]


@dataclass(frozen=True)
class Guest:
    """Somebody without an account; e-mail and phone (+62…) may be empty.

    `district` is the code of the kecamatan whose officers may write to her; empty: the city's.
    """

    name: str
    email: str = ""
    phone: str = ""
    district: str = ""


@dataclass(frozen=True)
class Extra:
    """A file for calendars that goes with the e-mail, and how long the news are news."""

    calendar: str = ""
    until: datetime | None = None


NOTHING = Extra()


def send_later(  # noqa: PLR0913, what a letter may need
    purpose: str,
    *,
    to: AbstractBaseUser,
    about: models.Model,
    key: str = "",
    link: str = "",
    extra: Extra = NOTHING,
    **context: Any,
) -> Notice:
    """Put `mail/<purpose>.txt` into the person's inbox and queue it as e-mail.

    The first line of the template is the subject. The same person, purpose, object and `key`
    give one notice however often this is called. Call it inside the action's transaction:
    notice and job are saved together with the work, or not at all. Who switched a group of
    letters off finds them in the inbox and gets no e-mail.
    """
    known = _known(purpose, about, key).filter(recipient_id=to.pk).first()
    if known:
        return known
    group = purpose_named(purpose).group
    subject, body = _letter(purpose, group, {"to": to, "about": about, "link": link, **context})
    notice = Notice(
        recipient_id=to.pk, purpose=purpose, about=about, key=key, subject=subject, body=body
    )
    return _post(notice, link=link, extra=extra, by_mail=is_wanted(to, group))


def send_to_guest(  # noqa: PLR0913, what a letter may need
    purpose: str,
    *,
    to: Guest,
    about: models.Model,
    key: str = "",
    link: str = "",
    extra: Extra = NOTHING,
    **context: Any,
) -> Notice | None:
    """The same for somebody without an account: by e-mail, else by WhatsApp from staff's hands.

    None when neither would reach her: no address, and no letter that staff send by hand. `about`
    is hers alone: its purpose and key are sent once.
    """
    known = _known(purpose, about, key).filter(recipient=None).first()
    if known or not reaches(to, purpose):
        return known
    subject, body = _letter(purpose, None, {"to": to, "about": about, "link": link, **context})
    notice = Notice(
        guest_name=to.name,
        guest_email=to.email,
        guest_phone=to.phone,
        guest_district=to.district,
        purpose=purpose,
        about=about,
        key=key,
        subject=subject,
        body=body,
    )
    return _post(notice, link=link, extra=extra, by_mail=True)


def reaches(guest: Guest, purpose: str) -> bool:
    """Does this letter get to her, by e-mail or from staff's hands?"""
    return bool(guest.email) or purpose_named(purpose).by_whatsapp


def take_back(*about: models.Model, purposes: Iterable[str]) -> int:
    """What was not sent yet about these is not sent any more; return how many letters.

    What is in an inbox stays there. Call it inside the action's transaction.
    """
    unsent = Notice.objects.about(*about).filter(purpose__in=list(purposes))
    now = timezone.now()
    unsent.filter(wa_sent_at=None).update(news_until=now)
    waiting = unsent.filter(mail_status__in=[MailStatus.QUEUED, MailStatus.FAILED])
    return waiting.update(mail_status=MailStatus.NONE, next_try_at=None)


def _known(purpose: str, about: models.Model, key: str) -> models.QuerySet[Notice]:
    return Notice.objects.about(about).filter(purpose=purpose, key=key)


def _post(notice: Notice, *, link: str, extra: Extra, by_mail: bool) -> Notice:
    has_address = bool(notice.address) and by_mail
    notice.link, notice.calendar, notice.news_until = link, extra.calendar, extra.until
    notice.mail_status = MailStatus.QUEUED if has_address else MailStatus.NONE
    notice.message_id = make_msgid(domain=settings.SITE_HOST)
    notice.next_try_at = timezone.now() if has_address else None
    notice.save(force_insert=True)
    if has_address:
        mail_notice.enqueue(notice.pk)
    return notice


def _letter(purpose: str, group: Group | None, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and body; templates may name `to`, `about`, `url`, `site` and what was given, and
    those of a group `unsubscribe`."""
    url = settings.SITE_URL + context["link"] if context["link"] else ""
    if group:
        context["unsubscribe"] = settings.SITE_URL + unsubscribe_link(context["to"], group)
    text = render_to_string(
        f"mail/{purpose}.txt", {"url": url, "site": settings.SITE_URL, **context}
    )
    subject, _newline, body = text.strip().partition("\n")
    return subject.strip()[:200], body.strip()


def claim(notice_id: int) -> Notice | None:
    """Take the notice for sending, or None when another worker has it or it is done."""
    now = timezone.now()
    taken = (
        Notice.objects.mail_due(at=now)
        .filter(pk=notice_id)
        .update(mail_status=MailStatus.SENDING, claimed_at=now, tries=models.F("tries") + 1)
    )
    return Notice.objects.select_related("recipient").get(pk=notice_id) if taken else None


def deliver(notice_id: int) -> bool:
    """Send the e-mail of a queued notice; True when it went out now.

    Claimed before sending and carrying a fixed Message-ID: never lost, and if the worker dies
    between sending and noting it, at worst repeated once with the same id.
    """
    notice = claim(notice_id)
    if notice is None:
        return False
    try:
        mail.send(
            to=notice.address,
            subject=notice.subject,
            body=notice.body,
            message_id=notice.message_id,
            unsubscribe=_way_out(notice),
            attachments=_attachments(notice),
        )
    except OSError as error:  # smtplib's errors are OSErrors too
        _note_failure(notice, error)
        return False
    Notice.objects.filter(pk=notice.pk).update(
        mail_status=MailStatus.SENT, sent_at=timezone.now(), last_error="", next_try_at=None
    )
    return True


def _way_out(notice: Notice) -> str:
    group = purpose_named(notice.purpose).group
    if group is None or notice.recipient is None:
        return ""
    return settings.SITE_URL + unsubscribe_link(notice.recipient, group)


def _attachments(notice: Notice) -> list[tuple[str, bytes, str]]:
    if not notice.calendar:
        return []
    return [(_("acara.ics"), notice.calendar.encode(), "text/calendar")]


def _note_failure(notice: Notice, error: OSError) -> None:
    pause = PAUSES[notice.tries - 1] if notice.tries <= len(PAUSES) else None
    Notice.objects.filter(pk=notice.pk).update(
        mail_status=MailStatus.FAILED if pause else MailStatus.GIVEN_UP,
        next_try_at=timezone.now() + pause if pause else None,
        last_error=f"{type(error).__name__}: {error}"[:500],
    )


def requeue_due() -> int:
    """Queue again what is due and what a killed worker left behind; called every minute."""
    now = timezone.now()
    Notice.objects.filter(
        mail_status=MailStatus.SENDING, claimed_at__lt=now - timedelta(minutes=5)
    ).update(mail_status=MailStatus.QUEUED, next_try_at=now)
    due = list(
        Notice.objects.mail_due(at=now - timedelta(minutes=1)).values_list("pk", flat=True)[:200]
    )
    for pk in due:
        transaction.on_commit(partial(mail_notice.enqueue, pk))
    return len(due)


def mark_read(notices: models.QuerySet[Notice]) -> int:
    """The person says she has read these; the first time counts. Return how many were unread."""
    return notices.filter(read_at=None).update(read_at=timezone.now())


def delete_old_notices(*, at: datetime) -> int:
    """Delete messages kept for 24 months, 5,000 at a time; return how many."""
    old = Notice.objects.older_than(at - KEPT).order_by("pk").values("pk")[:5000]
    return Notice.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]


@transaction.atomic
def try_again(notice: Notice, *, by: AbstractBaseUser, via: str) -> Notice:
    """Staff queue a notice again that was given up: the same letter, so the same Message-ID."""
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.mail_status == MailStatus.GIVEN_UP:
        notice.mail_status, notice.tries, notice.next_try_at = MailStatus.QUEUED, 0, timezone.now()
        notice.save(update_fields=["mail_status", "tries", "next_try_at"])
        mail_notice.enqueue(notice.pk)
        record("notice.queued_again", notice, by=by, via=via)
    return notice


@transaction.atomic
def send_anew(notice: Notice, *, seen: str, by: AbstractBaseUser, via: str) -> Notice:
    """Staff send a letter once more that went out, or was given up.

    Sent on purpose it is a new letter with a new Message-ID, else mailboxes would drop it as one
    they have; the audit line keeps the old id and time. `seen` is the Message-ID on the page that
    was pressed: a second press of the same button does nothing.
    """
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.mail_status == MailStatus.GIVEN_UP:
        return try_again(notice, by=by, via=via)
    if notice.message_id != seen:
        return notice
    if notice.mail_status != MailStatus.SENT:
        raise ActionRefused(_refusal(notice))
    old = {"old_id": notice.message_id, "sent_at": notice.sent_at}
    notice.message_id = make_msgid(domain=settings.SITE_HOST)
    notice.mail_status, notice.tries = MailStatus.QUEUED, 0
    notice.sent_at, notice.next_try_at = None, timezone.now()
    notice.save(update_fields=["message_id", "mail_status", "tries", "sent_at", "next_try_at"])
    mail_notice.enqueue(notice.pk)
    record("notice.sent_anew", notice, by=by, via=via, **old)
    return notice


def _refusal(notice: Notice) -> str:
    if notice.mail_status == MailStatus.NONE:
        return _("Penerima tidak punya e-mail atau mematikan pesan ini. Pesannya ada di Pesan.")
    return _("E-mail ini masih menunggu dikirim. Tunggu beberapa menit.")
