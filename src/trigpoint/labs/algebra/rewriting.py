"""A text with other markers: every other letter of it stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from trigpoint.requirements.statements import Statement, Statements

__all__ = ["NewMarker", "Rewritten", "rewritten"]


class NewMarker(NamedTuple):
    """What comes in place of a marker.

    ``holds`` says where the old one does, as in ``SimpleLine``; ``text`` is the
    new one, empty for none at all, and None where the old one stays.  A ``note``
    says so to the reader.
    """

    holds: str
    text: str | None
    note: str = ""


class Rewritten(NamedTuple):
    """A ``text`` with other markers, and ``notes`` on the lines that stay as they were."""

    text: str
    notes: tuple[str, ...]


def rewritten(found: Statements, markers: Iterable[NewMarker]) -> Rewritten:
    r"""Return the text of *found* with *markers*, one a statement, in place of its own.

    Lines without a marker, comments, options and line ends stay as they are.  A
    marker alone that is always or never true becomes a comment, since nothing
    else says so.

    >>> from trigpoint.requirements.statements import read_statements
    >>> found = read_statements("a  # why\nb; os_name == 'x'\n")
    >>> news = [NewMarker("always", None), NewMarker("sometimes", 'os_name != "x"')]
    >>> rewritten(found, news).text
    'a  # why\nb; os_name != "x"\n'
    """
    parts: list[str] = []
    notes: list[str] = []
    at = 0
    for statement, marker in zip(found.statements, markers, strict=True):
        if statement.marker is None or not marker.holds:
            continue
        start, new, note = statement.marker_start, marker.text, marker.note
        if not statement.requirement and (marker.holds != "sometimes" or (note and new is None)):
            new = f"# {note or f'{marker.holds} holds'}"
        elif new == "":
            start = statement.requirement_end
        new = _quoted(new, statement)
        if new is None:
            if note:
                notes.append(f"line {statement.line.number} stays as it is: {note}")
            continue
        parts += [found.text[at:start], new]
        at = statement.marker_end
    parts.append(found.text[at:])
    return Rewritten("".join(parts), tuple(notes))


def _quoted(marker: str | None, statement: Statement) -> str | None:
    """Return *marker* as it can stand between the quotes of *statement*; None if it cannot."""
    quote = statement.quote
    if marker is None or not quote:
        return marker
    # A value cannot hold the quote around the item, and so far no other, so the two do not meet.
    return None if marker.startswith("#") else marker.replace(quote, "'" if quote == '"' else '"')
