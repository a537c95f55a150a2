"""Empty what a package remembers, without knowing the package."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Sequence
from types import FunctionType, ModuleType
from typing import Any

__all__ = ["memories"]

_CLEARS = ("clear",)
"""Functions of a module, without parameters, that empty what it remembers."""


def memories(packages: Sequence[str]) -> list[Callable[[], object]]:
    """Return functions that empty the memories of loaded *packages*, each once.

    These are the ``functools`` caches of functions and methods, and what a
    module's own ``clear()`` empties.  A cache of a function without parameters
    stays: it holds a table that is made once, not what an input taught.
    """
    found: dict[int, Callable[[], object]] = {}
    for module in _modules(packages):
        for name, thing in list(vars(module).items()):
            if name in _CLEARS and isinstance(thing, FunctionType):
                if thing.__module__ == module.__name__ and not _parameters(thing):
                    found[id(thing)] = thing
                continue
            members = list(vars(thing).values()) if isinstance(thing, type) else []
            for candidate in (thing, *members):
                inner = getattr(candidate, "__func__", candidate)
                if hasattr(inner, "cache_info") and _parameters(inner):
                    found[id(inner)] = inner.cache_clear
    return list(found.values())


def _modules(packages: Sequence[str]) -> Iterator[ModuleType]:
    for name, module in list(sys.modules.items()):
        if any(name == each or name.startswith(f"{each}.") for each in packages):
            yield module


def _parameters(function: Any) -> bool:
    return bool(inspect.signature(getattr(function, "__wrapped__", function)).parameters)
