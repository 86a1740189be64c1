from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of at most `size`; itertools has it from Python 3.12 on."""
    left = iter(things)
    while batch := list(islice(left, size)):
        yield batch
