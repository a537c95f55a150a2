"""What PyYAML says of a text that is no YAML, in words for people, and where to look.

PyYAML names the token that surprised it, where it did; what somebody did wrong is often in
front of that, such as the quote that was never closed.  Each row of the table is a pattern of
its words, with what was done, what to do, and which of its two places is the right one.

Source: ``yaml/scanner.py`` and ``yaml/parser.py`` of PyYAML 6.0.3; YAML 1.2.2.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

__all__ = ["Said", "said"]


class Said(NamedTuple):
    """What is wrong, what to do about it, and at which of two offsets: ``problem`` or ``context``."""

    message: str
    fix: str
    at: str = "problem"


_QUOTE: Final = "put the value in quotes"
_ALIKE: Final = "give the line as many blanks as its neighbours have"
_CLOSE: Final = "close it behind its last item, with commas in between"

# By the context, then a colon, then the problem.
_ROWS: Final = tuple(
    (re.compile(pattern).search, Said(*row))
    for pattern, *row in (
        (
            r"found character '\\t' that cannot start",
            "a tab stands in front of the line, which is indented with blanks only",
            "write blanks in its place",
        ),
        (r"found character '(.)' that cannot start", "no value begins with {0}", _QUOTE),
        (
            "sequence entries are not allowed",
            "an item of a list stands behind something else on its line",
            "begin the list on a line of its own",
        ),
        (
            r"expected <block end>, but found '[?-]'",
            "an item of a list and a key stand beside each other",
            "indent one of them further, if it belongs to the other",
        ),
        (
            r"expected <block end>, but found '<block",
            "the line is indented unlike those around it",
            _ALIKE,
        ),
        (
            "expected <block end>",
            "more follows a value that has ended with its quote or bracket",
            "put all of the value in quotes",
        ),
        (
            "could not find expected ':'",
            "there is no colon behind the key",
            "write a colon and a blank behind it",
            "context",
        ),
        ("unexpected end of stream", "the quote is not closed", "close it", "context"),
        (
            "found unexpected document separator",
            "the quote is not closed before the document ends",
            "close it",
            "context",
        ),
        (r"expected ',' or '[\]}]'", "the bracket is not closed", _CLOSE, "context"),
        ("node content, but found '<stream end>'", "the bracket is not closed", _CLOSE, "context"),
        (
            r"node content, but found '(.)'",
            "{0} stands where a value should",
            "write a value there, or take it out",
        ),
        (
            # PyYAML shows it as Python does, which puts this one between double quotes.
            'unknown escape character "\'"',
            r"\' means nothing between double quotes",
            "leave the backslash out",
        ),
        (
            r"unknown escape character '(.+)'",
            r"\{0} means nothing between double quotes",
            r"put the value in single quotes, or write \\ for a backslash",
        ),
        (
            r"escape sequence of ([0-9]+) hexadecimal",
            "an escape has {0} hexadecimal digits, and this one has fewer",
            "write all of them, or put the value in single quotes",
        ),
        (
            r"scanning an alias:expected alphabetic",
            "* in front of a value repeats another, and no name follows",
            _QUOTE,
            "context",
        ),
        (
            r"scanning an anchor:expected alphabetic",
            "& in front of a value gives it a name, and none follows",
            _QUOTE,
            "context",
        ),
        (
            "scanning a block scalar",
            "only a digit, + or - follows | and >, and the text begins below",
            "begin the text on the next line, indented with blanks",
        ),
        (
            "scanning a directive|duplicate (?:YAML directive|tag handle)|incompatible YAML",
            "a line that begins with % tells something that YAML does not know",
            "take the line out",
        ),
        (
            r"(?:scanning|parsing) a (?:tag|node)",
            "! in front of a value names a type that is not known",
            _QUOTE,
            "context",
        ),
        (
            "expected '<document start>'",
            "a line that begins with % is in front, and no --- below it",
            "take the line out",
        ),
    )
)
_CONFLICT: Final = re.compile(r"^(?:<{7}|>{7}) \S", re.MULTILINE).search


def said(text: str, context: str, problem: str, at: int) -> Said:
    """Return in words what PyYAML found in *text*: its *context* and *problem*, at offset *at*.

    >>> said("a: 'b", "while scanning a quoted scalar", "found unexpected end of stream", 5).message
    'the quote is not closed'
    >>> said("a: b: c", "", "mapping values are not allowed here", 4).fix
    'put the value in quotes'
    """
    if _CONFLICT(text):
        return Said("git has left both sides of a conflict in it", "settle the conflict")
    if "mapping values are not allowed" in problem:
        line = text[max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1 : at]
        if re.search(r":[ \t]", line):
            return Said("a colon with a blank behind it stands in a value", _QUOTE)
        return Said("a key stands where the value in front of it goes on", _ALIKE)
    for search, row in _ROWS:
        if match := search(f"{context}:{problem}"):
            return row._replace(message=row.message.format(*match.groups()))
    return Said("what stands here is not understood", "correct it, or put it in quotes")
