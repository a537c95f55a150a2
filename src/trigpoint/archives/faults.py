"""What is said about an archive, and how reading one stops.

What a file holds never raises: it becomes findings.  Inside this package a reader
that cannot go on raises :exc:`UnreadableError`, which the nearest listing or reading turns
into a finding; none leaves the package.
"""

from __future__ import annotations

import re
from typing import Final

from trigpoint.archives.bounds import MOST_ALIKE, MOST_SHOWN
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, TrigpointError

__all__ = ["ArchiveError", "Notes", "UnreadableError", "counted", "in_order", "shown"]


class ArchiveError(TrigpointError, ValueError):
    """A mistake of the calling program, never of a file.

    Raised for a member of another archive, a limit below zero, an archive that was
    closed, and readings of one pass that are read out of order.
    """


class UnreadableError(TrigpointError):
    """Reading cannot go on; ``finding`` says why.  It never leaves the package."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.finding = report(code, message, None, Fix(fix) if fix else None)


class Notes:
    """Findings as they come up: the first of each code in full, the others as a number.

    *most* is how many of one code are told one by one.

    >>> notes = Notes(most=1)
    >>> for name in "abc":
    ...     notes.add("archive-duplicate", f"there are two members {name}")
    >>> [finding.message for finding in notes.findings()]
    ['there are two members a', 'and 2 more of this kind']
    """

    __slots__ = ("_told", "_untold", "most")

    def __init__(self, most: int = MOST_ALIKE) -> None:
        self.most = most
        self._told: dict[str, list[Finding]] = {}
        self._untold: dict[str, int] = {}

    def add(self, code: str, message: str, fix: str = "") -> None:
        """Report *code* of the catalogue with *message*, and with *fix* in words."""
        told = self._told.setdefault(code, [])
        if len(told) < self.most:
            told.append(report(code, message, None, Fix(fix) if fix else None))
        else:
            self._untold[code] = self._untold.get(code, 0) + 1

    def fault(self, fault: UnreadableError) -> None:
        """Report *fault*, which stopped a reading, as any other finding."""
        fix = fault.finding.fix
        self.add(fault.finding.code, fault.finding.message, fix.message if fix else "")

    def findings(self) -> tuple[Finding, ...]:
        """Return them by code, in the order in which each code came up first."""
        found: list[Finding] = []
        for code, told in self._told.items():
            found += told
            if code in self._untold:
                found.append(report(code, f"and {self._untold[code]:,} more of this kind"))
        return tuple(found)


def shown(name: str) -> str:
    r"""Return *name* in quotes as a message shows it: short, and without what moves a cursor.

    A byte that was no text, which is half of a surrogate pair in *name*, is shown in
    hexadecimal, so that every message can be printed.

    >>> shown("a\x1b[0m\udce9"), shown("x" * 300) == repr("x" * 100 + "...")
    ("'a\\x1b[0m\\xe9'", True)
    """
    clipped = name[:MOST_SHOWN] + "..." if len(name) > MOST_SHOWN else name
    if clipped.isprintable():
        return f"'{clipped}'"
    plain = "".join(
        char
        if char.isprintable()
        else f"\\x{ord(char) - 0xDC00:02x}"
        if "\udc80" <= char <= "\udcff"
        else char.encode("unicode_escape", "surrogatepass").decode("ascii")
        for char in clipped
    )
    return f"'{plain}'"


def counted(number: int) -> str:
    """Return a *number* of bytes for readers.

    >>> counted(1), counted(1000), counted(3 * 1024 * 1024)
    ('1 byte', '1,000 bytes', '3 MiB')
    """
    if number >= 1024 * 1024:
        return f"{number // (1024 * 1024):,} MiB"
    return f"{number:,} byte{'' if number == 1 else 's'}"


# Any list may have an order of its own, but not one to choose from.
_SETS: Final = re.compile(
    r"(?:\{|(?:(?<=one of )|(?<= are ))\[)"
    r"(?P<items>'[^'{}\[\]]*'(?:, '[^'{}\[\]]*')*)"
    r"(?=[}\]])"
)
_ITEM: Final = re.compile(r"'[^']*'").findall


def in_order(words: str) -> str:
    """Return *words* of another program with the sets in it in order, which Python shows as they come.

    A set may be shown as a list: where it follows "one of" or "are".

    >>> in_order("one of {'b', 'a'}"), in_order("one of ['b', 'a'], not ['d', 'c']")
    ("one of {'a', 'b'}", "one of ['a', 'b'], not ['d', 'c']")
    """
    return _SETS.sub(lambda match: match[0][0] + ", ".join(sorted(_ITEM(match["items"]))), words)
