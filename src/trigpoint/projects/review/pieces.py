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
        around = (
            (0, len(self.value)),
            _around(self.value, start, end, "\n"),
            _around(self.value, start, end, " \t\n"),
            (start, end),
        )
        for first, last in around:
            at = _same(raw, self.value, first, last)
            if at >= 0:
                begin = self.start + at + start - first
                return index.span(begin, begin + len(part)), True
        stop = self.start + len(raw.rstrip())
        return index.span(self.start, max(self.start, stop)), False


def _around(value: str, start: int, end: int, marks: str) -> tuple[int, int]:
    """Return the range of *value* around *start* to *end* that has none of *marks* in it."""
    while start and value[start - 1] not in marks:
        start -= 1
    while end < len(value) and value[end] not in marks:
        end += 1
    return start, end


def _same(raw: str, value: str, start: int, end: int) -> int:
    """Return where *raw* has the part of *value* from *start* to *end*; -1 if that is not sure.

    It is where both have the part equally often.
    """
    part = value[start:end]
    if not part.strip() or raw.count(part) != value.count(part):
        return -1
    at = -1
    for _ in range(value.count(part, 0, start) + 1):
        at = raw.find(part, at + 1 if at < 0 else at + len(part))
    return at
