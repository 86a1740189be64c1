"""A dictionary that holds so many bytes and forgets what was longest not asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    def size(self) -> int:
        """Bytes in memory; may grow while the thing stands on the shelf."""


K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Sized)


class Shelf(Generic[K, V]):
    """Safe to use from several threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.used = 0
        self._things: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._things)

    def get(self, key: K) -> V | None:
        with self._lock:
            found = self._things.get(key)
            if found is None:
                return None
            self._things.move_to_end(key)
            return found[0]

    def put(self, key: K, thing: V) -> None:
        """Also to be called again when the thing has grown."""
        size = thing.size()
        with self._lock:
            self._drop(key)
            self._things[key] = (thing, size)
            self.used += size
            while self.used > self.limit:
                self._drop(next(iter(self._things)))

    def _drop(self, key: K) -> None:
        found = self._things.pop(key, None)
        if found:
            self.used -= found[1]
