"""Reading ``[[tool.trigpoint.extensions]]``: what every table has in common.

All that is wrong is found in one look, each with the keys that lead to it, so that a face
which knows where keys are can show the place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from trigpoint.extensions.protocol import ExtensionError
from trigpoint.extensions.reached import misplaced
from trigpoint.extensions.settings import kind_of, nearest

__all__ = [
    "COMMON",
    "LONGEST_NAME",
    "LONGEST_REQUIREMENT",
    "MOST_EXTENSIONS",
    "RESERVED",
    "TABLES",
    "KeyPath",
    "Problem",
    "Table",
    "folded",
    "is_requirement",
    "read_tables",
]

KeyPath = tuple["str | int", ...]
"""Keys and list positions that lead to a value of ``pyproject.toml``."""

TABLES: Final[KeyPath] = ("tool", "trigpoint", "extensions")
"""Where the tables are."""

COMMON: Final = ("name", "builder", "enable-by-default", "requires", "depends-on", "env")
"""The keys of every table; the rest is the builder's."""

MOST_EXTENSIONS: Final = 200
"""Tables of one project that are read."""

LONGEST_NAME: Final = 64
"""Letters of the name of an extension, which becomes part of paths."""

LONGEST_REQUIREMENT: Final = 1000
"""Letters of one requirement."""

RESERVED: Final = frozenset({"all", "none", "default"})
"""Names that mean something in a selection."""

_NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Problem(NamedTuple):
    """An error and the keys that lead to what it is about."""

    path: KeyPath
    error: ExtensionError


@dataclass(frozen=True, slots=True)
class Table:
    """One extension as its table says.

    ``index`` is its position among the tables; ``config`` what is left for the builder.
    """

    index: int
    name: str
    builder: str
    enabled: bool
    requires: tuple[str, ...]
    depends_on: tuple[str, ...]
    env: Mapping[str, str]
    config: Mapping[str, Any]

    @property
    def path(self) -> KeyPath:
        """The keys that lead to the table."""
        return (*TABLES, self.index)


def folded(name: str) -> str:
    """Return what folders and variables are called after *name*; equal means the same name.

    >>> folded("Fast.math-core")
    'fast_math_core'
    """
    return re.sub(r"[._-]+", "_", name).lower()


def is_requirement(text: str) -> bool:
    """Return whether *text* is a dependency specifier of at most :data:`LONGEST_REQUIREMENT` letters.

    >>> is_requirement("cython>=3"), is_requirement("cython>>3")
    (True, False)
    """
    if len(text) > LONGEST_REQUIREMENT:
        return False
    # A quarter of what a build imports, and most tables require nothing.
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        Requirement(text)
    except (InvalidRequirement, ValueError):
        # A number of thousands of digits is a bare ValueError.
        return False
    return True


class _Reader:
    """Reads one table, noting what is wrong."""

    def __init__(self, index: int, value: Mapping[str, Any], problems: list[Problem]) -> None:
        self.index = index
        self.value = value
        self.problems = problems
        name = value.get("name")
        self.label = name if isinstance(name, str) and name else f"extension {index + 1}"

    def wrong(self, code: str, message: str, fix: str, *keys: str | int) -> None:
        key = str(keys[0]) if keys else ""
        error = ExtensionError(code, message, fix=fix, extension=self.label[:LONGEST_NAME], key=key)
        self.problems.append(Problem((*TABLES, self.index, *keys), error))

    def text(self, key: str) -> str:
        value = self.value.get(key)
        if value is None:
            self.wrong("extension-missing-key", f"there is no {key}", f'write {key} = "..."')
            return ""
        if not isinstance(value, str):
            self._type(key, value, "a string")
            return ""
        if not value:
            self.wrong("extension-missing-key", f"{key} is empty", f'write {key} = "..."', key)
        return value

    def _type(self, key: str, value: object, expected: str, *more: str | int) -> None:
        where = f"entry {counted(more[0])} of {key}" if more else key
        self.wrong(
            "extension-wrong-type",
            f"{where} is {kind_of(value)}, and must be {expected}",
            f"make it {expected}",
            key,
            *more,
        )

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.value.get(key, default)
        if not isinstance(value, bool):
            self._type(key, value, "true or false")
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.value.get(key, [])
        if not isinstance(value, list):
            self._type(key, value, "an array")
            return ()
        for number, each in enumerate(value):
            if not isinstance(each, str):
                self._type(key, each, "a string", number)
        return tuple(each for each in value if isinstance(each, str))

    def variables(self, key: str) -> dict[str, str]:
        value = self.value.get(key, {})
        if not isinstance(value, dict):
            self._type(key, value, "a table")
            return {}
        for name, each in value.items():
            if not _VARIABLE.fullmatch(name):
                message = f"{name!r} in {key} is no name of a variable"
                self.wrong("extension-bad-name", message, "use letters, digits and _", key, name)
            elif not isinstance(each, str):
                self._type(key, each, "a string", name)
            elif "\0" in each:
                message = f"{name} in {key} has a NUL in it"
                self.wrong("extension-bad-value", message, "leave it out", key, name)
        return {name: each for name, each in value.items() if isinstance(each, str)}

    def table(self) -> Table:
        name = self.text("name")
        if name and (not _NAME.fullmatch(name) or len(name) > LONGEST_NAME):
            self.wrong(
                "extension-bad-name",
                f"the name {name[:LONGEST_NAME]!r} cannot be that of a folder everywhere",
                f"use at most {LONGEST_NAME} letters, digits, dots, - and _",
                "name",
            )
        elif folded(name) in RESERVED:
            message = f"{name} has a meaning of its own in a selection"
            self.wrong("extension-bad-name", message, "give it another name", "name")
        requires = self.texts("requires")
        written = self.value.get("requires")
        for number, each in enumerate(written if isinstance(written, list) else ()):
            if isinstance(each, str) and not is_requirement(each):
                self.wrong(
                    "extension-bad-requirement",
                    f"{each[:100]!r} is no requirement",
                    'write it like "cython>=3"',
                    "requires",
                    number,
                )
        return Table(
            index=self.index,
            name=name,
            builder=self.text("builder"),
            enabled=self.flag("enable-by-default", default=True),
            requires=requires,
            depends_on=self.texts("depends-on"),
            env=self.variables("env"),
            config={key: each for key, each in self.value.items() if key not in COMMON},
        )


def counted(position: str | int) -> str:
    """Return how a reader counts *position*; a name stays what it is."""
    return str(position + 1) if isinstance(position, int) else position


def _outer(document: Mapping[str, Any], problems: list[Problem]) -> list[Any]:
    """Return the array of tables, or nothing with what is wrong on the way to it."""
    value: Any = document
    for depth, key in enumerate(TABLES):
        if not isinstance(value, dict):
            name = ".".join(map(str, TABLES[:depth]))
            error = ExtensionError(
                "extension-wrong-type",
                f"{name} is {kind_of(value)}, and must be a table",
                fix=f"write [{name}]",
            )
            problems.append(Problem(TABLES[:depth], error))
            return []
        if key not in value:
            return []
        value = value[key]
    if not isinstance(value, list):
        error = ExtensionError(
            "extension-wrong-type",
            f"{'.'.join(map(str, TABLES))} is {kind_of(value)}, and must be an array of tables",
            fix="write [[tool.trigpoint.extensions]] with two brackets",
        )
        problems.append(Problem(TABLES, error))
        return []
    if len(value) > MOST_EXTENSIONS:
        error = ExtensionError(
            "extension-too-many",
            f"there are {len(value):,} extensions, and {MOST_EXTENSIONS} are read",
            fix="let one table make several files",
        )
        problems.append(Problem((*TABLES, MOST_EXTENSIONS), error))
    return value[:MOST_EXTENSIONS]


def read_tables(document: Mapping[str, Any]) -> tuple[list[Table], list[Problem]]:
    """Return the extensions of *document*, a ``pyproject.toml`` that was read, and what is wrong.

    >>> tables, problems = read_tables({"tool": {"trigpoint": {"extensions": [{"name": "a"}]}}})
    >>> [(problem.path[-1], problem.error.message) for problem in problems]
    [(0, 'there is no builder')]
    """
    problems = [Problem(path, error) for path, error in misplaced(document)]
    tables: list[Table] = []
    seen: dict[str, Table] = {}
    for index, value in enumerate(_outer(document, problems)):
        if not isinstance(value, dict):
            error = ExtensionError(
                "extension-wrong-type",
                f"extension {index + 1} is {kind_of(value)}, and must be a table",
                fix="write [[tool.trigpoint.extensions]]",
            )
            problems.append(Problem((*TABLES, index), error))
            continue
        reader = _Reader(index, value, problems)
        table = reader.table()
        if first := seen.get(folded(table.name)):
            reader.wrong(
                "extension-duplicate-name",
                f"{first.name} is the name of extension {first.index + 1} already",
                "give it another name",
                "name",
            )
        elif table.name:
            seen[folded(table.name)] = table
        tables.append(table)
    _dependencies(tables, problems)
    return tables, problems


def _dependencies(tables: list[Table], problems: list[Problem]) -> None:
    names = [table.name for table in tables if table.name]
    known = set(names)
    for table in tables:
        for number, each in enumerate(table.depends_on):
            if each in known:
                continue
            error = ExtensionError(
                "extension-unknown-dependency",
                f"there is no extension {each!r} to depend on",
                fix=nearest(each, names),
                extension=table.name,
                key="depends-on",
            )
            problems.append(Problem((*table.path, "depends-on", number), error))
