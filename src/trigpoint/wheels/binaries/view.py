"""What the readers of all formats share: bounded looks into bytes, and what is found.

Every number in a compiled file is somebody else's.  A look outside of the file, or a count
over its bound, stops the reading; it never allocates.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from trigpoint.findings import TrigpointError

__all__ = [
    "MOST_COMMANDS",
    "MOST_DYNAMIC",
    "MOST_NAME",
    "MOST_NEEDED",
    "MOST_PARTS",
    "MOST_SLICES",
    "Binary",
    "BinaryFacts",
    "BrokenError",
    "View",
]

MOST_PARTS: Final = 512
"""Program headers of an ELF file, or sections of a PE file; real ones have a dozen."""

MOST_DYNAMIC: Final = 8_192
"""Entries of the dynamic section of an ELF file."""

MOST_COMMANDS: Final = 8_192
"""Load commands of a Mach-O file."""

MOST_SLICES: Final = 16
"""Machines that one Mach-O file is made for; real ones hold two."""

MOST_NEEDED: Final = 1_024
"""Libraries that one file links."""

MOST_NAME: Final = 4_096
"""Bytes of the name of a library, or of a search path: what Linux accepts as a path."""


@dataclass(frozen=True, slots=True)
class Binary:
    """A compiled file, by what its loader reads.

    ``path`` is where it lies, as it was called.  ``format`` is ``"elf"``, ``"macho"`` or ``"pe"``, and ``machines`` what it is made for,
    such as ``x86_64``; a machine that has no name here is ``machine 0x1234``.  ``own`` is the
    name that others link it by (SONAME, the install name, the name in the table of
    exports), empty if there is none.  ``needed`` are the libraries that it links, in
    their order, and ``search`` the folders that it asks to be searched (RPATH, RUNPATH,
    LC_RPATH), as written.  ``broken`` says what could not be read; what was found before
    is there.
    """

    path: str
    format: str
    machines: tuple[str, ...] = ()
    own: str = ""
    needed: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    broken: str = ""


class BrokenError(TrigpointError):
    """Reading cannot go on; the message says why.  It never leaves the package."""


class BinaryFacts:
    """What is found while a file is read, so that it is there when the reading stops."""

    __slots__ = ("_needed", "_search", "machines", "own")

    def __init__(self) -> None:
        self.machines: list[str] = []
        self.own = ""
        self._needed: dict[str, None] = {}
        self._search: dict[str, None] = {}

    def needs(self, name: str) -> None:
        """Note that the file links *name*.

        Raises :exc:`BrokenError` over :data:`MOST_NEEDED` of them.
        """
        if not name:
            return
        if len(self._needed) == MOST_NEEDED and name not in self._needed:
            raise BrokenError(f"it links more than {MOST_NEEDED:,} libraries")
        self._needed[name] = None

    def searches(self, *folders: str) -> None:
        """Note the *folders* to search."""
        self._search.update(dict.fromkeys(filter(None, folders)))

    def binary(self, path: str, kind: str, broken: str = "") -> Binary:
        """Return what was found in the file *path* of format *kind*, and what is *broken* in it."""
        machines, needed = tuple(dict.fromkeys(self.machines)), tuple(self._needed)
        return Binary(path, kind, machines, self.own, needed, tuple(self._search), broken)


class View:
    """Looks into *data* from *start* on; *order* is ``<`` or ``>``, as of :mod:`struct`.

    Offsets are counted from *start*.
    """

    __slots__ = ("_data", "_order", "_start")

    def __init__(self, data: bytes | bytearray | memoryview, order: str, start: int = 0) -> None:
        self._data = memoryview(data)
        self._order = order
        self._start = start

    def numbers(self, form: str, at: int) -> tuple[int, ...]:
        """Return the numbers of the form *form*, as of :mod:`struct`, at the offset *at*.

        Raises :exc:`BrokenError` outside of the file.
        """
        try:
            return struct.unpack_from(self._order + form, self._data, self._start + at)
        except (struct.error, OverflowError):
            raise BrokenError("it ends before a table that it announces") from None

    def text(self, at: int, end: int | None = None, *, filled: bool = False) -> str:
        """Return the text at the offset *at* up to a zero, which stands before *end* if given.

        If *filled*, a text may also fill its place up to *end* without a zero.

        Raises :exc:`BrokenError` outside of the file, and over :data:`MOST_NAME` bytes.
        """
        start = self._start + at
        stop = len(self._data) if end is None else min(self._start + end, len(self._data))
        if start >= stop:
            raise BrokenError("a name lies outside of the file")
        cut = min(stop, start + MOST_NAME + 1)
        piece, zero, _ = bytes(self._data[start:cut]).partition(b"\0")
        if not zero and not (filled and cut == stop and len(piece) <= MOST_NAME):
            raise BrokenError(f"a name has no end, or more than {MOST_NAME:,} bytes")
        return piece.decode("utf-8", "backslashreplace")
