"""The ``[project]`` table on its way to fields: values, their places, and findings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span, TextIndex
from trigpoint.metadata.project.toml import Path, TomlPlace
from trigpoint.metadata.requirement import Requirement, parse

__all__ = ["Table", "Value", "extra_requirement", "kind_of"]


class Value(NamedTuple):
    """A value on its way to a field.

    ``pieces`` are ``(start, end, path, offset)``: the range of the value that
    is the TOML value at *path* from *offset* on.
    """

    field: str
    text: str
    path: Path
    pieces: tuple[tuple[int, int, Path, int], ...] = ()


class Table:
    """The ``[project]`` table: its data, its places, and what was said about it."""

    def __init__(
        self, text: str, data: Mapping[str, Any], places: Mapping[Path, TomlPlace]
    ) -> None:
        self.text = text
        self.index = TextIndex(text)
        self.data = data
        self.places = places
        self.findings: list[Finding] = []
        self.values: list[Value] = []
        self.body: tuple[str, Path] | None = None

    def add(self, code: str, path: Path, message: str, fix: str = "", *, key: bool = False) -> None:
        """Report *code* at the value of *path*, or at its *key*; *message*, and *fix* in words."""
        span = self.span(path, key=key)
        self.findings.append(report(code, message, span, Fix(fix) if fix else None))

    def span(self, path: Path, *, key: bool = False) -> Span | None:
        """Return the place of *path*, or of its *key*; if it has none, of what it is in."""
        while path:
            place = self.places.get(path)
            if place is not None:
                if key:
                    return self.index.span(place.key_start, place.key_end)
                return self.index.span(place.start, place.end)
            path = path[:-1]
        return None

    def put(self, field: str, text: str, path: Path) -> None:
        """Give *field* the value *text*, which is the TOML value at *path*."""
        self.values.append(Value(field, text, path, ((0, len(text), path, 0),)))

    def text_at(self, path: Path, value: object) -> str | None:
        """Return *value* if it is text; otherwise report its type at *path*."""
        if isinstance(value, str):
            return value
        self.add("metadata-project-type", path, f"{_name(path)} is a string, not {kind_of(value)}")
        return None

    def texts_at(self, path: Path, value: object) -> list[tuple[Path, str]]:
        """Return the items of *value* that are text, with their paths.

        What is none, or no list, is reported at its place, at *path* or below.
        """
        if not isinstance(value, list):
            self.add(
                "metadata-project-type", path, f"{_name(path)} is an array, not {kind_of(value)}"
            )
            return []
        found = []
        for i, item in enumerate(value):
            text = self.text_at((*path, i), item)
            if text is not None:
                found.append(((*path, i), text))
        return found

    def table_at(self, path: Path, value: object) -> Mapping[str, Any]:
        """Return *value* if it is a table, else an empty one, and report its type at *path*."""
        if isinstance(value, Mapping):
            return value
        self.add("metadata-project-type", path, f"{_name(path)} is a table, not {kind_of(value)}")
        return {}


def _name(path: Path) -> str:
    parts = ""
    for part in path:
        parts += f"[{part}]" if isinstance(part, int) else f".{part}" if parts else part
    return parts


def kind_of(value: object) -> str:
    """Return what TOML calls *value*, which ``tomllib`` read.

    >>> kind_of([1]), kind_of(True)
    ('an array', 'a boolean')
    """
    names = {
        bool: "a boolean",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "an array",
        dict: "a table",
    }
    return names.get(type(value), "a date or time")


def extra_requirement(text: str, extra: str, path: Path) -> Value:
    """Return the requirement *text*, of *path*, so that it holds only if *extra* is requested."""
    parsed = parse(text)
    test = f'extra == "{canonicalize_name(extra)}"'
    if not isinstance(parsed, Requirement):
        return Value("Requires-Dist", text, path, ((0, len(text), path, 0),))
    if parsed.marker is None or not parsed.marker.strip():
        subject = parsed.subject
        lead = text.find(subject)
        value = parsed.with_marker(test) if parsed.marker is None else f"{subject}; {test}"
        return Value("Requires-Dist", value, path, ((0, len(subject), path, lead),))
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
