"""The compiled files of an archive, found while its bytes pass by.

Idea: what a file begins with says whether it is compiled, so that only those are held,
one at a time, and read when they are whole.

Cost: one copy of each compiled file up to a bound; nothing for any other file.
"""

from __future__ import annotations

from typing import Final

from trigpoint.archives.faults import Notes, counted, shown
from trigpoint.wheels.binaries import Binary, looks_compiled, read_binary

__all__ = ["MOST_COMPILED", "MOST_LINKS", "CompiledFiles"]

MOST_COMPILED: Final = 256 * 1024 * 1024
"""Bytes of one compiled file that are held; the largest in use have some 200 million."""

MOST_LINKS: Final = 100_000
"""Names of libraries that the files of one archive link together."""


class CompiledFiles:
    """Collects in ``found`` the compiled files that pass by; what is wrong goes to *notes*.

    *most* and *links* are :data:`MOST_COMPILED` and :data:`MOST_LINKS`.
    """

    __slots__ = ("_held", "_left", "_most", "_notes", "_over", "found")

    def __init__(self, notes: Notes, most: int = MOST_COMPILED, links: int = MOST_LINKS) -> None:
        self.found: list[Binary] = []
        self._notes = notes
        self._most = most
        self._left = links
        self._held: bytearray | None = None
        self._over = False

    def begin(self, start: bytes) -> None:
        """Look at the *start* of the next file, its first piece."""
        self._over = False
        self._held = bytearray() if self._left >= 0 and looks_compiled(start) else None

    def add(self, piece: bytes) -> None:
        """Take the next *piece* of the file."""
        if self._held is None:
            return
        if len(self._held) + len(piece) > self._most:
            self._held = None
            self._over = True
        else:
            self._held += piece

    def end(self, path: str, *, whole: bool) -> None:
        """Read the file, which is called *path*, if it is compiled and *whole*."""
        held, self._held = self._held, None
        if self._over:
            self._over = False
            large = f"{shown(path)} is compiled and has more than {counted(self._most)}"
            self._notes.add("wheel-compiled-large", f"{large}; what it links is not read")
        if held is None or not whole:
            return
        binary = read_binary(held, path)
        if binary is None:
            return
        self._left -= len(binary.needed)
        if self._left < 0:
            many = "the compiled files link more libraries than are read"
            self._notes.add("wheel-compiled-many", f"{many}; those from {shown(path)} on are not")
            return
        if binary.broken:
            broken = f"{shown(path)} cannot be read as a compiled file: {binary.broken}"
            self._notes.add("wheel-compiled-broken", broken)
        self.found.append(binary)
