"""What markers mean in one domain by one set of rules, kept from one question to the next.

Idea: somebody who types changes one requirement of many, and four sets of rules are asked about
all of them each time.  Requirements that stay have the same syntax trees, so what was found out
about a tree, or a part of one, is kept under its identity.

Invariant: a tree is held as long as something is kept about it, so no other one can have its
identity.

Cost: one look-up.  What is kept counts as the letters of its tree, :data:`LEAST_LETTERS` at
least, and there is room for :data:`MOST_LETTERS` in each of :data:`MOST_MEMORIES` domains.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, Final, TypeVar

from trigpoint.markers.reading.tree import Node

__all__ = ["LEAST_LETTERS", "MOST_LETTERS", "MOST_MEMORIES", "Memory", "memory"]

T = TypeVar("T")

MOST_LETTERS: Final = 1_000_000
"""Letters of the trees about which something is kept for one domain, counted for each thing.

With more, all are found out anew.
"""

LEAST_LETTERS: Final = 50
"""Letters that the shortest tree counts as."""

MOST_MEMORIES: Final = 16
"""Domains with rules about which something is kept."""


class Memory:
    """What was found out about trees."""

    def __init__(self) -> None:
        self.letters = 0
        self._known: dict[tuple[Hashable, int], tuple[Node, Any]] = {}

    def of(self, what: Hashable, tree: Node, find: Callable[[Node], T]) -> T:
        """Return *what* about *tree*, which *find* finds out from it if it is not known yet.

        An error of *find* is not kept, nor is anything about a tree for which there is no room.
        """
        key = (what, id(tree))
        known = self._known.get(key)
        if known is None:
            known = (tree, find(tree))
            letters = max(tree.end - tree.start, LEAST_LETTERS)
            if letters <= MOST_LETTERS:
                if self.letters + letters > MOST_LETTERS:
                    self._known.clear()
                    self.letters = 0
                self._known[key] = known
                self.letters += letters
        found: T = known[1]
        return found


@lru_cache(maxsize=MOST_MEMORIES)
def memory(key: Hashable) -> Memory:  # noqa: ARG001
    """Return what is remembered under *key*, a domain with rules."""
    return Memory()
