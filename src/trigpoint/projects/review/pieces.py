"""A string that a file holds, and where in the file each part of it stands.

Idea: a shell line is found in YAML, in TOML, in Python and in the form of tox, and each writes
strings in its own way.  A piece maps offsets of the string to the file, and says whether the
file has that part letter by letter, so that a fix may replace it.
"""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.findings import Span, TextIndex

__all__ = ["Piece", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file at *path*, its *text*, and the *index* of its lines."""

    path: str
    text: str
    index: TextIndex

    @classmethod
    def of(cls, path: str, text: str) -> Source:
        """Return the file at *path* that holds *text*."""
        return cls(path, text, TextIndex(text))


@dataclass(frozen=True, slots=True)
class Piece:
    r"""The string *value*, which *source* holds between the offsets *start* and *end*.

    >>> text = 'run: |\n  pip install .[a]\n'
    >>> piece = Piece(Source.of("a.yml", text), "pip install .[a]\n", 5, len(text))
    >>> span, exact = piece.place(14, 15)
    >>> text[span.start : span.end], exact
    ('a', True)
    """

    source: Source
    value: str
    start: int
    end: int

    def place(self, start: int, end: int) -> tuple[Span, bool]:
        """Return where the range from *start* to *end* of the value is, and whether exactly.

        Where that is not plain to see, it is all of the piece.
        """
        text, index = self.source.text, self.source.index
        raw = text[self.start : self.end]
        part = self.value[start:end]
        at = raw.find(self.value)
        if at >= 0:
            at += start
        else:
            line, column = self._row(start)
            at = _in_lines(raw, line, column)
            if at < 0 and raw.count(part) == 1:
                at = raw.index(part)
        if at < 0 or raw[at : at + len(part)] != part:
            stop = self.start + len(raw.rstrip())
            return index.span(self.start, max(self.start, stop)), False
        return index.span(self.start + at, self.start + at + len(part)), True

    def _row(self, at: int) -> tuple[str, int]:
        """Return the line of the value around offset *at*, and where in it that is."""
        first = self.value.rfind("\n", 0, at) + 1
        last = self.value.find("\n", at)
        return self.value[first : len(self.value) if last < 0 else last], at - first


def _in_lines(raw: str, line: str, column: int) -> int:
    """Return where *column* of *line* is in *raw*, which has that line once; -1 if it has not."""
    if not line.strip() or raw.count(line) != 1:
        return -1
    return raw.index(line) + column
