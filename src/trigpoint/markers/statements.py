"""Markers in the texts that people have: a marker, a requirement, or many lines of them.

Splits a pasted text into statements without losing a position: requirement
files, ``Requires-Dist`` headers and TOML arrays all read the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from packaging.requirements import InvalidRequirement, Requirement

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, TextIndex
from trigpoint.markers.marker import InvalidMarker, Marker
from trigpoint.markers.reading.grammar import LEGACY, VARIABLES
from trigpoint.versions import MOST_DIGITS, long_number

__all__ = ["Statement", "read_statements"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_HEADER = re.compile(r"[ \t]*(?:Requires-Dist|Provides-Dist|Obsoletes-Dist)[ \t]*:", re.IGNORECASE)
_COMMENT = re.compile(r"(?:^|[ \t]+)#.*$")
_QUOTED_ITEM = re.compile(
    r"""[ \t]*(?P<quote>["'])(?P<item>(?:(?!(?P=quote)).)*)(?P=quote)[ \t]*,?[ \t]*$"""
)
_BRACKET = re.compile(r"[ \t]*(?:[\w.-]+[ \t]*=[ \t]*\[|\],?)[ \t]*")
_CONTINUES = re.compile(r"(?:\b(?:and|or)|[(\\])[ \t]*$")
_CONTINUED = re.compile(r"[ \t]*(?:(?:and|or)\b|\))")
_SEPARATOR = re.compile(r"""[^;'"]*(?:'[^']*'[^;'"]*|"[^"]*"[^;'"]*)*;""")
_FIRST_WORD = re.compile(r"[ \t]*([\w.]+)")
_KNOWN = frozenset(VARIABLES) | frozenset(LEGACY)


@dataclass(frozen=True, slots=True)
class Statement:
    """One marker or requirement of a text.

    ``start`` and ``end`` are offsets into that text; ``text`` is the stretch
    between them with line ends blanked.  ``requirement`` is the part in front
    of the semicolon (empty for a bare marker), ``marker`` is None where there
    is none or it cannot be read, and begins at ``marker_start``.
    """

    text: str
    start: int
    end: int
    requirement: str
    marker_start: int
    marker: Marker | None
    findings: tuple[Finding, ...]

    @property
    def valid(self) -> bool:
        """Whether the statement can be read."""
        return not any(
            finding.severity.value == "error" and not _readable(finding)
            for finding in self.findings
        )


# A marker with these findings can be read; they are about what it means.
_MEANING = frozenset(
    {
        "marker-two-values",
        "marker-two-variables",
        "marker-undefined-comparison",
        "marker-version-digits",
    }
)


def _readable(finding: Finding) -> bool:
    return finding.code in _MEANING


def _outside_quotes(lead: str) -> bool:
    """Say whether what follows *lead* on its line stands outside any quoted value."""
    return lead.count("'") % 2 == lead.count('"') % 2 == 0


def _pieces(text: str) -> list[tuple[int, int]]:
    """Return where each statement starts and ends; comments and blank lines are none."""
    pieces: list[tuple[int, int]] = []
    open_ended = False
    for match in _LINE.finditer(text):
        line = match[0].rstrip("\r\n")
        if not line and match.end() == len(text):
            break
        start, end = match.start(), match.start() + len(line)
        if header := _HEADER.match(line):
            start += header.end()
        elif (comment := _COMMENT.search(line)) and _outside_quotes(line[: comment.start()]):
            end = start + comment.start()
        body = text[start:end]
        if not body.strip() or _BRACKET.fullmatch(body):
            open_ended = False
            continue
        if item := _QUOTED_ITEM.match(body):
            start, end = start + item.start("item"), start + item.end("item")
            body = text[start:end]
        if pieces and (open_ended or (_CONTINUED.match(body) and not header)):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
        open_ended = _CONTINUES.search(body) is not None
    return pieces


def _is_marker(text: str) -> bool:
    """Say whether a statement without a semicolon is a marker rather than a requirement."""
    word = _FIRST_WORD.match(text)
    if word is None:
        return True
    if word[1] in _KNOWN:
        return True
    return "@" not in text and ("'" in text or '"' in text)


def _read(text: str, start: int, end: int, index: TextIndex) -> Statement:
    body = re.sub(r"[\r\n\\](?=[\r\n]|$)|[\r\n]", " ", text[start:end])
    findings: list[Finding] = []
    separator = _SEPARATOR.match(body)
    requirement = ""
    marker_at: int | None = 0
    if separator and separator.end() > 1 and body[: separator.end() - 1].strip():
        requirement, marker_at = body[: separator.end() - 1], separator.end()
    elif not separator and not _is_marker(body):
        requirement, marker_at = body, None
    if requirement:
        try:
            if long_number(requirement):
                raise InvalidRequirement(f"A number has more than {MOST_DIGITS} digits")
            Requirement(requirement)
        except InvalidRequirement as error:
            lead = len(requirement) - len(requirement.lstrip())
            span = index.span(start + lead, start + len(requirement.rstrip()))
            findings.append(
                report(
                    "requirement-syntax",
                    str(error).partition("\n")[0],
                    span,
                    Fix("write it as in name[extra] >= 1.0 ; marker"),
                )
            )
    marker = None
    offset = start if marker_at is None else start + marker_at
    if marker_at is not None:
        while body[marker_at : marker_at + 1] in (" ", "\t"):
            marker_at += 1
        offset = start + marker_at
        try:
            marker = Marker(body[marker_at:].rstrip(" \t"))
            found = marker.lint()
        except InvalidMarker as error:
            found = error.findings
        findings += [finding.moved(index, offset) for finding in found]
    return Statement(body, start, end, requirement.strip(), offset, marker, tuple(findings))


def read_statements(text: str) -> tuple[Statement, ...]:
    r"""Return the markers and requirements of *text*, in order.

    Reads a marker, lines of requirements (comments and ``Requires-Dist:`` in
    front are skipped, quoted items of a TOML array are unwrapped), and markers
    over several lines where a line ends or begins with ``and``, ``or`` or a
    parenthesis.  Never raises: what cannot be read has findings.

    >>> [each.requirement for each in read_statements("attrs >= 23\n\ntomli; python_version < '3.11'")]
    ['attrs >= 23', 'tomli']
    """
    index = TextIndex(text)
    return tuple(_read(text, start, end, index) for start, end in _pieces(text))
