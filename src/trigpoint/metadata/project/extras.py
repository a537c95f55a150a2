"""Requirements of ``[project]`` whose marker asks for an extra that the table does not have.

In METADATA a marker is how a requirement belongs to an extra.  In the table it is the
key below ``[project.optional-dependencies]``, and the build backend writes the marker.

Source: pyproject.toml specification, "dependencies/optional-dependencies".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from packaging.utils import canonicalize_name

from trigpoint.metadata.project.sheet import Edit, quoted
from trigpoint.metadata.project.table import Table
from trigpoint.metadata.project.toml import Path
from trigpoint.metadata.requirement import Requirement, marker_findings, parse
from trigpoint.requirements.quick import plain_extra

__all__ = ["undeclared_extras"]

_OPTIONAL = "optional-dependencies"
_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")


def undeclared_extras(table: Table) -> None:
    """Report in *table* each extra that a marker names and no key does."""
    optional = table.keys.get(_OPTIONAL, {})
    names = optional if isinstance(optional, Mapping) else {}
    declared = {canonicalize_name(name) for name in names}
    wanted: list[_Wanted] = []
    for path, text in _texts(table, names):
        parsed = parse(text) if "extra" in text else None
        if not isinstance(parsed, Requirement) or parsed.marker is None:
            continue
        marker = marker_findings(parsed.marker)[0]
        extras = marker.extras if marker is not None else ()
        wanted += [_Wanted(path, parsed, each) for each in sorted({*extras} - declared)]
    for each in wanted:
        _report(table, each)


class _Wanted(NamedTuple):
    """A requirement that asks for an extra that is not there."""

    path: Path
    parsed: Requirement
    extra: str


def _texts(table: Table, names: Mapping[str, object]) -> Iterator[tuple[Path, str]]:
    """Yield the requirements of the table with their places."""
    lists: list[tuple[Path, object]] = [
        (("project", "dependencies"), table.keys.get("dependencies")),
        *((("project", _OPTIONAL, name), value) for name, value in names.items()),
    ]
    for path, value in lists:
        for i, text in enumerate(value if isinstance(value, list) else ()):
            if isinstance(text, str):
                yield (*path, i), text


def _place(parsed: Requirement, extra: str) -> tuple[int, int]:
    """Return where the requirement names *extra*; its whole marker where that is hidden."""
    marker = parsed.marker or ""
    start, end = 0, len(marker)
    for found in _LITERAL.finditer(marker):
        if canonicalize_name(found[0][1:-1]) == extra:
            start, end = found.span()
            break
    return parsed.marker_at + start, parsed.marker_at + end


def _report(table: Table, wanted: _Wanted) -> None:
    path, parsed, extra = wanted
    span, _ = table.within(path, *_place(parsed, extra))
    message = (
        f"{_OPTIONAL} has no {extra!r}, so pip says that the extra does not exist; "
        "uv and poetry bring the requirement"
    )
    fix, edit = f"add {extra} to [project.{_OPTIONAL}]", None
    if plain_extra(parsed.marker or "") is not None:
        subject = parsed.with_marker(None)
        fix = f"move it to [project.{_OPTIONAL}]: {extra} = [{quoted(subject)}]"
        free = _OPTIONAL not in table.keys and not table.spent
        if free and path[1] == "dependencies":
            edit = _moved(table, path, extra, subject)
    table.say("metadata-extra-undeclared", span, message, fix, edit)


def _moved(table: Table, path: Path, extra: str, subject: str) -> Edit | None:
    """Return what takes the requirement at *path* out, and lists it behind for *extra*."""
    gone, whole = table.removal(path), table.places.get(path[:-1])
    if gone is None or whole is None:
        return None
    line = table.text.find("\n", whole.end)
    end = line if line >= 0 else len(table.text)
    added = f"\n{_OPTIONAL}.{extra} = [{quoted(subject)}]"
    edit = Edit(gone.start, end, table.text[gone.end : end] + added)

    def change(data: dict[str, Any]) -> None:
        del data["project"]["dependencies"][path[-1]]
        data["project"][_OPTIONAL] = {extra: [subject]}

    return table.prove(edit, change)
