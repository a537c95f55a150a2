"""How much of a foreign file is read, as numbers with names.

An archive is written by somebody else, and a few kilobytes of one can ask for
gigabytes.  Every count, size and depth that comes out of a file meets one of
these numbers before anything is allocated for it; the standard library is
handed only what has passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = [
    "CHUNK",
    "MOST_ALIKE",
    "MOST_CHAINED",
    "MOST_DEPTH",
    "MOST_DIRECTORY",
    "MOST_HEADER",
    "MOST_MEMBERS",
    "MOST_NAME",
    "MOST_RATIO",
    "MOST_READ",
    "MOST_SHOWN",
    "MOST_STREAMS",
    "MOST_UNPACKED",
    "MOST_XZ_MEMORY",
    "Limits",
]

CHUNK: Final = 64 * 1024
"""Bytes that are read or unpacked at a time; nothing larger is held unasked."""

MOST_MEMBERS: Final = 200_000
"""Members that are listed; the largest wheels hold some tens of thousands."""

MOST_DIRECTORY: Final = 32 * 1024 * 1024
"""Bytes of a zip directory, or of all names of another archive together."""

MOST_NAME: Final = 4_096
"""Bytes of one member's name: what Linux accepts as a path."""

MOST_DEPTH: Final = 128
"""Folders above a member, itself included."""

MOST_HEADER: Final = 1024 * 1024
"""Bytes of one extension header of a tar archive (pax records, GNU long names)."""

MOST_CHAINED: Final = 16
"""Extension headers in front of one member; writers use up to three."""

MOST_STREAMS: Final = 1_000
"""Compressed streams one behind the other in one file."""

MOST_UNPACKED: Final = 512 * 1024 * 1024
"""Bytes that any archive may unpack to; a large one may have more, by :data:`MOST_RATIO`."""

MOST_RATIO: Final = 32
"""How many times its own size an archive may unpack to beyond :data:`MOST_UNPACKED`."""

MOST_READ: Final = 8 * 1024 * 1024
"""Bytes of one member that are held in memory, unless the caller asks otherwise."""

MOST_XZ_MEMORY: Final = 128 * 1024 * 1024
"""Bytes that the xz decoder may use; ``xz -9`` needs 65 MiB."""

MOST_ALIKE: Final = 10
"""Findings of one code that are told one by one; the rest are counted."""

MOST_SHOWN: Final = 100
"""Characters of a name that a message repeats."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one reading; each field is the constant of its name unless given.

    ``members`` counts, ``depth`` is in folders, ``chained`` and ``streams`` count,
    ``ratio`` is a factor; the others are bytes.

    >>> Limits(unpacked=100, ratio=2).allowance(10), Limits(unpacked=100, ratio=2).allowance(99)
    (100, 198)
    """

    members: int = MOST_MEMBERS
    directory: int = MOST_DIRECTORY
    name: int = MOST_NAME
    depth: int = MOST_DEPTH
    header: int = MOST_HEADER
    chained: int = MOST_CHAINED
    streams: int = MOST_STREAMS
    unpacked: int = MOST_UNPACKED
    ratio: int = MOST_RATIO
    xz_memory: int = MOST_XZ_MEMORY

    def allowance(self, size: int) -> int:
        """Return how many bytes an archive of *size* bytes may unpack to.

        It is the larger of ``unpacked`` and ``ratio`` times *size*, so that the work
        grows with the size of the file and no faster.
        """
        return max(self.unpacked, self.ratio * size)
