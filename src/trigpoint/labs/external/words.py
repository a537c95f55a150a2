"""What the external lab says, the same on every face."""

from __future__ import annotations

from typing import Final

from trigpoint.labs import length
from trigpoint.labs.external.data import CellRow, ExternalResponse, NeedRow

__all__ = [
    "KINDS",
    "LEGEND",
    "PURPOSES",
    "ROLES",
    "WHY",
    "cell",
    "nothing",
    "reason",
    "sign",
    "summary",
    "tone",
    "when",
]

PURPOSES: Final = {"build": "To build it", "run": "To run it"}
"""What the purposes are called."""

ROLES: Final = {
    "build": "on the machine that builds",
    "host": "to build, and often to run",
    "run": "to run",
    "group": "in a group",
}
"""When something is needed."""

KINDS: Final = {
    "dep": "DepURL",
    "soname": "Soname (2022)",
    "native": "Native name (2022)",
    "opaque": "Free text",
    "wrong": "Cannot be read",
}
"""What a text can be."""

WHY: Final = {
    "wrong": "it cannot be read",
    "older": "no tool reads this form",
    "build": "it is needed to build",
    "host": "it is needed to build",
    "run": "it is needed to run",
    "extra": "the extra is not asked for",
    "group": "the group is not asked for",
    "marker": "its marker does not hold",
}
"""Why something does not count."""

_TEXTS: Final = {
    "pyproject": "There is no [external] table in this pyproject.toml.",
    "metadata": "This metadata says nothing about what is needed from outside.",
    "lines": "There is no requirement in this text.",
}


_UNREAD: Final = {
    "pyproject": "The text is no TOML, so nothing of it was read.",
    "metadata": "The headers end before they begin, so nothing of them was read.",
    "lines": "The file is no text in UTF-8, so nothing of it was read.",
}
"""Why nothing of a text was read, by what it was read as."""


def nothing(kind: str, *, empty: bool, readable: bool, stated: bool) -> str:
    """Say why a text of *kind* names nothing.

    It may be *empty*, or not *readable*; *stated* says whether it has a place for such names.

    >>> nothing("metadata", empty=False, readable=True, stated=False)
    'This metadata says nothing about what is needed from outside.'
    """
    if empty:
        return "There is nothing to look up yet."
    if not readable:
        return _UNREAD[kind]
    if stated and kind == "pyproject":
        return "The [external] table lists nothing."
    return _TEXTS[kind]


def summary(response: ExternalResponse) -> str:
    """Say *response* in one sentence."""
    if not response.rows:
        return length.said(response.findings) or nothing(
            response.kind,
            empty=response.empty,
            readable=response.readable,
            stated=response.stated,
        )
    total = len(response.rows) + response.left_out
    count = sum(each.counts for each in response.rows)
    purpose = "build" if response.purpose == "build" else "run"
    things = "thing is" if total == 1 else "things are"
    wrong = sum(each.kind == "wrong" for each in response.rows)
    if wrong == total:
        return f"{total} {things} named, and {'it cannot' if total == 1 else 'none of them can'} be read."
    verb = "is" if count == 1 else "are"
    if response.left_out:
        # Of what is not listed nobody looked whether it counts.
        needed = f"; of the first {len(response.rows)}, {count} {verb} needed"
    elif count == total:
        needed = f", and {'it is' if total == 1 else 'all of them are'} needed"
    else:
        needed = f"; {count} of them {verb} needed" if count else "; none of them is needed"
    said = f"{total} {things} named{needed} to {purpose}"
    unread = f", and {wrong} cannot be read" if wrong else ""
    return f"{said} it with {response.environment_label}{unread}."


LEGEND: Final = (
    "? nobody has confirmed the name, – the ecosystem is known not to have it, "
    "! nobody has said what it is called there"
)
"""What the signs in the table mean."""


def sign(cell: CellRow) -> str:
    """Return the sign behind the packages of *cell*; none where they are confirmed."""
    return "?" if cell.packages and cell.state == "unverified" else ""


def cell(cell: CellRow) -> str:
    """Say what *cell* holds.

    >>> cell(CellRow(("gcc", "make"), "sourced", "")), cell(CellRow((), "not packaged", ""))
    ('gcc make', '–')
    """
    if cell.packages:
        return " ".join(cell.packages)
    if cell.state in ("verified", "sourced", "unverified", "nothing"):
        return "nothing"
    return "–" if cell.state in ("not packaged", "elsewhere", "python") else "!"


def tone(cell: CellRow) -> str:
    """Return the class of a *cell*: whether there is something, and whether that is known."""
    if cell.state in ("verified", "sourced"):
        return "tp-true"
    if cell.packages:
        return "tp-undefined"
    return "tp-false"


def when(row: NeedRow) -> str:
    """Say where *row* is listed.

    >>> when(NeedRow("", 0, 0, "optional-dependencies", "nat", "run", *[""] * 4, True, True, "", ""))
    'optional-dependencies, nat'
    """
    return f"{row.where}, {row.group}" if row.group else row.where


def reason(row: NeedRow) -> str:
    """Say whether *row* counts, and why not."""
    return "needed" if row.counts else f"not counted: {WHY[row.why]}"
