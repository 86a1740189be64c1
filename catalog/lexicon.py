"""Staff's synonyms, in every process that indexes or searches."""

from __future__ import annotations

import time

from catalog.choices import Relation
from catalog.models import Synonym
from umkm_portal.lib.search_text import use_lexicon

KEPT_SECONDS = 60
"""How long another process goes on with the words before a change."""

_state: dict[str, float] = {}


def refresh_lexicon(*, now: bool = False) -> None:
    """Read the synonyms again when they are a minute old, or `now`."""
    if not now and time.monotonic() - _state.get("read", float("-inf")) < KEPT_SECONDS:
        return
    rows = list(Synonym.objects.values_list("relation", "variant", "canonical"))
    use_lexicon(
        [(one, other) for relation, one, other in rows if relation == Relation.SAME],
        [(one, other) for relation, one, other in rows if relation == Relation.KIND],
    )
    _state["read"] = time.monotonic()
