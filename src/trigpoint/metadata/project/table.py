"""The ``[project]`` table on its way to fields: values, their places, and findings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from packaging.utils import canonicalize_name

from trigpoint.metadata.project.meant import retyped
from trigpoint.metadata.project.sheet import Edit, Sheet
from trigpoint.metadata.project.toml import Path, Places
from trigpoint.metadata.requirement import Requirement, parse

__all__ = ["Table", "Value", "extra_requirement"]


class Value(NamedTuple):
    """A value on its way to a field.

    ``pieces`` are ``(start, end, path, offset)``: the range of the value that
    is the TOML value at *path* from *offset* on.
    """

    field: str
    text: str
    path: Path
    pieces: tuple[tuple[int, int, Path, int], ...] = ()


class Table(Sheet):
    """The ``[project]`` table: its keys, their places, and what was said about it."""

    def __init__(self, text: str, whole: Mapping[str, Any], places: Places) -> None:
        super().__init__(text, whole, places, "metadata-project-type")
        self.keys: Mapping[str, Any] = whole["project"]
        self.values: list[Value] = []
        self.body: tuple[str, Path] | None = None

    def better(self, path: Path, value: object, wanted: str) -> tuple[str, Edit | None]:
        """Return what to write at *path* in place of *value*, which is not what is *wanted*."""
        return retyped(self, path, value, wanted)

    def put(self, field: str, text: str, path: Path) -> None:
        """Give *field* the value *text*, which is the TOML value at *path*."""
        self.values.append(Value(field, text, path, ((0, len(text), path, 0),)))


def extra_requirement(text: str, extra: str, path: Path) -> Value:
    """Return the requirement *text*, of *path*, so that it holds only if *extra* is requested."""
    parsed = parse(text)
    test = f'extra == "{canonicalize_name(extra)}"'
    # A semicolon without a marker is a mistake, which another marker would hide.
    blank = (
        isinstance(parsed, Requirement) and parsed.marker is not None and not parsed.marker.strip()
    )
    if blank or not isinstance(parsed, Requirement):
        return Value("Requires-Dist", text, path, ((0, len(text), path, 0),))
    if parsed.marker is None:
        subject = parsed.subject
        lead = text.find(subject)
        return Value(
            "Requires-Dist", parsed.with_marker(test), path, ((0, len(subject), path, lead),)
        )
    marker = parsed.marker.strip()
    wrap = re.search(r"\bor\b", marker) is not None
    head = text[: parsed.marker_at].lstrip()
    opened = f"{head} (" if wrap else f"{head} "
    value = f"{opened}{marker}{')' if wrap else ''} and {test}"
    skipped = len(text) - len(text.lstrip())
    at = text.index(marker, parsed.marker_at)
    pieces = (
        (0, len(head), path, skipped),
        (len(opened), len(opened) + len(marker), path, at),
    )
    return Value("Requires-Dist", value, path, pieces)
