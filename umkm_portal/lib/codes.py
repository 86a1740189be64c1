"""Codes that people read aloud and type from paper."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 and O, 1, I and L, which look alike in print."""


def random_code(length: int = 10) -> str:
    """Return an unguessable code; ten characters hold 49 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
