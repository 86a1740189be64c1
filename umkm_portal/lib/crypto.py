"""Secrets at rest: encryption whose keys rotate, and a keyed hash for looking things up."""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Undecryptable(ValueError):
    """No key of the settings opens this text: a key was lost, or the text was changed."""


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _current() -> MultiFernet:
    return _box(tuple(settings.ENCRYPTION_KEYS))


def encrypt(text: str) -> str:
    """Return the text locked with the newest key; the same text never gives the same result."""
    return _current().encrypt(text.encode()).decode("ascii")


def decrypt(token: str) -> str:
    """Return what `encrypt` was given. Raises Undecryptable."""
    try:
        return _current().decrypt(token.encode()).decode()
    except InvalidToken:
        raise Undecryptable("No key opens this text.") from None


def rotate(token: str) -> str:
    """Return the same secret locked with the newest key. Raises Undecryptable."""
    try:
        return _current().rotate(token.encode()).decode("ascii")
    except InvalidToken:
        raise Undecryptable("No key opens this text.") from None


def digest(text: str) -> str:
    """Return a keyed hash (64 hex digits): equal for equal texts, useless without DIGEST_KEY."""
    key = str(settings.DIGEST_KEY).encode()
    return hmac.new(key, text.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()
