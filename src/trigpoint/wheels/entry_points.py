"""``entry_points.txt``: its sections, names and values.

Source: entry points specification, "File format".
"""

from __future__ import annotations

import re
from typing import Final

from trigpoint.wheels.data import EntryPoint

__all__ = ["is_reference", "read_entry_points"]

_REFERENCE: Final = re.compile(r"\s*[\w.]+\s*(?::\s*[\w.]+\s*)?(?:\[[^\]]*\]\s*)?").fullmatch
_CALLABLE: Final = re.compile(r"\s*[\w.]+\s*:\s*[\w.]+\s*(?:\[[^\]]*\]\s*)?").fullmatch


def read_entry_points(text: str) -> tuple[tuple[EntryPoint, ...], tuple[str, ...]]:
    r"""Return the entry points in *text*, in its order, and the lines that are none.

    >>> read_entry_points("[console_scripts]\nspam = spam:main\n")[0]
    (EntryPoint(group='console_scripts', name='spam', value='spam:main'),)
    """
    found, strays = [], []
    group = ""
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped or stripped.startswith(("#", ";")):
            continue
        if stripped.startswith("[") and stripped.endswith("]"):
            group = stripped[1:-1].strip()
            continue
        name, equals, value = stripped.partition("=")
        if not group or not equals or not name.strip():
            strays.append(line)
            continue
        found.append(EntryPoint(group, name.strip(), value.strip()))
    return tuple(found), tuple(strays)


def is_reference(point: EntryPoint) -> bool:
    """Say whether the value of *point* is an object that can be imported; a command needs a callable.

    >>> is_reference(EntryPoint("console_scripts", "spam", "spam"))
    False
    """
    return bool((_CALLABLE if point.is_script else _REFERENCE)(point.value))
