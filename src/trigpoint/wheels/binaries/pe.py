"""PE: the libraries that a file of Windows imports, at its start and late.

Idea: the header has a table of directories, two of which are lists of imports; all
places are addresses, which the sections turn into places in the file.

Source: Microsoft's PE format, "Optional Header Data Directories", ".idata", "Delay-Load Import Tables".
"""

from __future__ import annotations

from typing import Final

from trigpoint.wheels.binaries.view import MOST_NEEDED, MOST_PARTS, BinaryFacts, BrokenError, View

__all__ = ["MAGIC", "is_pe", "read"]

MAGIC: Final = b"MZ"

_EXPORTS: Final = 0
_IMPORTS: Final = 1
_LATE: Final = 13

_DIRECTORIES: Final = {0x10B: 92, 0x20B: 108}
"""Where in the optional header the number of directories is, by its kind."""

_MACHINES: Final = {0x14C: "x86", 0x1C4: "arm", 0x8664: "x86_64", 0xAA64: "arm64"}


def is_pe(data: bytes | bytearray | memoryview) -> bool:
    """Say whether *data* is a PE file, and no other that begins with MZ.

    >>> is_pe(b"MZ, as initials")
    False
    """
    if len(data) < 64:
        return False
    at = int.from_bytes(data[60:64], "little")
    return bytes(data[at : at + 4]) == b"PE\0\0"


def read(data: bytes | bytearray | memoryview, found: BinaryFacts) -> None:
    """Note in *found* what the PE file *data* says.

    Raises :exc:`BrokenError` where it cannot be read on.
    """
    view = View(data, "<")
    (start,) = view.numbers("I", 60)
    machine, count, _, _, _, length, _ = view.numbers("HHIIIHH", start + 4)
    found.machines.append(_MACHINES.get(machine, f"machine {machine:#x}"))
    if count > MOST_PARTS:
        raise BrokenError(f"it has more than {MOST_PARTS:,} sections")
    head = start + 24
    (kind,) = view.numbers("H", head)
    if kind not in _DIRECTORIES:
        raise BrokenError("its optional header is none of PE")
    at = head + _DIRECTORIES[kind]
    (directories,) = view.numbers("I", at)
    sections = []
    for number in range(count):
        size, address, stored, offset = view.numbers("IIII", head + length + number * 40 + 8)
        sections.append((address, min(size, stored) or stored, offset))

    def place(address: int) -> int:
        for begin, size, offset in sections:
            if begin <= address < begin + size:
                return address - begin + offset
        raise BrokenError("a table is in no section of the file")

    def directory(number: int) -> int:
        if number >= directories:
            return 0
        return view.numbers("I", at + 4 + number * 8)[0]

    if exports := directory(_EXPORTS):
        (name,) = view.numbers("I", place(exports) + 12)
        found.own = view.text(place(name)) if name else ""
    # The name is the fourth number of an import, and the second of a late one.
    for number, step, field in ((_IMPORTS, 20, 12), (_LATE, 32, 4)):
        if table := directory(number):
            entry = place(table)
            for _ in range(MOST_NEEDED + 1):
                (name,) = view.numbers("I", entry + field)
                if not name:
                    break
                found.needs(view.text(place(name)))
                entry += step
            else:
                raise BrokenError(f"it links more than {MOST_NEEDED:,} libraries")
