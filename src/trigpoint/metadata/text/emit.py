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
    8 blanks would be read as something else.  A first line that itself begins with blanks,
    which would be lost behind the colon, stands on a line of its own, unless the lines are led
    by ``|``: its blanks are lost then.

    >>> fold("a\nb"), fold("a\nb", pipe=True), fold("  a\nb")
    ('a\n        b', 'a\n       |b', '\n          a\n        b')
    """
    first, *rest = _NEWLINE.split(value)
    if not rest:
        return first
    above, below = ("", [first, *rest]) if first.startswith((" ", "\t")) else (first, rest)
    if not pipe:
        filled = [row for row in below if row.strip(" \t")]
        pipe = (
            not first.strip(" \t")
            or not rest[-1].strip(" \t")
            or any(row != row.rstrip(" \t") for row in (first, *rest))
            or all(row.lstrip(" \t").startswith("|") for row in filled)
        )
    if pipe:
        return "\n".join([first, *(_PIPE + row for row in rest)])
    return "\n".join([above, *(_INDENT + row for row in below)])


def write(fields: Iterable[tuple[str, str]], body: str = "") -> str:
    """Return a document with *fields* in this order, and *body* after a blank line.

    Lines of the body end in LF.
    """
    rows = []
    for name, value in fields:
        folded = fold(value, pipe=name.lower() == "description")
        blank = " " if folded[:1] not in ("", "\n") else ""
        rows.append(f"{name}:{blank}{folded}\n")
    if body:
        rows.append("\n")
        rows.append(_NEWLINE.sub("\n", body) if "\r" in body else body)
    return "".join(rows)
