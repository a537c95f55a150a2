r"""Markers and requirements in the texts that people have, and what else is in them.

The idea: a text is a requirement file in which four more things may stand: a marker
alone, a ``Requires-Dist`` header, the quoted items of a TOML array with its
brackets, and a marker over several lines.  What is said of a requirement comes
from the reader of requirement files, so it is the same as everywhere else, and
pip's options, hashes and comments are what they are there.

The invariant: the texts of all lines, joined, are the text, and each statement
knows where it and its marker stand in it.  The cost is one look at each line, and
one bisection for each place, so n log n.

Who reads a text after each key gives the reading before: what a line says does not
depend on its neighbours, so a line with the same letters is moved, not read again.

For example ``"a; os_name == 'nt' and\n  extra == 'x'\n--pre\n"`` has two lines, a
requirement over two lines of the file and an option of pip, and one statement.

Source: Dependency specifiers; Core metadata; pip's requirement file format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from trigpoint.findings import Finding, in_text_order
from trigpoint.markers import Marker
from trigpoint.markers.reading.grammar import LEGACY, VARIABLES
from trigpoint.requirements.file import (
    Joined,
    Line,
    LineReader,
    PathLine,
    RequirementLine,
    UrlLine,
    join_lines,
    with_via,
)
from trigpoint.requirements.marker import marker_findings, marker_start
from trigpoint.requirements.reader import tail_at
from trigpoint.requirements.requirement import Requirement, read_requirement
from trigpoint.requirements.tree import Dialect

__all__ = ["Layout", "MarkerLine", "Statement", "Statements", "read_statements"]

_HEADER = re.compile(
    r"[ \t]*+(?:Requires-Dist|Provides-Dist|Obsoletes-Dist)[ \t]*+:", re.IGNORECASE
).match
_COMMENT = re.compile(r"""'[^']*+'|"[^"]*+"|(?:^|(?<=\s))#""").finditer
_ITEM = re.compile(r"""[ \t]*+(?:"([^"]*+)"|'([^']*+)')[ \t]*+,?+[ \t]*+\Z""").match
_BRACKET = re.compile(r"[ \t]*+(?:[\w.-]++[ \t]*+=[ \t]*+\[|\],?+)[ \t]*+\Z").match
_GOES_ON = re.compile(r"(?:(?<![\w.-])(?:and|or)|\()[ \t]*+\Z").search
_LAST = 64
"""Letters at the end of a line in which to look for what goes on."""
_MORE = re.compile(r"[ \t]*+(?:(?:and|or)(?![\w.-])|\))").match
_QUOTED = re.compile(r"'[^']*+'|\"[^\"]*+\"")
_JOINS = re.compile(r"\b(?:and|or)\b").search
_FIRST_WORD = re.compile(r"[\w.-]++").match
# What is in front of the first variable of a marker that is written as in Python.
_BEHIND = re.compile(
    rf"(?:not[ \t(]++|[0-9][\w.]*+[ \t]*+[<>=!]++[ \t]*+)(?:{'|'.join(VARIABLES)})(?![\w.-])"
).match
_PLACE = re.compile(r"[./]|[\w+.-]++:").match
_KNOWN = frozenset(VARIABLES) | frozenset(LEGACY)


@dataclass(frozen=True, slots=True)
class MarkerLine(Line):
    """A marker alone; ``marker`` is None where it cannot be read."""

    marker: Marker | None = None


@dataclass(frozen=True, slots=True)
class Layout(Line):
    """A line that only opens or closes a TOML array."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A line that is a marker, or a requirement, or a URL or path with or without a marker.

    ``line`` is what it is in the file.  ``text`` is the statement without line
    breaks, options and comment; ``start`` and ``end`` are where it stands in the
    whole text.  ``requirement`` is the part in front of the marker, empty for a
    marker alone, and ends at ``requirement_end``.  ``marker`` is None where there
    is none or it cannot be read; it stands from ``marker_start`` to
    ``marker_end``, both the end of the statement without one.  ``quote`` is the
    quotation mark around an item of a TOML array, or empty.
    """

    line: Line
    text: str
    start: int
    end: int
    requirement: str
    requirement_end: int
    marker: Marker | None
    marker_start: int
    marker_end: int
    valid: bool
    quote: str
    _joined: Joined = field(repr=False, compare=False)
    _marker_at: int = field(repr=False, compare=False)

    @property
    def parsed(self) -> Requirement | None:
        """The requirement, if it is one with a name."""
        return self.line.requirement if isinstance(self.line, RequirementLine) else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All there is to say about the line; places are in the whole text."""
        return self.line.findings

    def place(self, start: int, end: int) -> tuple[int, int]:
        r"""Return where the range from *start* to *end* of the marker stands in the whole text.

        >>> [statement] = read_statements("os_name == \\\n'nt'").statements
        >>> statement.marker.text[11:15], statement.place(11, 15)
        ("'nt'", (13, 17))
        """
        first = self._joined.offset(self._marker_at + start)
        return first, max(first, self._joined.offset(self._marker_at + end, last=True))


@dataclass(frozen=True, slots=True)
class Statements:
    """A text as lines, of which some are statements.

    Iterating over ``lines`` drops nothing; ``findings`` are those of all lines.
    """

    text: str
    lines: tuple[Line, ...]
    statements: tuple[Statement, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All there is to say, in text order."""
        return tuple(finding for line in self.lines for finding in line.findings)


_Form = Literal["line", "header", "item", "layout", "nothing"]


class _Cut(NamedTuple):
    """A line, and what of it, from ``start`` to ``end``, is read in which form."""

    joined: Joined
    form: _Form
    start: int
    end: int
    quote: str = ""


def _bare_end(text: str) -> int:
    """Return where *text* ends without a comment that stands in no quoted value."""
    for match in _COMMENT(text):
        if match[0] == "#":
            return match.start()
    return len(text)


def _cut(joined: Joined) -> _Cut:
    """Say in which form a line is read."""
    text = joined.text
    if header := _HEADER(text):
        return _Cut(joined, "header", header.end(), len(text))
    end = _bare_end(text)
    if not text[:end].strip():
        return _Cut(joined, "nothing", 0, end)
    if _BRACKET(text, 0, end):
        return _Cut(joined, "layout", 0, end)
    if item := _ITEM(text, 0, end):
        group = 1 if item[1] is not None else 2
        return _Cut(joined, "item", *item.span(group), text[item.start(group) - 1])
    return _Cut(joined, "line", 0, end)


def _cuts(text: str) -> Iterator[_Cut]:
    """Yield the lines of *text*; a marker over several of them is one."""
    rows: list[_Cut] = []
    for joined in join_lines(text):
        cut = _cut(joined)
        if rows and not (cut.form == "line" and (_open(rows[-1]) or _continues(rows[-1], cut))):
            yield _together(rows)
            rows = []
        rows.append(cut)
    if rows:
        yield _together(rows)


def _whole(cut: _Cut) -> bool:
    """Say whether nothing but blanks follows what is read, so that another line can."""
    return cut.form in ("line", "header") and cut.end == len(cut.joined.text)


def _open(cut: _Cut) -> bool:
    """Say whether a line ends in the middle of a marker."""
    text = cut.joined.text
    return (
        _whole(cut) and _GOES_ON(text, max(cut.start, len(text.rstrip(" \t")) - _LAST)) is not None
    )


def _continues(before: _Cut, cut: _Cut) -> bool:
    """Say whether a line goes on with the marker *before*."""
    return _whole(before) and _MORE(cut.joined.text) is not None


def _together(rows: list[_Cut]) -> _Cut:
    """Return *rows*, the lines of one statement, as one line."""
    first, last = rows[0], rows[-1]
    if len(rows) == 1:
        return first
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = 0
    for cut in rows:
        joined = cut.joined
        if parts:
            # A blank stands for the break.
            before = pieces[-1][1] + length - pieces[-1][0]
            pieces.append((length, before))
            parts.append(" ")
            length += 1
        pieces += [(length + there, here) for there, here in joined.pieces]
        parts.append(joined.text)
        length += len(joined.text)
    whole = Joined("".join(parts), pieces, first.joined.start, last.joined.end)
    end = length - (len(last.joined.text) - last.end)
    return _Cut(whole, first.form, first.start, end)


def _is_marker(text: str) -> bool:
    """Say whether *text*, without blanks around it, is a marker rather than a requirement."""
    if text.startswith(("'", '"', "(")):
        return True
    bare = text[: tail_at(text)[0]]
    word = _FIRST_WORD(bare)
    if ";" in _QUOTED.sub("", bare):
        return False
    if (word is not None and word[0] in _KNOWN) or _BEHIND(bare):
        return True
    if "@" in bare or not ("'" in bare or '"' in bare) or _PLACE(bare):
        return False
    if word is None:
        return True
    return _means_marker(bare, word)


def _means_marker(text: str, word: re.Match[str]) -> bool:
    """Say whether *text*, with a quoted value behind an unknown first *word*, is a marker."""
    start = marker_start(text, word.end(), len(text))
    if start is not None:
        # A comparison that is right: the next of a marker, or that of a requirement whose
        # semicolon is missing.
        return _JOINS(text, word.end(), start) is not None
    from trigpoint.markers.reading.diagnose import suggest  # seldom needed

    if suggest(word[0]) is not None:
        return True
    # pkg>='1.0' is a requirement whose version should have no quotes.
    problems = read_requirement(text).problems
    return any(problem.replacement is None for problem in problems)


def _read(reader: LineReader, cut: _Cut) -> tuple[Line, int]:
    """Return a line, and where in its joined text what was read starts."""
    joined, form, start, end, _ = cut
    text = joined.text[start:end]
    lead = start + len(text) - len(text.lstrip(" \t"))
    subject = text.strip(" \t")
    own = reader.text[joined.start : joined.end]
    number = reader.index.position(joined.start)[0]
    if form == "layout":
        return Layout(own, joined.start, number, subject), lead
    comment = joined.text[end:].strip() if form == "line" else ""
    if form in ("line", "item") and _is_marker(subject):
        marker, found = marker_findings(subject)
        findings = tuple(in_text_order(reader.moved(joined, each, lead) for each in found))
        return MarkerLine(
            own, joined.start, number, subject, comment, (), (), findings, marker
        ), lead
    if form in ("header", "item"):
        requirement = read_requirement(subject, Dialect.DEPENDENCY)
        findings = tuple(reader.moved(joined, each, lead) for each in requirement.findings)
        line = RequirementLine(
            own, joined.start, number, subject, "", (), (), findings, requirement=requirement
        )
        return line, lead
    return reader.line(joined), len(joined.text) - len(joined.text.lstrip())


def _statement(line: Line, lead: int, cut: _Cut) -> Statement | None:
    """Return the statement that *line* is, if it is one."""
    joined, subject = cut.joined, line.subject
    front, origin, marker, valid = "", lead, None, True
    written: str | None = None
    if isinstance(line, MarkerLine):
        marker, written = line.marker, subject
    elif isinstance(line, RequirementLine):
        shape = line.requirement.shape
        front, marker, valid = subject, line.requirement.marker, line.requirement.valid
        if shape.marker is not None:
            front, written = subject[: shape.marker_at - 1], shape.marker.strip()
            origin = lead + line.requirement.marker_start
    elif isinstance(line, (UrlLine, PathLine)):
        front, marker = subject, line.marker
        separator = subject.find("; " if isinstance(line, UrlLine) else ";")
        if separator >= 0 and subject[separator + 1 :].strip():
            front, written = subject[:separator], subject[separator + 1 :].strip()
            # The marker was read with the blanks around it.
            origin = lead + separator + (2 if isinstance(line, UrlLine) else 1)
    else:
        return None
    if written is not None:
        valid = valid and marker is not None
    front = front.rstrip(" \t")
    # Nothing between quotes that a line break parts is before itself.
    start = joined.offset(lead)
    end = max(start, joined.offset(lead + len(subject), last=True))
    first = last = end
    if written:
        at = joined.text.index(written, origin)
        first, last = joined.offset(at), joined.offset(at + len(written), last=True)
    return Statement(
        line,
        subject,
        start,
        end,
        front,
        max(start, joined.offset(lead + len(front), last=True)),
        marker,
        first,
        last,
        valid,
        cut.quote,
        joined,
        origin,
    )


def _moved(statement: Statement, joined: Joined, reader: LineReader) -> Statement:
    """Return *statement*, all of one line that was read elsewhere, as it stands in *joined*."""
    line = statement.line
    number = reader.index.position(joined.start)[0]
    by = joined.start - line.start
    if not by and number == line.number:
        return statement
    changes: dict[str, Any] = {"start": joined.start, "number": number}
    if line.options:
        changes["options"] = tuple(
            option._replace(start=option.start + by, end=option.end + by) for option in line.options
        )
    if line.findings:
        changes["findings"] = tuple(each.moved(reader.index, by) for each in line.findings)
    return Statement(
        replace(line, **changes),
        statement.text,
        statement.start + by,
        statement.end + by,
        statement.requirement,
        statement.requirement_end + by,
        statement.marker,
        statement.marker_start + by,
        statement.marker_end + by,
        statement.valid,
        statement.quote,
        joined,
        statement._marker_at,
    )


def _is_plain(joined: Joined) -> bool:
    """Say whether what is read of a line is all of it: no line joins it, and no mark is in front."""
    return len(joined.pieces) == 1 and joined.pieces[0] == (0, joined.start)


def _by_line(before: Statements | None) -> dict[str, Statement]:
    """Return what was read *before*, by its line, as far as a line alone decided it."""
    if before is None:
        return {}
    return {
        each.line.text: each
        for each in before.statements
        if _is_plain(each._joined) and not getattr(each.line, "via", ())
    }


def read_statements(text: str, before: Statements | None = None) -> Statements:
    r"""Read *text*: markers, requirements, a requirement file, or what else holds them.

    ``Requires-Dist:`` in front of a requirement and the quotes of an item of a
    TOML array are no part of it.  A marker goes on where a line ends or the next
    one begins with ``and``, ``or`` or a parenthesis, or where a line ends with a
    backslash.  Never raises: what cannot be read has findings.

    *before* is the reading of a text that has many lines in common with this one, as
    before a key was pressed.  It changes how long this takes, and nothing else.

    >>> found = read_statements("attrs >= 23  # why\n-r more.txt\ntomli; python_version < '3.11'")
    >>> [type(line).__name__ for line in found.lines]
    ['RequirementLine', 'Include', 'RequirementLine']
    >>> [each.requirement for each in found.statements]
    ['attrs >= 23', 'tomli']

    Source: Dependency specifiers; pip's requirement file format.
    """
    reader = LineReader(text)
    known = _by_line(before)
    cuts = list(_cuts(text))
    read: list[tuple[Line, int, Statement | None]] = []
    for cut in cuts:
        joined = cut.joined
        old = known.get(text[joined.start : joined.end]) if _is_plain(joined) else None
        if old is None:
            read.append((*_read(reader, cut), None))
        else:
            statement = _moved(old, joined, reader)
            read.append((statement.line, 0, statement))
    lines = tuple(with_via([line for line, _, _ in read]))
    statements: list[Statement] = []
    for line, (_, lead, moved), cut in zip(lines, read, cuts, strict=True):
        found = moved or _statement(line, lead, cut)
        if found is not None:
            # A comment in the lines below may have told more of this one.
            statements.append(found if found.line is line else replace(found, line=line))
    return Statements(text, lines, tuple(statements))
