"""From names and values to the text of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["fold", "write"]

_NEWLINE = re.compile(r"\r\n|\r|\n")
_INDENT = " " * 8
_PIPE = " " * 7 + "|"


def fold(value: str, *, pipe: bool = False) -> str:
    r"""Return *value* as it stands after ``Name: ``, its lines folded.

    Lines are led by 8 blanks, or by 7 blanks and ``|`` with *pipe* and where
    8 blanks would be read as something else.

    >>> fold("a\nb"), fold("a\nb", pipe=True)
    ('a\n        b', 'a\n       |b')
    """
    first, *rest = _NEWLINE.split(value)
    if not rest:
        return first
    if not pipe:
        filled = [row for row in rest if row.strip(" \t")]
        pipe = (
            not first.strip(" \t")
            or not rest[-1].strip(" \t")
            or any(row != row.rstrip(" \t") for row in (first, *rest))
            or all(row.lstrip(" \t").startswith("|") for row in filled)
        )
    lead = _PIPE if pipe else _INDENT
    return "\n".join([first, *(lead + row for row in rest)])


def write(fields: Iterable[tuple[str, str]], body: str = "") -> str:
    """Return a document with *fields* in this order, and *body* after a blank line.

    Lines of the body end in LF.
    """
    rows = []
    for name, value in fields:
        folded = fold(value, pipe=name.lower() == "description")
        rows.append(f"{name}: {folded}\n" if folded else f"{name}:\n")
    if body:
        rows.append("\n")
        rows.append(_NEWLINE.sub("\n", body) if "\r" in body else body)
    return "".join(rows)
