"""Links that carry their own proof: signed, for one purpose, for a while."""

import datetime
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from umkm_portal.lib.dates import MONTHS


class BadLink(ValueError):
    """The token was not made by us, not for this, or too long ago; the message is for the user."""


class ExpiredLink(BadLink):
    """Ours and for this, but too old; the message says since which day."""


def sign(purpose: str, value: Any) -> str:
    """Return a token for links holding `value` (JSON: text, numbers, lists, dictionaries).

    The value is signed, not hidden: never put a secret or a NIK in it.
    """
    return signing.dumps(value, salt=_salt(purpose))


def unsign(purpose: str, token: str, *, max_age: datetime.timedelta | None = None) -> Any:
    """Return what was signed for this purpose. Raises BadLink with a sentence."""
    try:
        return signing.loads(token, salt=_salt(purpose), max_age=max_age)
    except signing.SignatureExpired:
        raise ExpiredLink(_expired(token, max_age)) from None
    except (signing.BadSignature, ValueError):
        raise BadLink(_("Tautan ini tidak berlaku. Minta tautan baru.")) from None


def _salt(purpose: str) -> str:
    return f"umkm_portal.{purpose}"


def _expired(token: str, max_age: datetime.timedelta | None) -> str:
    # Only reached with a true signature, so the time in the token is ours.
    seconds = signing.b62_decode(token.rsplit(":", 2)[1])
    zone = datetime.timezone(datetime.timedelta(hours=7), "WIB")
    ended = datetime.datetime.fromtimestamp(seconds, zone) + (max_age or datetime.timedelta())
    day = f"{ended.day} {MONTHS[ended.month - 1]} {ended.year}"
    return _("Tautan ini sudah tidak berlaku sejak %(day)s. Minta tautan baru.") % {"day": day}
