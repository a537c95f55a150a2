"""Tables of tools that list requirements in the words of the specification.

What is written otherwise, such as Poetry's versions with a caret, belongs to its
tool and is not read.

Source: the documentation of each tool; Dependency specifiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from trigpoint.metadata.project.sheet import Sheet, spelled
from trigpoint.metadata.project.toml import Path

__all__ = ["LISTS", "read_tools"]

LISTS: Final[tuple[tuple[str, ...], ...]] = (
    ("cibuildwheel", "test-requires"),
    ("flit", "metadata", "requires"),
    ("flit", "metadata", "dev-requires"),
    ("flit", "metadata", "requires-extra", "*"),
    ("hatch", "build", "dependencies"),
    ("hatch", "build", "targets", "*", "dependencies"),
    ("hatch", "envs", "*", "dependencies"),
    ("hatch", "envs", "*", "extra-dependencies"),
    ("pdm", "dev-dependencies", "*"),
    ("pdm", "resolution", "excludes"),
    ("rye", "dev-dependencies"),
    ("uv", "build-constraint-dependencies"),
    ("uv", "constraint-dependencies"),
    ("uv", "dev-dependencies"),
    ("uv", "override-dependencies"),
)
"""Keys below ``[tool]`` that list dependency specifiers; ``*`` is any name."""

# pip's options, paths, and what a tool puts values into are no requirements.
_OTHER = re.compile(r"[ \t]*(?:-|\.{0,2}[/\\]|file:)|.*\{", re.DOTALL).match


def read_tools(sheet: Sheet) -> tuple[list[str], list[str]]:
    """Read the lists of *sheet* that tools share with ``[project]``, and report what is wrong.

    Return the names of what was read, and of what was not.
    """
    read: list[str] = []
    left: list[str] = []
    tools = sheet.data.get("tool")
    if not isinstance(tools, Mapping):
        return read, left
    for name, table in tools.items():
        plans: list[tuple[str, ...]] = [plan[1:] for plan in LISTS if plan[0] == name]
        _read(sheet, ("tool", name), table, plans, read, left)
    return read, left


def _read(
    sheet: Sheet,
    path: Path,
    value: object,
    plans: list[tuple[str, ...]],
    read: list[str],
    left: list[str],
) -> None:
    """Read what *plans* say of the *value* at *path*; note what was read, and what is left."""
    if () in plans:
        (read if _requirements(sheet, path, value) else left).append(spelled(path))
    elif plans and isinstance(value, Mapping) and (parts := list(_parts(value, plans))):
        mine: list[str] = []
        others: list[str] = []
        for key, item, behind in parts:
            _read(sheet, (*path, key), item, behind, mine, others)
        read += mine
        left += others if mine else [spelled(path)]
    else:
        left.append(spelled(path))


def _parts(
    value: Mapping[str, object], plans: list[tuple[str, ...]]
) -> Iterator[tuple[str, object, list[tuple[str, ...]]]]:
    """Yield each key of a table with its value and the plans for it."""
    for key, item in value.items():
        yield key, item, [plan[1:] for plan in plans if plan and plan[0] in (key, "*")]


def _requirements(sheet: Sheet, path: Path, value: object) -> bool:
    """Read the requirements of a list; say whether all of them are some."""
    if not isinstance(value, list):
        return False
    whole = True
    for i, item in enumerate(value):
        if not isinstance(item, str) or _OTHER(item):
            whole = False
        else:
            sheet.requirement((*path, i), item)
    return whole
