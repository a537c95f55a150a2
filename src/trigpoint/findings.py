"""What every part of Trigpoint reports with.

Text that a reader typed never raises out of a lab: it yields a list of
:class:`Finding`, each with a stable code, the exact place, what is wrong and
what to do about it.  The codes live in :mod:`trigpoint.catalogue`.

What a program asked for that cannot be is an exception.  This is the tree of all
of them; in parentheses is what each is besides, so that callers who know
``packaging`` or the built-in exceptions need no others.

.. code-block:: text

    TrigpointError
        InvalidMarker (packaging's InvalidMarker)            markers: the text is no marker
        MarkerSyntaxError (ValueError)                       markers: the same, inside the readers
            MarkerTooDeepError                               markers: groups in groups, over the bound
        UndefinedComparison (packaging's)                    markers: a comparison has no answer
            Undecided                                        markers: so much at once has no answer
        UndefinedEnvironmentName (packaging's)               markers: a variable has no value
        UnknownEnvironmentError (KeyError)                   markers: no environment has the name
        BadEnvironment (ValueError)                          markers: values that are none of an environment
        BadAssumption (ValueError)                           markers: nothing that can be assumed
        CannotSpell (ValueError)                             markers: a set that no marker describes
        TooLarge                                             markers, inside: build the diagram otherwise
        ArchiveError (ValueError)                            archives: not to be read at all
        UnreadableError                                      archives, inside: a member cannot be read
        UnknownFieldError (LookupError)                      metadata: no field has the name
        UndefinedError                                       extras, inside: a marker has no answer
            TooLargeError                                    extras, inside: more than is worked out
        ExternalError (ValueError)                           external: the text is no DepURL
        UnknownEcosystemError (KeyError)                     external: no ecosystem has the name
        UnknownTagEnvironmentError (KeyError)                wheels: no environment has the name
        ExtensionError                                       extensions: one that cannot be built, and why
        BrokenError                                          wheels, inside: a compiled file leads out of itself
        BadAnswersError (ValueError)                         projects: no project can be made of them
        NotPlainError                                        projects, inside: only running would tell
        TooMuchError                                         projects, inside: more YAML than is read
        SchemaError (ValueError)                             labs: JSON that is no request
        UnusableFileError                                    labs, inside: a file that no box takes
"""

from __future__ import annotations

import bisect
import enum
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

__all__ = [
    "MOST_COLUMNS",
    "Finding",
    "Fix",
    "Part",
    "Severity",
    "Span",
    "TextIndex",
    "TrigpointError",
    "apply_fix",
    "in_text_order",
    "printable",
    "render",
    "segments",
    "width",
    "without_mark",
]

_NEWLINE = re.compile(r"\r\n|\r|\n")


class TrigpointError(Exception):
    """What every exception of Trigpoint is.

    A text that somebody typed becomes findings; exceptions are for a program
    that asked for what cannot be.  Each also is the built-in exception, or the
    one of ``packaging``, that a caller would expect in its place.
    """


class Severity(enum.Enum):
    """How much a finding matters."""

    ERROR = "error"
    """The text has no defined meaning, or a tool must refuse it."""

    WARNING = "warning"
    """The text has a meaning, probably not the intended one, or tools disagree."""

    INFO = "info"
    """Worth knowing; nothing to repair."""


_SEVERITIES = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of text.

    ``line`` and ``column`` (and their ``end_`` twins) are 1-based and count
    code points; ``start`` and ``end`` are 0-based offsets into the text.
    Lines end at LF, CR LF or CR.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int

    def to_json(self) -> dict[str, int]:
        """Return the six numbers by name."""
        return {name: getattr(self, name) for name in self.__slots__}


class TextIndex:
    r"""Offsets to lines and columns of one text, in logarithmic time.

    >>> TextIndex("a\nbc").span(3, 4)
    Span(line=2, column=2, end_line=2, end_column=3, start=3, end=4)
    """

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of *offset*."""
        row = bisect.bisect_right(self._starts, offset) - 1
        return row + 1, offset - self._starts[row] + 1

    def span(self, start: int, end: int) -> Span:
        """Return the span of the range from offset *start* up to, without, *end*."""
        return Span(*self.position(start), *self.position(end), start, end)

    def extent(self, number: int) -> tuple[int, int]:
        """Return the offsets of line *number* (1-based), without its line end."""
        start = self._starts[number - 1]
        if number == len(self._starts):
            return start, len(self.text)
        stop = self._starts[number] - 1
        return start, stop - self.text.startswith("\r\n", stop - 1)

    def line(self, number: int) -> str:
        """Return line *number* (1-based) without its line end."""
        return self.text[slice(*self.extent(number))]

    def line_span(self, number: int) -> Span:
        """Return the place of line *number* (1-based), without its line end."""
        return self.span(*self.extent(number))


@dataclass(frozen=True, slots=True)
class Fix:
    """What to do about a finding.

    ``message`` says it in words.  If ``replacement`` is not None, putting it
    in place of ``span`` in the text carries the fix out.
    """

    message: str
    replacement: str | None = None
    span: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "message": self.message,
            "replacement": self.replacement,
            "span": self.span.to_json() if self.span else None,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about a text.

    ``code`` is stable and listed in :data:`trigpoint.catalogue.RULES`;
    ``source`` names the specification section or PEP behind it.  ``span`` is
    None when the finding is about the text as a whole.
    """

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    fix: Fix | None = None
    source: str = field(default="", compare=False)

    def moved(self, index: TextIndex, offset: int) -> Finding:
        """Return this finding on a text that holds the original one at *offset*.

        *index* is that of the larger text; offsets count its code points.
        """
        fix = self.fix
        if fix and fix.span:
            fix = replace(fix, span=index.span(fix.span.start + offset, fix.span.end + offset))
        span = self.span and index.span(self.span.start + offset, self.span.end + offset)
        return replace(self, span=span, fix=fix)

    def to_json(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "span": self.span.to_json() if self.span else None,
            "fix": self.fix.to_json() if self.fix else None,
            "source": self.source,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Finding:
        """Read *data*, which :meth:`to_json` wrote.

        Raises :exc:`KeyError` or :exc:`ValueError` for anything else.
        """
        span, fix = data["span"], data["fix"]
        if fix:
            place = Span(**fix["span"]) if fix["span"] else None
            fix = Fix(fix["message"], fix["replacement"], place)
        return cls(
            data["code"],
            Severity(data["severity"]),
            data["message"],
            Span(**span) if span else None,
            fix or None,
            data["source"],
        )


def in_text_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort *findings* by place, then severity and code; those without a place come last."""

    def key(finding: Finding) -> tuple[int, int, int, int, str, str]:
        span = finding.span
        place = (0, span.start, span.end) if span else (1, 0, 0)
        return (*place, _SEVERITIES.index(finding.severity), finding.code, finding.message)

    return sorted(findings, key=key)


def apply_fix(text: str, fix: Fix) -> str:
    """Return *text* with *fix* carried out; unchanged if the fix is words only."""
    if fix.replacement is None or fix.span is None:
        return text
    return text[: fix.span.start] + fix.replacement + text[fix.span.end :]


MOST_COLUMNS = 240
"""Characters of a line that :func:`render` shows; of a longer one, those around the mark."""


def width(text: str) -> int:
    """Return how many columns of a terminal *text* takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def printable(text: str) -> str:
    r"""Return *text* without what would drive a terminal, one column for one column.

    A tab becomes a blank, anything else that cannot be shown U+FFFD.

    >>> printable("a\x1b[31m\tb")
    'a�[31m b'
    """
    if text.isprintable():
        return text
    return "".join(
        " " if char == "\t" else char if char.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


Part = Literal["error", "warning", "info", "fix", "text"]
"""What a piece of a shown finding is: of a severity, what to do, or plain text."""


def _window(index: TextIndex, span: Span) -> tuple[str, int, int]:
    """Return what to show of the line that *span* begins in, and where the mark is in it.

    Findings on one line are as many as it is long, so each shows a bounded part of it.
    """
    start, end = index.extent(span.line)
    last = min(span.end, end) if span.end_line == span.line else end
    left, right = start, end
    if end - start > MOST_COLUMNS:
        left = max(start, min(span.start - MOST_COLUMNS // 2, end - MOST_COLUMNS))
        right = left + MOST_COLUMNS
    before, after = "..." if left > start else "", "..." if right < end else ""
    shown = before + index.text[left:right] + after
    shift = len(before) - left
    return shown, span.start + shift, min(last, right) + shift


def segments(
    findings: Sequence[Finding], text: str, *, name: str = ""
) -> Iterator[tuple[Part, str]]:
    """Show *findings* as :func:`render` does, in pieces, so that a face can colour them.

    *findings*, *text* and *name* are those of :func:`render`; each piece comes
    with what it is.
    """
    index = TextIndex(text)
    for number, finding in enumerate(findings):
        yield "text", "\n\n" if number else ""
        yield finding.severity.value, f"{finding.severity.value}[{finding.code}]"
        yield "text", f": {finding.message}"
        if span := finding.span:
            shown, first, last = _window(index, span)
            lead, marked = shown[:first], shown[first:last]
            gutter = " " * len(str(span.line))
            if name:
                yield "text", f"\n {gutter}--> {name}:{span.line}:{span.column}"
            yield "text", f"\n  {span.line} | {printable(shown)}"
            yield "text", f"\n  {gutter} | {' ' * width(lead)}"
            yield finding.severity.value, "^" * max(1, width(marked))
        if finding.fix:
            yield "text", "\n"
            yield "fix", f"  fix: {finding.fix.message}"


def without_mark(text: str) -> str:
    r"""Return *text* with a blank in place of the byte order mark that it begins with, if it does.

    So that places stay what they are.

    >>> without_mark("\ufeff[project]"), without_mark("[project]")
    (' [project]', '[project]')
    """
    return f" {text[1:]}" if text.startswith("\ufeff") else text


def render(findings: Sequence[Finding], text: str, *, name: str = "") -> str:
    """Show *findings* as plain text, each with its line and a mark under its span.

    *text* is what they are about, and *name* the file or argument that it came
    from; without it, only line numbers are shown.  Of a line with more than
    :data:`MOST_COLUMNS` characters the part around the mark is shown.

    >>> from trigpoint.markers import InvalidMarker, Marker
    >>> try:
    ...     Marker("python_verison > '3'")
    ... except InvalidMarker as error:
    ...     print(render(error.findings, error.text))
    error[marker-unknown-variable]: 'python_verison' is not a marker variable
      1 | python_verison > '3'
        | ^^^^^^^^^^^^^^
      fix: write python_version
    """
    return "".join(piece for _, piece in segments(findings, text, name=name))
