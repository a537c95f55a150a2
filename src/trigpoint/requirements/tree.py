"""What a reader of requirements finds: parts, what they amount to, and what is wrong.

Offsets are 0-based code points into the text that was read.
"""

from __future__ import annotations

import enum
from typing import Literal, NamedTuple

from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, TextIndex

__all__ = ["Dialect", "Kind", "Part", "PartKind", "Problem", "Shape", "shown"]

MOST_SHOWN = 80
"""Letters of the reader's text that a message repeats."""

PartKind = Literal[
    "blank",
    "name",
    "[",
    "minus",
    "extra",
    ",",
    "]",
    "(",
    "operator",
    "version",
    ")",
    "@",
    "url",
    ";",
    "marker",
    "options",
    "comment",
    "unread",
]
"""What a stretch of a requirement is; ``unread`` is what fits nowhere."""


class Dialect(enum.Enum):
    """Where a requirement stands, which decides what may stand in it."""

    DEPENDENCY = "dependency"
    """A dependency specifier, as in pyproject.toml and Requires-Dist from 2.1 on (PEP 508)."""

    LEGACY = "legacy"
    """Requires-Dist up to 1.2, where ``zope (3.1)`` has a meaning (PEP 345)."""

    REQUEST = "request"
    """What somebody asks an installer for; ``pkg[-a]`` leaves a default extra out."""

    LINE = "line"
    """A line of a requirement file: pip's options and a comment may follow."""


class Kind(enum.Enum):
    """What sort of problem it is; each topic has its code for it."""

    SYNTAX = "requirement-syntax"
    """The text is no requirement."""

    EXTRA = "extra-name"
    """What stands between the brackets is no name."""

    OLD = "requirement-old"
    """Right in PEP 345, and refused by today's tools."""

    URL_MARKER = "requirement-url-marker"
    """It can be read, but the marker became a part of the URL."""

    ADDRESS = "requirement-address"
    """It can be read, but what stands behind the @ is no URL, and pip refuses it."""

    PYTHON = "requirement-python"
    """It can be read, but asks for Python, which is no project of an index."""


class Part(NamedTuple):
    """A stretch of the text; those of a requirement, joined, are its text."""

    kind: PartKind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset behind the part."""
        return self.start + len(self.text)


class Problem(NamedTuple):
    """What is wrong with a range of the text, and what to do about it.

    ``fix`` says it in words.  If ``replacement`` is not None, putting it in
    place of the half-open range ``at`` carries the fix out.
    """

    kind: Kind
    message: str
    start: int
    end: int
    fix: str
    replacement: str | None = None
    at: tuple[int, int] = (0, 0)

    def unsure(self, meant: str) -> Problem:
        """Return this problem, which the comma in front causes if *meant* has a dot there.

        Two ways to mend it mean two things, so its fix is words.  What was right in
        PEP 345 has one meaning.
        """
        if self.kind is Kind.OLD or self.replacement is None:
            return self
        fix = f"write {meant}, with a dot, or {self.replacement or 'leave it out'}"
        return self._replace(fix=fix, replacement=None)

    @property
    def fatal(self) -> bool:
        """Whether the text is no requirement of its dialect because of it."""
        return self.kind in (Kind.SYNTAX, Kind.EXTRA)

    def finding(self, index: TextIndex, code: str = "", offset: int = 0) -> Finding:
        """Return the finding *code*, that of the kind by default, on the text of *index*.

        ``offset`` is where the requirement starts in that text.
        """
        span = index.span(offset + self.start, offset + self.end)
        place = None
        if self.replacement is not None:
            place = index.span(offset + self.at[0], offset + self.at[1])
        fix = Fix(self.fix, self.replacement, place)
        return report(code or self.kind.value, self.message, span, fix)


class Shape(NamedTuple):
    """A requirement that can be read, in parts of its text.

    ``extras`` is None without brackets, which stand at ``bracket``: ``pkg`` and
    ``pkg[]`` differ.  Names are as written; those with a minus are in
    ``excluded``.  ``specifier`` is the text of the version specifier without
    ``parentheses``; ``marker`` is all behind the semicolon, or None.
    """

    text: str
    name: str
    extras: tuple[str, ...] | None
    bracket: tuple[int, int] | None
    specifier: str
    specifier_at: int
    url: str | None
    url_at: int
    marker: str | None
    marker_at: int
    parentheses: bool
    excluded: tuple[str, ...] = ()

    @property
    def normalised(self) -> str:
        """The name in normal form."""
        return canonicalize_name(self.name)

    @property
    def subject(self) -> str:
        """The text in front of the marker, without blanks around it."""
        if self.marker is None:
            return self.text.strip(" \t")
        return self.text[: self.marker_at - 1].strip(" \t")

    def with_marker(self, marker: str | None) -> str:
        """Return the requirement's text with the text of another *marker*, or with none.

        >>> from trigpoint.requirements.quick import quick
        >>> quick("pkg @ https://x").with_marker("os_name == 'nt'")
        "pkg @ https://x ; os_name == 'nt'"
        """
        if marker is None:
            return self.subject
        gap = " " if self.url is not None else ""
        return f"{self.subject}{gap}; {marker.strip()}"


def shown(text: str) -> str:
    """Return *text* in quotes, cut after :data:`MOST_SHOWN` letters.

    >>> shown("a" * 100)[-7:]
    "aaaaa…'"
    """
    return repr(text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…")
