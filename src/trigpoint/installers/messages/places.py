"""Where in the reader's file a message is about, by the findings that say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from trigpoint.findings import Finding, Span, TextIndex, in_text_order
from trigpoint.metadata import FIELDS, from_project_table, read
from trigpoint.requirements.statements import read_statements

__all__ = ["KINDS", "MOST_PLACES", "kind_of", "places_of", "review"]

MOST_PLACES: Final = 5
"""Places in the file that are shown for one message."""

_FIELDS: Final = {field.name.lower(): field for field in FIELDS.values()}
_SHORTEST: Final = 3  # letters of a value that is looked for in a file

_SMALL: Final = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}

_TABLE: Final = re.compile(r"^[ \t]*\[[\w.\"' \[\]-]+\][ \t]*(?:#.*)?$", re.MULTILINE)
_HEADER: Final = re.compile(
    r"^(?:Metadata-Version|Name|Version|Summary|Requires-Dist|Requires-Python)[ \t]*:",
    re.MULTILINE | re.IGNORECASE,
)


def _metadata(text: str) -> list[Finding]:
    try:
        return list(read(text.encode("utf-8", "surrogateescape")).findings())
    except UnicodeEncodeError:
        return list(read(text).findings())


def _pyproject(text: str) -> list[Finding]:
    return list(from_project_table(text).findings())


def _requirements(text: str) -> list[Finding]:
    return list(read_statements(text).findings)


KINDS: Final = {
    "metadata": _metadata,
    "pyproject": _pyproject,
    "requirements": _requirements,
}
"""What a file can be, and what reads it."""


def kind_of(text: str) -> str:
    r"""Say what *text* is: ``"pyproject"``, ``"metadata"`` or ``"requirements"``.

    >>> kind_of("[project]\nname = 'a'"), kind_of("Name: a"), kind_of("a>=1")
    ('pyproject', 'metadata', 'requirements')
    """
    if _HEADER.search(text):
        return "metadata"
    return "pyproject" if _TABLE.search(text) else "requirements"


def review(text: str) -> tuple[str, list[Finding]]:
    """Return what *text* is, a key of ``KINDS``, and all that is to be said about it."""
    kind = kind_of(text)
    return kind, in_text_order(KINDS[kind](text))


def _spelled(values: Iterable[str]) -> Iterator[str]:
    """Yield each value that is long enough, and the key of ``[project]`` for a field's name."""
    for value in values:
        if len(value) >= _SHORTEST:
            yield value
            if (field := _FIELDS.get(value.lower())) and field.project_key:
                yield field.project_key


def places_of(
    text: str, findings: Iterable[Finding], codes: Iterable[str], values: Iterable[str]
) -> tuple[tuple[Finding, ...], tuple[Span, ...]]:
    """Return those of *findings* that say the same as a message, and where its *values* stand.

    *text* is the file; *codes* are the message's.  A finding whose place holds one of
    the values comes first, and is alone if there is one.
    """
    wanted = list(codes)
    index = TextIndex(text)
    texts = list(dict.fromkeys(_spelled(values)))
    same = [each for each in findings if each.code in wanted]
    named = [
        each
        for each in same
        if each.span is not None
        and any(
            value in line or line.strip() in value
            for line in [index.line(each.span.line)]
            if line.strip()
            for value in texts
        )
    ]
    chosen = tuple((named or same)[:MOST_PLACES])
    folded = text.translate(_SMALL)
    starts = ((folded.find(value.translate(_SMALL)), len(value)) for value in texts)
    spans = tuple(index.span(at, at + length) for at, length in starts if at >= 0)
    return chosen, spans[:MOST_PLACES]
