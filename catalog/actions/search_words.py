"""Staff's synonyms, and the questions nothing answered."""

from __future__ import annotations

import re
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from catalog.actions.indexing import ask_reindex
from catalog.choices import Relation
from catalog.models import SearchMiss, Synonym
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.search_text import query_words

MISSES_KEPT = relativedelta(years=1)
MOST_MISS_LETTERS = 60
MOST_MISS_WORDS = 6
MOST_MISSES_A_DAY = 2_000
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


def note_miss(text: str, *, on: date) -> None:
    """Count a question nothing answered; what may be somebody's number or address is not kept."""
    flat = _clean(text)
    words = query_words(flat)
    if not 0 < len(words) <= MOST_MISS_WORDS or len(flat) > MOST_MISS_LETTERS:
        return
    if _PRIVATE.search(flat) or not any(letter.isalpha() for letter in flat):
        return
    if SearchMiss.objects.filter(day=on, text=flat).update(count=F("count") + 1):
        return
    if SearchMiss.objects.filter(day=on).count() < MOST_MISSES_A_DAY:
        # Two at once: one row, and one count of the two is lost, which is no loss.
        SearchMiss.objects.bulk_create([SearchMiss(day=on, text=flat)], ignore_conflicts=True)


def drop_old_misses(*, on: date) -> int:
    """A year is enough to see what shoppers miss; return how many rows went."""
    return SearchMiss.objects.filter(day__lt=on - MISSES_KEPT).delete()[0]


def _clean(text: str) -> str:
    return " ".join(text.lower().split())
