"""``[dependency-groups]``: what each group lists, and what it comes to with its includes.

Includes are a graph.  Its cycles are found in one walk, and each group's size is
known before anything is written out: a dozen lines can stand for any number of
requirements.

Source: Dependency Groups specification; PEP 735.
"""

from __future__ import annotations

import difflib
import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from packaging.utils import canonicalize_name

from trigpoint.metadata.project.sheet import Sheet, TomlRequirement, kind_of, quoted
from trigpoint.metadata.project.toml import Path

__all__ = ["MOST_NAMED", "MOST_RESOLVED", "Group", "Groups", "Include", "Resolved", "read_groups"]

MOST_RESOLVED = 10_000
"""Requirements that a group may come to with its includes; more are cut."""

MOST_NAMED = 6
"""Groups of a cycle that a message names; the rest is counted."""

LONGEST_NAME = 60
"""Letters of a name that is compared with those of groups that exist."""

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\Z").match
_WRITTEN_OUT = re.compile(
    r"\s*+\{?+\s*+include[-_]group\s*+=\s*+[\"']?+([\w.-]++)[\"']?+\s*+\}?+\s*+\Z"
).match
_TABLE = "dependency-groups"
_INCLUDE = "include-group"


class Include(NamedTuple):
    """An include: the group that it names, as written, and the ``path`` of its table."""

    path: Path
    name: str


class Group(NamedTuple):
    """A group: its name as written, and what it lists, without what cannot be read."""

    name: str
    items: tuple[TomlRequirement | Include, ...]


class Resolved(NamedTuple):
    """What a group comes to with its includes.

    ``complete`` is False where something is left out: what cannot be read, an
    include that leads nowhere or back, or what is behind ``MOST_RESOLVED``.
    """

    requirements: tuple[TomlRequirement, ...]
    complete: bool


class Groups(Mapping[str, Group]):
    r"""The groups of a file by their normalised names, in text order; made by ``read_groups``.

    >>> import tomllib
    >>> from trigpoint.metadata.project.toml import positions
    >>> text = '[dependency-groups]\na = ["x", {include-group = "B"}]\nb = ["y"]'
    >>> groups = read_groups(Sheet(text, tomllib.loads(text), positions(text)))
    >>> [each.text for each in groups.resolve("A").requirements]
    ['x', 'y']
    """

    def __init__(self, groups: Mapping[str, Group], faulty: frozenset[str] = frozenset()) -> None:
        self._groups = dict(groups)
        self._loops = _loops(self._groups)
        self._useful: dict[str, list[TomlRequirement | str]] = {}
        self._sizes: dict[str, int] = {}
        self._incomplete = set(faulty)
        for members in self._loops:
            for key in members:
                self._measure(key, frozenset(members))

    def __getitem__(self, name: str) -> Group:
        return self._groups[canonicalize_name(name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)

    def _measure(self, key: str, loop: frozenset[str]) -> None:
        """Note how much *key* comes to; what it includes is known, but for its *loop*."""
        useful: list[TomlRequirement | str] = []
        size = 0
        for item in self._groups[key].items:
            if isinstance(item, TomlRequirement):
                useful.append(item)
                size += 1
                continue
            target = canonicalize_name(item.name)
            if target not in self._groups or target in loop:
                self._incomplete.add(key)
                continue
            if target in self._incomplete:
                self._incomplete.add(key)
            if self._sizes[target]:
                behind = self._useful[target]
                # A group that only includes another one is passed over, so that
                # each step of a walk finds a requirement.
                only = behind[0] if len(behind) == 1 else None
                useful.append(target if only is None else only)
                size += self._sizes[target]
        if size > MOST_RESOLVED:
            self._incomplete.add(key)
        self._useful[key] = useful
        self._sizes[key] = min(size, MOST_RESOLVED + 1)

    def resolve(self, name: str) -> Resolved:
        """Return what the group *name* lists, with that of the groups that it includes in place.

        Nothing is taken out that is there twice.  Raises :exc:`KeyError` if
        there is no such group; case and separators do not matter.
        """
        key = canonicalize_name(name)
        walk = [iter(self._useful[key])]
        found: list[TomlRequirement] = []
        while walk and len(found) < MOST_RESOLVED:
            item = next(walk[-1], None)
            if item is None:
                walk.pop()
            elif isinstance(item, str):
                walk.append(iter(self._useful[item]))
            else:
                found.append(item)
        return Resolved(tuple(found), key not in self._incomplete)

    def too_large(self) -> list[str]:
        """Return the groups that come to more than ``MOST_RESOLVED``, in text order."""
        return [key for key in self._groups if self._sizes[key] > MOST_RESOLVED]

    def cycles(self) -> list[list[Include]]:
        """Return a way round each knot of groups that include each other, in text order.

        A way starts with the first include of the knot that is written, and is
        as short as can be from there.
        """
        order = {key: number for number, key in enumerate(self._groups)}
        ways = []
        for members in self._loops:
            inside = set(members)
            start = min(members, key=order.__getitem__)
            first = next(
                (each for each in self._includes(start) if canonicalize_name(each.name) in inside),
                None,
            )
            if first is not None:
                ways.append((order[start], [first, *self._way(first, start, inside)]))
        return [way for _, way in sorted(ways, key=lambda pair: pair[0])]

    def _includes(self, key: str) -> Iterator[Include]:
        return (item for item in self._groups[key].items if isinstance(item, Include))

    def _way(self, first: Include, goal: str, inside: set[str]) -> list[Include]:
        """Return the includes that lead from where *first* leads to *goal*."""
        start = canonicalize_name(first.name)
        came: dict[str, tuple[str, Include]] = {}
        waiting = deque([start])
        while waiting and goal not in came and start != goal:
            here = waiting.popleft()
            for each in self._includes(here):
                there = canonicalize_name(each.name)
                if there in inside and there not in came:
                    came[there] = here, each
                    waiting.append(there)
        way: list[Include] = []
        while goal != start:
            goal, step = came[goal]
            way.append(step)
        return way[::-1]


def _loops(groups: Mapping[str, Group]) -> list[list[str]]:
    """Return the groups that reach each other, together; what is included comes first.

    Tarjan's algorithm without recursion, as an include may be any number of steps deep.
    """
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    loops = []
    for root in groups:
        walk = [(root, _targets(groups, root))] if root not in number else []
        while walk:
            key, targets = walk[-1]
            if key not in number:
                number[key] = low[key] = len(number)
                path.append(key)
                on_path.add(key)
            for target in targets:
                if target not in number:
                    walk.append((target, _targets(groups, target)))
                    break
                if target in on_path:
                    low[key] = min(low[key], number[target])
            else:
                walk.pop()
                if walk:
                    above = walk[-1][0]
                    low[above] = min(low[above], low[key])
                if low[key] == number[key]:
                    members = [path.pop()]
                    while members[-1] != key:
                        members.append(path.pop())
                    on_path.difference_update(members)
                    loops.append(members)
    return loops


def _targets(groups: Mapping[str, Group], key: str) -> Iterator[str]:
    for item in groups[key].items:
        if isinstance(item, Include) and (target := canonicalize_name(item.name)) in groups:
            yield target


# -- reading ----------------------------------------------------------------------------


def read_groups(sheet: Sheet, table: Path = (_TABLE,)) -> Groups:
    """Read the groups of *sheet*, and report what is wrong with them there.

    *table* leads to the table that lists them; what a group may list is what
    :meth:`Sheet.listed` reads.
    """
    data: object = sheet.data
    for key in table:
        if not isinstance(data, Mapping) or key not in data:
            return Groups({})
        data = data[key]
    groups: dict[str, Group] = {}
    faulty: set[str] = set()
    for name, value in sheet.table_at(table, data).items():
        path: Path = (*table, name)
        key = canonicalize_name(name)
        if not _NAME(name):
            message = f"{name!r} is no name of a group"
            fix = "use letters and digits, with - _ . between them"
            sheet.add("pyproject-group-name", path, message, fix, key=True)
        if key in groups:
            message = f"{name} and {groups[key].name} are the same name"
            sheet.add("pyproject-group-clash", path, message, "rename one of them", key=True)
            _items(sheet, path, value)
            faulty.add(key)
            continue
        items, whole = _items(sheet, path, value)
        groups[key] = Group(name, tuple(items))
        if not whole:
            faulty.add(key)
    read = Groups(groups, frozenset(faulty))
    _report(sheet, read, table)
    return read


def _items(sheet: Sheet, path: Path, value: object) -> tuple[list[TomlRequirement | Include], bool]:
    """Read what a group lists; say whether that is all."""
    if not isinstance(value, list):
        fix = f"write [{sheet.written(path)}]" if isinstance(value, str) else "list requirements"
        sheet.wrong_type(path, value, "an array of requirements and includes", fix)
        return [], False
    items: list[TomlRequirement | Include] = []
    for i, item in enumerate(value):
        at = (*path, i)
        if isinstance(item, str) and (named := _WRITTEN_OUT(item)):
            fix = f"write {{include-group = {quoted(named[1])}}}"
            sheet.add("pyproject-group-item", at, "an include is a table, not a string", fix)
        elif isinstance(item, str):
            if sheet.listed(at, item):
                items.append(sheet.requirements[-1])
        elif isinstance(item, Mapping):
            if (name := _include(sheet, at, item)) is not None:
                items.append(Include(at, name))
        else:
            message = f"a group lists requirements and includes; this is {kind_of(item)}"
            sheet.add("pyproject-group-item", at, message, "write a requirement in quotes")
    return items, len(items) == len(value)


def _include(sheet: Sheet, path: Path, item: Mapping[str, object]) -> str | None:
    """Return the name of the group that a table in a group includes."""
    others = [key for key in item if key != _INCLUDE]
    for key in others:
        message = f"{key!r} is no key of an include, which has include-group alone"
        if _INCLUDE in item:
            fix = "leave it out"
        elif difflib.get_close_matches(key[:LONGEST_NAME].lower(), [_INCLUDE, "include"], n=1):
            fix = f"write {_INCLUDE}"
        elif key in ("path", "git", "url", "workspace", "editable"):
            fix = "write the project's name here, and say where it is in [tool.uv.sources]"
        else:
            fix = "write a requirement in quotes"
        sheet.add("pyproject-group-item", (*path, key), message, fix, key=True)
    if not item:
        message = "an include names a group"
        sheet.add("pyproject-group-item", path, message, 'write {include-group = "name"}')
    name = item.get(_INCLUDE)
    if _INCLUDE in item and not isinstance(name, str):
        sheet.wrong_type((*path, _INCLUDE), name, "the name of one group")
    return name if isinstance(name, str) and not others else None


def _extras(sheet: Sheet) -> tuple[str, frozenset[str]]:
    """Return the name of the project of *sheet*, and the names of its extras."""
    project = sheet.data.get("project")
    name = project.get("name") if isinstance(project, Mapping) else None
    listed = project.get("optional-dependencies") if isinstance(project, Mapping) else None
    if not isinstance(name, str) or not isinstance(listed, Mapping):
        return "", frozenset()
    return name, frozenset(map(canonicalize_name, listed))


def _report(sheet: Sheet, groups: Groups, table: Path) -> None:
    """Report what is wrong with the includes of *groups*, which are in *table*."""
    names = {key: group.name for key, group in groups.items()}
    project, extras = _extras(sheet)
    for group in groups.values():
        for item in group.items:
            if isinstance(item, Include) and canonicalize_name(item.name) not in groups:
                close = difflib.get_close_matches(
                    canonicalize_name(item.name[:LONGEST_NAME]), names, n=1
                )
                fix = f"write {names[close[0]]}" if close else "add the group, or leave this out"
                if canonicalize_name(item.name) in extras:
                    fix = f"{item.name} is an extra: write {quoted(f'{project}[{item.name}]')}"
                message = f"there is no group {item.name!r}"
                sheet.add("pyproject-group-missing", (*item.path, _INCLUDE), message, fix)
    for way in groups.cycles():
        ends = [str(way[0].path[len(table)]), *(each.name for each in way)]
        left = len(ends) - MOST_NAMED
        shown = ends if left <= 0 else [*ends[: MOST_NAMED - 1], f"{left} more", ends[-1]]
        message = f"this leads back to where it starts: {', '.join(shown)}"
        if len(way) == 1:
            edit = sheet.gone(way[0].path)
            message, fix = "the group includes itself", "delete it"
        else:
            edit, fix = None, "take one of these includes out"
        sheet.add("pyproject-group-cycle", way[0].path, message, fix, edit=edit)
    for key in groups.too_large():
        message = f"with its includes it comes to more than {MOST_RESOLVED} requirements"
        sheet.add("pyproject-group-large", (*table, groups[key].name), message, key=True)
