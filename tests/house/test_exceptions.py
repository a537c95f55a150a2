"""All exceptions share one base, and the tree of them is drawn where readers look."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import trigpoint
from trigpoint import findings
from trigpoint.findings import TrigpointError

NEED_MORE = ("trigpoint.cli", "trigpoint.sphinx")
"""Parts that import more than the core does."""


def exceptions() -> dict[str, type[BaseException]]:
    found = {}
    for module in pkgutil.walk_packages(trigpoint.__path__, "trigpoint."):
        if module.name.startswith(NEED_MORE):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if not isinstance(value, type) or not issubclass(value, BaseException):
                continue
            if value.__module__.startswith("trigpoint."):
                found[value.__name__] = value
    return found


EXCEPTIONS = exceptions()


def drawn() -> dict[str, str]:
    """Read the tree: each name with the one that it is indented under."""
    found: dict[str, str] = {}
    open_: list[tuple[int, str]] = []
    tree = (findings.__doc__ or "").partition("code-block:: text")[2]
    for line in filter(None, map(str.rstrip, tree.splitlines())):
        name = line.split()[0]
        depth = line.index(name)
        while open_ and open_[-1][0] >= depth:
            open_.pop()
        found[name] = open_[-1][1] if open_ else ""
        open_.append((depth, name))
    return found


def test_the_tree_is_complete() -> None:
    """The docstring of findings draws every exception of the project and no other."""
    assert EXCEPTIONS.keys() == drawn().keys()


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_each_hangs_where_it_is_drawn(name: str) -> None:
    """Each is what it is drawn under, and so a TrigpointError."""
    parent = drawn()[name]
    kind = EXCEPTIONS[name]
    if kind is not TrigpointError:
        assert issubclass(kind, EXCEPTIONS[parent])
        assert issubclass(kind, TrigpointError)
