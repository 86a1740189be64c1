"""Staff's synonyms, and the questions nothing answered."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext as _

from catalog.actions.indexing import ask_reindex
from catalog.choices import Relation
from catalog.models import SearchMiss, Synonym
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.crypto import digest
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.search_text import query_words

MISSES_KEPT = relativedelta(years=1)
UNNAMED_KEPT = timedelta(days=30)
NAMED_AFTER = 3
"""Different hours in which a question came, before its text is kept for staff."""
MOST_MISS_LETTERS = 60
MOST_MISS_WORDS = 6
MOST_NEW_A_DAY = 2_000
"""Different texts of one day; a machine that asks nonsense fills no table."""

# A number somebody may be known by, an address, a link: nobody's private words are kept.
_PRIVATE = re.compile(r"@|https?:|www\.|\d(?:[\s.()+-]?\d){3}")


@transaction.atomic
def save_synonym(
    synonym: Synonym,
    *,
    variant: str,
    canonical: str,
    by: User | None,
    via: str,
) -> Synonym:
    """The words find each other, or a kind its things, as the relation of `synonym` says."""
    before, after, relation = _clean(variant), _clean(canonical), synonym.relation
    if not query_words(before) or not query_words(after) or before == after:
        raise ActionRefused(_("Isi dua kata yang berbeda."))
    others = Synonym.objects.filter(variant=before).exclude(pk=synonym.pk)
    if others.filter(canonical=after).exists():
        raise ActionRefused(_("Padanan ini sudah ada."))
    if relation == Relation.SAME and others.filter(relation=relation).exists():
        raise ActionRefused(_("Kata pembeli ini sudah punya padanan."))
    synonym.variant, synonym.canonical = before, after
    synonym.save()
    ask_reindex()
    record(
        "synonym.saved", synonym, by=by, via=via, variant=before, canonical=after, relation=relation
    )
    return synonym


@transaction.atomic
def remove_synonym(synonym: Synonym, *, by: User | None, via: str) -> Synonym:
    """The two words go apart; every product's words are written anew."""
    found = Synonym.objects.select_for_update().filter(pk=synonym.pk).first()
    if found is None:
        return synonym
    record("synonym.removed", found, by=by, via=via, variant=found.variant)
    found.delete()
    ask_reindex()
    return synonym


def note_miss(text: str, *, at: datetime) -> None:
    """Count a question nothing answered, by its digest; its text only from NAMED_AFTER hours on.

    What may be a number, an address or a link is not even counted. Two at once may count as one.
    """
    flat = _clean(text)
    words = query_words(flat)
    if not 0 < len(words) <= MOST_MISS_WORDS or len(flat) > MOST_MISS_LETTERS:
        return
    if _PRIVATE.search(flat) or not any(letter.isalpha() for letter in flat):
        return
    key = digest(f"search {flat}")
    hour = at.replace(minute=0, second=0, microsecond=0)
    is_new_hour = Case(When(last_at__lt=hour, then=1), default=0)
    known = SearchMiss.objects.filter(key=key)
    if known.update(count=F("count") + 1, hours=F("hours") + is_new_hour, last_at=at):
        known.filter(text="", hours__gte=NAMED_AFTER).update(text=flat)
    elif SearchMiss.objects.filter(first_at__gte=at - timedelta(days=1)).count() < MOST_NEW_A_DAY:
        miss = SearchMiss(key=key, first_at=at, last_at=at)
        SearchMiss.objects.bulk_create([miss], ignore_conflicts=True)


def drop_old_misses(*, at: datetime) -> int:
    """A month without a text, a year with one, after the last time; return how many rows went."""
    unnamed = Q(text="", last_at__lt=at - UNNAMED_KEPT)
    return SearchMiss.objects.filter(unnamed | Q(last_at__lt=at - MISSES_KEPT)).delete()[0]


def _clean(text: str) -> str:
    return " ".join(text.lower().split())
