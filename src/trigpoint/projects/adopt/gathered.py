"""What was found of a project, key by key, each with the place where it stood.

Idea: every reader puts values at a path of the new pyproject.toml and says where they are
from, so that the table of what was taken is complete by construction.

Invariant: the first value for a path stays, and nothing is put without its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from trigpoint.catalogue import report
from trigpoint.findings import Fix
from trigpoint.metadata.project.sheet import spelled
from trigpoint.projects.adopt.writing import inline
from trigpoint.projects.review.pieces import Piece, Source
from trigpoint.projects.review.project import Found

__all__ = ["LONGEST_SHOWN", "Gathered", "Said", "Taken", "taken_from", "whole"]

LONGEST_SHOWN: Final = 100
"""Letters of a value that a table of what was taken shows."""


@dataclass(frozen=True, slots=True)
class Said:
    """A ``value``, and ``at``, the place that says it."""

    value: Any
    at: Piece


@dataclass(frozen=True, slots=True)
class Taken:
    """One value that went over: its ``key`` in the new file, the ``value`` as TOML, and from where.

    ``path`` is the file that had it, and ``line`` the line there, from 1.
    """

    key: str
    value: str
    path: str
    line: int


def taken_from(path: tuple[str, ...], value: Any, at: Piece) -> Taken:
    """Return the row that says of the *value* at *path* that it is from *at*."""
    shown = inline(value)
    if len(shown) > LONGEST_SHOWN:
        shown = f"{shown[: LONGEST_SHOWN - 3]}..."
    line = at.source.index.position(at.start)[0]
    return Taken(spelled(path), shown, at.source.path, line)


def whole(path: str, text: str = "") -> Piece:
    """Return the piece that is all of *text*, the file at *path*."""
    return Piece(Source.of(path, text), text, 0, 0)


class Gathered:
    """The new tables as ``data``, what was ``taken``, what was ``found``, and what is ``obsolete``.

    ``extras`` has the name of each extra by its normal form, and ``places`` where the first value
    of each path of the new tables was said.
    """

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self.taken: list[Taken] = []
        self.found: list[Found] = []
        self.obsolete: list[str] = []
        self.extras: dict[str, str] = {}
        self.places: dict[tuple[str, ...], Piece] = {}
        self._listed: dict[tuple[str, ...], set[str]] = {}

    @property
    def project(self) -> dict[str, Any]:
        """The ``[project]`` table so far."""
        table: dict[str, Any] = self.data.setdefault("project", {})
        return table

    def get(self, *path: str) -> Any:
        """Return what is at *path*; None if there is nothing."""
        value: Any = self.data
        for part in path:
            value = value.get(part) if isinstance(value, Mapping) else None
        return value

    def put(self, path: tuple[str, ...], value: Any, at: Piece) -> bool:
        """Put *value* at *path*, unless one is there; *at* is where it was said."""
        table = self.data
        for part in path[:-1]:
            below = table.setdefault(part, {})
            if not isinstance(below, dict):
                return False
            table = below
        if path[-1] in table:
            return False
        table[path[-1]] = value
        self._note(path, value, at)
        return True

    def move(self, path: tuple[str, ...], new: tuple[str, ...]) -> None:
        """Put what is at *path* at *new* instead, in the same table."""
        table = self.get(*path[:-1])
        table[new[-1]] = table.pop(path[-1])
        self.places[new] = self.places.pop(path)
        was, key = spelled(path), spelled(new)
        self.taken = [replace(each, key=key) if each.key == was else each for each in self.taken]

    def add(self, path: tuple[str, ...], values: list[Any], at: Piece) -> None:
        """Put *values* behind those in the array at *path*; *at* is where they were said."""
        fresh: list[Any] = []
        new = self.put(path, fresh, at)
        if new:
            self.taken.pop()
        else:
            fresh = self.get(*path)
        listed = self._listed.setdefault(path, set())
        for value in values:
            if (written := inline(value)) not in listed:
                listed.add(written)
                fresh.append(value)
        # What adds nothing to what is there was not taken, and a finding says why.
        if values or new:
            self._note(path, values, at)

    def _note(self, path: tuple[str, ...], value: Any, at: Piece) -> None:
        self.taken.append(taken_from(path, value, at))
        self.places.setdefault(path, at)

    def dynamic(self, key: str) -> None:
        """List *key* as one that the backend fills in."""
        names: list[str] = self.project.setdefault("dynamic", [])
        if key not in names:
            names.append(key)

    def say(self, code: str, message: str, at: Piece, fix: str) -> None:
        """Report the finding *code* with *message* on what is *at* a place; *fix* says the way out."""
        span = at.source.index.span(at.start, max(at.start, at.end))
        self.found.append(Found(at.source.path, report(code, message, span, Fix(fix))))
