"""How a business is sorted and addressed."""

from __future__ import annotations

import re

from django.utils.text import slugify

from members.models import Business

# Titles and legal forms stand before the name people look for.
_PREFIXES = re.compile(r"^(?:(?:hj\.?|h\.|cv\.?|pt\.?|ud\.?|pd\.?)\s+)+", re.IGNORECASE)


def sort_key_of(name: str) -> str:
    """Return "batik siti" for "CV. Hj. Batik Siti"; a name of nothing else stays itself."""
    return (_PREFIXES.sub("", name.strip()) or name.strip()).casefold()[:120]


def free_slug(business: Business) -> str:
    """Return the address of the business's page; its number sets two of one name apart.

    Call after drawing the number: the locked series keeps two equal names from meeting.
    """
    slug = slugify(business.name)[:110].strip("-") or "usaha"
    taken = Business.objects.filter(slug=slug).exclude(pk=business.pk).exists()
    return f"{slug}-{str(business.number)[4:]}" if taken else slug
